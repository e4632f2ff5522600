import Connector
import LauncherSupport
import PhoneNumbers
import Synchronization
import Telephony

@testable import SIP

/// A subscription without a network: the test is the server, the way to it, and the clock.
struct Subscriber {
  private(set) var subscription: SIPSubscription
  private(set) var now = Moment(milliseconds: 1_000_000)
  /// What was sent, as text.
  private(set) var sent: [String] = []
  /// Where the latest message was sent.
  private(set) var hop: SIPHop?
  private(set) var reports: [SourceReport] = []
  /// How many times the way to the server was made, and whether it is there now.
  private(set) var ways = 0
  private(set) var isLinked = false
  /// Whether the way to the server can be made.
  var isReachable = true
  private var notifies = 0

  static let local = SIPHop(host: "192.0.2.10", port: 40_112)
  static let server = SIPHop(host: "192.0.2.1", port: 5060)

  /// A subscription that has begun.
  init(
    password: String? = "secret", transport: SIPAccount.Transport = .udp, expires: Int = 300,
    watch: String = "1024@pbx.example"
  ) throws {
    let account = try SIPAccount(
      server: Self.server.host, transport: transport, password: password, watch: watch,
      expires: expires)
    let count = Counter()
    subscription = SIPSubscription(
      id: "sip", account: account, station: "1024", plan: NumberPlan(),
      word: { "word\(count.next())" })
    perform(subscription.start(at: now))
  }

  // MARK: - Time

  /// Lets so much time pass [s], doing what is due on the way.
  mutating func pass(_ seconds: Int) {
    let end = now + Int64(seconds) * 1000
    while let wake = subscription.nextWake, wake <= end {
      now = max(now, wake)
      perform(subscription.tick(at: now))
    }
    now = end
  }

  // MARK: - The server

  /// What was sent since the last time, and forgets it.
  mutating func takeSent() -> [String] {
    defer { sent = [] }
    return sent
  }

  /// The latest SUBSCRIBE.
  var request: SIPMessage? {
    sent.last { $0.hasPrefix("SUBSCRIBE") }.flatMap { SIPMessage(Array($0.utf8)) }
  }

  /// The status of the latest reply.
  var replied: Int? {
    guard let reply = sent.last(where: { $0.hasPrefix("SIP/2.0") }),
      case .status(let code) = SIPMessage(Array(reply.utf8))?.start
    else { return nil }
    return code
  }

  /// Answers the latest SUBSCRIBE; `via` stands for the `rport` that it asks for.
  mutating func answer(
    _ status: Int, _ lines: [String] = [], tag: String? = "server", via: String = ""
  ) {
    guard let request, let top = request["via"] else { return }
    let to = request["to"] ?? ""
    let tagged = to.contains(";tag=") || tag == nil ? to : "\(to);tag=\(tag ?? "")"
    let stamped = via.isEmpty ? top : top.replacing(";rport", with: via)
    let text = [
      "SIP/2.0 \(status) Whatever", "Via: \(stamped)", "From: \(request["from"] ?? "")",
      "To: \(tagged)", "Call-ID: \(request["call-id"] ?? "")", "CSeq: \(request["cseq"] ?? "")",
    ]
    receive(text + lines + ["Content-Length: 0"])
  }

  /// Accepts the subscription, and sends this document, or an empty NOTIFY.
  mutating func accept(expires: Int = 300, _ document: String = "") {
    answer(200, ["Expires: \(expires)", "Contact: <sip:192.0.2.1:5060>"])
    notify(document, state: "active;expires=\(expires)")
  }

