import Connector
import HeaderForms

/// What this side answers to a request (RFC 3261, section 8.2.6).
struct SIPReply {
  /// What requests a subscriber takes, and a telephone that only listens.
  static let allowedToSubscriber = "NOTIFY, OPTIONS"
  static let allowedToTelephone = "INVITE, ACK, CANCEL, BYE, UPDATE, OPTIONS"

  /// The statuses that are answered.
  enum Status: Int {
    case ringing = 180
    case ok = 200
    case badRequest = 400
    case methodNotAllowed = 405
    case tooLarge = 413
    case unsupportedMediaType = 415
    case unavailable = 480
    case noSuchDialog = 481
    case cancelled = 487
    case notAcceptable = 488
    case badEvent = 489
    case outOfOrder = 500

    var reason: String {
      switch self {
      case .ringing: "Ringing"
      case .ok: "OK"
      case .badRequest: "Bad Request"
      case .methodNotAllowed: "Method Not Allowed"
      case .tooLarge: "Request Entity Too Large"
      case .unsupportedMediaType: "Unsupported Media Type"
      case .unavailable: "Temporarily Unavailable"
      case .noSuchDialog: "Call/Transaction Does Not Exist"
      case .cancelled: "Request Terminated"
      case .notAcceptable: "Not Acceptable Here"
      case .badEvent: "Bad Event"
      case .outOfOrder: "Server Internal Error"
      }
    }
  }

  /// The bytes of the reply to `request`, which came from `peer`.
  ///
  /// - Parameters:
  ///   - tag: What is put into a To that has none.
  ///   - allow: The methods that are taken.
  ///   - contact: The field that says where this side is, in a reply that begins a dialog.
  static func bytes(
    _ status: Status, to request: SIPMessage, from peer: SIPHop, tag: String, allow: String,
    contact: String? = nil
  ) -> [UInt8] {
    var lines = ["SIP/2.0 \(status.rawValue) \(status.reason)"]
    for (index, via) in request.entries("via").prefix(16).enumerated() {
      lines.append("Via: " + (index == 0 ? stamped(via, peer) : via))
    }
    for (name, field) in [("From", "from"), ("Call-ID", "call-id"), ("CSeq", "cseq")] {
      if let value = request[field] { lines.append("\(name): \(value)") }
    }
    if let to = request["to"] {
      lines.append("To: \(to)" + (request.address("to")?.tag == nil ? ";tag=\(tag)" : ""))
    }
    if let contact {
      lines += request.fields("record-route").prefix(16).map { "Record-Route: \($0)" } + [contact]
    }
    if status == .methodNotAllowed || status == .ok { lines.append("Allow: \(allow)") }
    if status == .unsupportedMediaType { lines.append("Accept: application/dialog-info+xml") }
    if status == .badEvent { lines.append("Allow-Events: dialog") }
    lines.append("Content-Length: 0")
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// Where the reply goes without a connection: back, to the port of the request if it asks for that
  /// (RFC 3581, section 4), else to the one it names.
  static func hop(of request: SIPMessage, from peer: SIPHop) -> SIPHop {
    guard let via = request.via, via.parameters["rport"] == nil else { return peer }
    return SIPHop(host: peer.host, port: via.sentBy.port)
  }

  /// The topmost Via with what was seen of its sender.
  private static func stamped(_ via: String, _ peer: SIPHop) -> String {
    let parts = HeaderSyntax.split(via, at: ";").filter { part in
      let name = HeaderSyntax.parameters([part]).keys.first
      return name != "received" && name != "rport"
    }
    let asks = SIPVia(via)?.parameters["rport"] != nil
    let stamps = ["received=\(peer.host)"] + (asks ? ["rport=\(peer.port)"] : [])
    return (parts + stamps).joined(separator: ";")
  }
}
