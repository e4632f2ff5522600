/// What this side answers to a request (RFC 3261, section 8.2.6).
struct SIPReply {
  /// The statuses that a subscriber answers with.
  enum Status: Int {
    case ok = 200
    case badRequest = 400
    case methodNotAllowed = 405
    case tooLarge = 413
    case unsupportedMediaType = 415
    case noSuchDialog = 481
    case badEvent = 489
    case outOfOrder = 500

    var reason: String {
      switch self {
      case .ok: "OK"
      case .badRequest: "Bad Request"
      case .methodNotAllowed: "Method Not Allowed"
      case .tooLarge: "Request Entity Too Large"
      case .unsupportedMediaType: "Unsupported Media Type"
      case .noSuchDialog: "Subscription Does Not Exist"
      case .badEvent: "Bad Event"
      case .outOfOrder: "Server Internal Error"
      }
    }
  }

  /// The bytes of the reply to `request`, which came from `peer`.
  ///
  /// `tag` is put into a To that has none.
  static func bytes(
    _ status: Status, to request: SIPMessage, from peer: SIPHop, tag: String
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
    if status == .methodNotAllowed || status == .ok { lines.append("Allow: NOTIFY, OPTIONS") }
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
    let parts = SIPSyntax.split(via, at: ";").filter { part in
      let name = SIPSyntax.parameters([part]).keys.first
      return name != "received" && name != "rport"
    }
    let asks = SIPVia(via)?.parameters["rport"] != nil
    let stamps = ["received=\(peer.host)"] + (asks ? ["rport=\(peer.port)"] : [])
    return (parts + stamps).joined(separator: ";")
  }
}
