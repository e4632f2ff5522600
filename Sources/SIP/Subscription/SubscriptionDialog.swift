/// What both ends of a subscription agree on (RFC 3261, section 12; RFC 6665, section 4.4.1).
struct SubscriptionDialog: Hashable {
  /// More are no way to anywhere.
  private static let mostRoutes = 16

  let callID: String
  let localTag: String
  /// The number of the latest SUBSCRIBE.
  private(set) var sequence = 0
  /// Nil until the other end has answered.
  private(set) var remoteTag: String?
  /// The number of the latest NOTIFY.
  private(set) var remoteSequence: Int?
  /// Where the other end is.
  private var target: String?
  /// The proxies on the way, nearest first.
  private var routes: [String] = []

  /// A subscription that nobody has answered yet.
  init(callID: String, localTag: String) {
    self.callID = callID
    self.localTag = localTag
  }

  /// Whether the other end has answered.
  var isEstablished: Bool { remoteTag != nil }

  /// Whether a NOTIFY is for this subscription: from the end that answered first, or from anybody when
  /// none has.
  func owns(_ notify: SIPMessage) -> Bool {
    guard notify["call-id"] == callID, notify.address("to")?.tag == localTag,
      let tag = notify.address("from")?.tag
    else { return false }
    return remoteTag == nil ? sequence > 0 : remoteTag == tag
  }

  /// Learns from the answer to a SUBSCRIBE, unless it comes from another end than the one that was first:
  /// a proxy may have asked several.
  mutating func adopt(answer: SIPMessage) {
    guard let tag = answer.address("to")?.tag, remoteTag == nil || remoteTag == tag else { return }
    establish(tag, routes: answer.entries("record-route").reversed())
    aim(answer)
  }

  /// Learns from a NOTIFY that it owns.
  mutating func adopt(notify: SIPMessage, sequence: Int) {
    if let tag = notify.address("from")?.tag {
      establish(tag, routes: notify.entries("record-route"))
    }
    aim(notify)
    remoteSequence = sequence
  }

  private mutating func establish(_ tag: String, routes: [String]) {
    guard remoteTag == nil else { return }
    remoteTag = tag
    self.routes = Array(routes.prefix(Self.mostRoutes))
  }

  /// A Contact may move the other end at any time.
  private mutating func aim(_ message: SIPMessage) {
    guard let contact = message.entries("contact").first.flatMap({ SIPAddress($0) }),
      SIPHop(uri: contact.uri) != nil
    else { return }
    target = contact.uri
  }

  /// The next SUBSCRIBE: its lines without those of the transport and of authentication.
  ///
  /// - Returns: the request's URI, its header fields, and where it goes (nil: to the server).
  mutating func request(
    _ account: SIPAccount, expires: Int
  ) -> (uri: String, lines: [String], hop: SIPHop?) {
    sequence += 1
    let target = isEstablished ? target ?? account.watched : account.watched
    var (uri, way) = (target, routes)
    // A first proxy without `lr` wants to stand in the request itself (RFC 3261, section 12.2.1.1).
    if let first = routes.first.flatMap({ SIPAddress($0)?.uri }),
      !first.lowercased().contains(";lr")
    {
      (uri, way) = (first, routes.dropFirst() + ["<\(target)>"])
    }
    let next = routes.first.flatMap { SIPAddress($0)?.uri } ?? (isEstablished ? target : nil)
    let remote = remoteTag.map { ";tag=\($0)" } ?? ""
    let lines =
      way.map { "Route: \($0)" } + [
        "Max-Forwards: 70",
        "From: <\(account.from)>;tag=\(localTag)",
        "To: <\(account.watched)>\(remote)",
        "Call-ID: \(callID)",
        "CSeq: \(sequence) SUBSCRIBE",
        "Event: dialog",
        "Accept: application/dialog-info+xml",
        "Expires: \(expires)",
      ]
    return (uri, lines, next.flatMap { SIPHop(uri: $0) })
  }
}
