import Connector
import LauncherSupport
import PhoneNumbers
import Telephony
import Testing

@testable import SIP

/// A telephone without a network: the test is the registrar, the way to it, and the clock.
struct ListeningPhone {
  private(set) var session: TelephoneSession
  private(set) var now = Moment(milliseconds: 1_000_000)
  /// What was sent, as text.
  private(set) var sent: [String] = []
  private(set) var reports: [SourceReport] = []
  /// How many times the way to the server was made, and whether it is there now.
  private(set) var ways = 0
  private(set) var isLinked = false
  var isReachable = true
  private var latest: SIPMessage?
  /// What dialog state beside is told.
  private var passed: [String] = []

  /// A telephone that has begun.
  init(
    password: String? = "secret", transport: SIPAccount.Transport = .udp, isOwn: Bool = false,
    hasBeside: Bool = false
  ) throws {
    let account = try SIPAccount(
      server: Subscriber.server.host, transport: transport, password: password,
      watch: "1024@pbx.example", listens: true)
    let count = Counter()
    session = TelephoneSession(
      id: "sip-telephone", account: account, station: "1024", isOwn: isOwn, hasBeside: hasBeside,
      plan: NumberPlan(), word: { "word\(count.next())" })
    perform(session.start(at: now))
  }

  /// One that is registered.
  static func registered(
    transport: SIPAccount.Transport = .udp, isOwn: Bool = false, hasBeside: Bool = false
  ) throws -> ListeningPhone {
    var phone = try ListeningPhone(transport: transport, isOwn: isOwn, hasBeside: hasBeside)
    phone.answer(200, ["Expires: 300"])
    phone.forgetSent()
    return phone
  }

  // MARK: - Time

  /// Lets so much time pass [ms], doing what is due on the way.
  mutating func pass(_ milliseconds: Int64) {
    let end = now + milliseconds
    while let wake = session.nextWake, wake <= end {
      now = max(now, wake)
      perform(session.tick(at: now))
    }
    now = end
  }

  // MARK: - The registrar

  /// The latest REGISTER.
  var request: SIPMessage? { latest }

  mutating func forgetSent() { sent = [] }

  /// The first lines of what was sent since.
  var lines: [String] { sent.compactMap { $0.split(separator: "\r\n").first.map(String.init) } }

  /// Answers the latest REGISTER; `via` stands for the `rport` that it asks for.
  mutating func answer(_ status: Int, _ lines: [String] = [], via: String = ";rport") {
    guard let request, let top = request["via"] else { return }
    let text = [
      "SIP/2.0 \(status) Whatever", "Via: \(top.replacing(";rport", with: via))",
      "From: \(request["from"] ?? "")", "To: \(request["to"] ?? "");tag=server",
      "Call-ID: \(request["call-id"] ?? "")", "CSeq: \(request["cseq"] ?? "")",
    ]
    receive(text + lines + ["Content-Length: 0"])
  }

  /// Sends a request of a call.
  mutating func send(_ call: CallRequest, from peer: SIPHop = Subscriber.server) {
    receive(call.lines(contact: session.contact), from: peer)
  }

  /// Lets these lines arrive.
  mutating func receive(_ lines: [String], from peer: SIPHop = Subscriber.server) {
    let text = lines.joined(separator: "\r\n") + "\r\n\r\n"
    guard let message = SIPMessage(Array(text.utf8)) else { return }
    receive(message, from: peer)
  }

  mutating func receive(_ message: SIPMessage, from peer: SIPHop = Subscriber.server) {
    perform(session.receive(message, from: peer, at: now))
  }

  /// The way to the server breaks.
  mutating func breakLink() {
    isLinked = false
    perform(session.unlinked("the wire was cut", at: now))
  }

  /// Dialog state tells something.
  mutating func hear(_ news: SIPBeside.News) {
    if let word = session.word(for: news) { perform(session.learn(word, at: now)) }
  }

  /// What dialog state beside was to be told since.
  mutating func clearPassed() -> [String] {
    defer { passed = [] }
    return passed
  }

  mutating func stop() { perform(session.stop(at: now)) }

  /// The tag with which the latest call rings.
  var ringingTag: String {
    get throws {
      let ringing = sent.last { $0.hasPrefix("SIP/2.0 180") }
      return try #require(ringing.flatMap { SIPMessage(Array($0.utf8))?.address("to")?.tag })
    }
  }

  // MARK: - What came of it

  var health: SourceHealth? { reports.healths.last }
  var reason: String? { reports.reason }
  /// When it is tried again [s from now].
  var nextTry: Int? { reports.nextTry(from: now) }
  var events: [CallEvent] { reports.events }
  /// The events in short.
  var story: [String] { events.map(\.words) }

  private mutating func perform(_ actions: [SIPAction]) {
    for action in actions {
      switch action {
      case .open:
        ways += 1
        isLinked = isReachable
        perform(
          isReachable
            ? session.linked(local: Subscriber.local, at: now)
            : session.unlinked("connection refused", at: now))
      case .close: isLinked = false
      case .send(let bytes, _):
        let text = String(decoding: bytes, as: UTF8.self)
        sent.append(text)
        if text.hasPrefix("REGISTER") { latest = SIPMessage(bytes) }
      case .report(let report): reports.append(report)
      case .pass(let word): passed.append(word)
      case .answer: break
      }
    }
  }
}

/// A request of a call as a proxy sends it.
struct CallRequest {
  var method = "INVITE"
  var callID = "call"
  var branch = "z9hG4bKa"
  var sequence = 1
  var from = "<sip:0388202122@pbx.example>;tag=caller"
  var to = "<sip:1024@pbx.example>"
  /// Nil: the telephone's own contact.
  var target: String?
  var fields: [String] = []

  static func invite(_ fields: String..., branch: String = "z9hG4bKa") -> CallRequest {
    CallRequest(branch: branch, fields: fields)
  }

  /// The caller gives up, or somebody answered.
  func cancel(_ reason: String? = nil) -> CallRequest {
    var cancel = self
    cancel.method = "CANCEL"
    cancel.fields = reason.map { ["Reason: \($0)"] } ?? []
    return cancel
  }

  var ack: CallRequest {
    var ack = self
    (ack.method, ack.fields) = ("ACK", [])
    return ack
  }

  func lines(contact: String) -> [String] {
    [
      "\(method) \(target ?? "sip:\(contact)@192.0.2.10:40112") SIP/2.0",
      "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=\(branch);rport",
      "Via: SIP/2.0/UDP 198.51.100.7;branch=z9hG4bKfar", "Max-Forwards: 69",
      "Record-Route: <sip:192.0.2.1;lr>", "From: \(from)", "To: \(to)", "Call-ID: \(callID)",
      "CSeq: \(sequence) \(method)",
    ] + fields + ["Content-Length: 0"]
  }
}
