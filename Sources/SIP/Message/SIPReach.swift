import Connector
import HeaderForms
import Telephony

/// Where this side can be reached, as itself and the server see it.
///
/// Behind an address translation the server sees another place (RFC 3581), and the way must be kept open.
struct SIPReach: Hashable {
  /// Between two signs of life through an address translation [ms].
  private static let keepAlivePause: Int64 = 25_000

  let transport: SIPAccount.Transport
  /// Where this side is, as it knows itself; nil without a way to the server.
  private(set) var local: SIPHop?
  /// Where the server sees this side, when that is elsewhere.
  private var seen: SIPHop?
  /// When the next sign of life is due.
  private(set) var keepAliveAt: Moment?
  /// When it was last told that the server sees this side elsewhere.
  private var movedAt: Moment?

  /// Without a way to the server.
  init(_ transport: SIPAccount.Transport) { self.transport = transport }

  /// Whether there is a way to the server.
  var isOpen: Bool { local != nil }

  mutating func open(_ local: SIPHop) {
    self.local = local
    (seen, keepAliveAt, movedAt) = (nil, nil, nil)
  }

  mutating func close() { (local, keepAliveAt) = (nil, nil) }

  /// Learns where the server sees this side; whether it is to be told at once. One that sees it at another place each time
  /// would be told without end.
  mutating func learn(_ answer: SIPMessage, at now: Moment) -> Bool {
    guard let local, let via = answer.via else { return false }
    let host = via.parameters["received"] ?? via.sentBy.host
    let port = via.parameters["rport"].flatMap { HeaderSyntax.number($0) } ?? via.sentBy.port
    guard let hop = SIPHop(SIPHop(host: host, port: port).text), hop != seen ?? local else {
      return false
    }
    seen = hop
    if transport == .udp { keepAliveAt = now + Self.keepAlivePause }
    if let movedAt, now - movedAt < Self.keepAlivePause { return false }
    movedAt = now
    return true
  }

  /// The sign of life that is due; nil: none is.
  mutating func keepAlive(at now: Moment) -> SIPAction? {
    guard let due = keepAliveAt, due <= now else { return nil }
    keepAliveAt = now + Self.keepAlivePause
    return .send(Array("\r\n\r\n".utf8), to: nil)
  }

  /// The header fields of a request that say from where it comes, and where this side is to be reached; nil
  /// without a way to the server.
  func lines(branch: String, user: String) -> (via: String, contact: String)? {
    guard let local else { return nil }
    let carrier = transport.rawValue.uppercased()
    return (
      "Via: SIP/2.0/\(carrier) \(local.text);branch=\(branch);rport",
      "Contact: <sip:\(user)@\((seen ?? local).text)"
        + (transport.isStream ? ";transport=\(transport.rawValue)>" : ">")
    )
  }
}