  /// Sends a NOTIFY inside the latest subscription.
  mutating func notify(
    _ document: String = "", state: String = "active;expires=300", sequence: Int? = nil,
    event: String = "dialog", tag: String = "server", branch: String? = nil, lines: [String] = []
  ) {
    guard let request = latestRequest else { return }
    notifies += 1
    let type = document.isEmpty ? [] : ["Content-Type: application/dialog-info+xml"]
    let text = [
      "NOTIFY sip:screenpop@192.0.2.10:40112 SIP/2.0",
      "Via: SIP/2.0/UDP 192.0.2.1;branch=\(branch ?? "z9hG4bKn\(notifies)")",
      "From: <sip:1024@pbx.example>;tag=\(tag)", "To: \(request["from"] ?? "")",
      "Call-ID: \(request["call-id"] ?? "")", "CSeq: \(sequence ?? notifies) NOTIFY",
      "Event: \(event)", "Subscription-State: \(state)", "Contact: <sip:192.0.2.1:5060>",
    ]
    receive(text + lines + type + ["Content-Length: \(document.utf8.count)"], body: document)
  }

  /// Lets these lines and this body arrive.
  mutating func receive(_ lines: [String], body: String = "") {
    let text = lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    guard let message = SIPMessage(Array(text.utf8)) else { return }
    receive(message)
  }

  mutating func receive(_ message: SIPMessage) {
    perform(subscription.receive(message, from: Self.server, at: now))
  }

  /// The way to the server breaks.
  mutating func breakLink() {
    isLinked = false
    perform(subscription.unlinked("the wire was cut", at: now))
  }

  /// The telephone beside tells something.
  mutating func learn(_ word: String) { perform(subscription.learn(word, at: now)) }

  mutating func stop() { perform(subscription.stop(at: now)) }

  // MARK: - What came of it

  var health: SourceHealth? { reports.healths.last }

  /// The sentence of a subscription that is down, and when it is tried again [s from now].
  var reason: String? { reports.reason }
  var nextTry: Int? { reports.nextTry(from: now) }

  var events: [CallEvent] { reports.events }
  /// The events in short.
  var story: [String] { events.map(\.words) }

  private var latestRequest: SIPMessage? { request ?? remembered }
  private var remembered: SIPMessage?

  private mutating func perform(_ actions: [SIPAction]) {
    for action in actions {
      switch action {
      case .open:
        ways += 1
        isLinked = isReachable
        perform(
          isReachable
            ? subscription.linked(local: Self.local, at: now)
            : subscription.unlinked("connection refused", at: now))
      case .close: isLinked = false
      case .send(let bytes, let hop):
        sent.append(String(decoding: bytes, as: UTF8.self))
        self.hop = hop
        if let request { remembered = request }
      case .report(let report): reports.append(report)
      case .pass, .answer: break
      }
    }
  }
}

/// Counts.
final class Counter: Sendable {
  private let count = Atomic(0)

  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}

extension CallEvent {
  /// `ring in 03 88 20 21 22`, `end missed in withheld`.
  var words: String {
    "\(what)\(direction.map { " \($0.rawValue)" } ?? "") \(who)"
  }
}

/// Documents of dialog state.
enum Document {
  /// One with these dialogs.
  static func full(_ version: Int, _ dialogs: String...) -> String {
    whole(version, "full", dialogs)
  }

  static func partial(_ version: Int, _ dialogs: String...) -> String {
    whole(version, "partial", dialogs)
  }

  /// A dialog; the other end has this address.
  static func dialog(
    _ id: String, _ state: String, direction: String? = "recipient", callID: String? = nil,
    remote: String? = "sip:0388202122@pbx.example", name: String? = nil, event: String? = nil,
    code: Int? = nil
  ) -> String {
    let call = callID.map { " call-id=\"\($0)\"" } ?? ""
    let way = direction.map { " direction=\"\($0)\"" } ?? ""
    let why =
      (event.map { " event=\"\($0)\"" } ?? "") + (code.map { " code=\"\($0)\"" } ?? "")
    let display = name.map { " display=\"\($0)\"" } ?? ""
    let identity = remote.map { "<remote><identity\(display)>\($0)</identity></remote>" } ?? ""
    return "<dialog id=\"\(id)\"\(call)\(way)><state\(why)>\(state)</state>\(identity)</dialog>"
  }

  private static func whole(_ version: Int, _ state: String, _ dialogs: [String]) -> String {
    """
    <?xml version="1.0"?>
    <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="\(version)" state="\(state)"
      entity="sip:1024@pbx.example">\(dialogs.joined())</dialog-info>
    """
  }
}
