import Connector
import LauncherSupport
import PhoneNumbers
import Telephony

@testable import FreeSwitch

/// A session that hears what a test plays, without a network.
struct PlayedSession {
  private(set) var session: FreeSwitchSession
  /// The filters that it added and deleted, in order.
  private(set) var filters: [String] = []
  /// What else it sent, as text.
  private(set) var sent: [String] = []
  private(set) var events: [CallEvent] = []
  private(set) var outages: [FreeSwitchOutage] = []
  private(set) var answers: [FreeSwitchSession.Answer?] = []
  private(set) var isUp = false
  var now = Moment(milliseconds: 1_000_000)

  /// A session of this station that has a connection.
  init(station: String = "1024", user: String = "", password: String = "geheim") {
    let server = FreeSwitchServer(
      address: "192.0.2.1", user: user, password: password, station: station)
    session = FreeSwitchSession(
      server, station: "", idPrefix: "00000000-0000-4000-8000-", plan: NumberPlan())
    perform(session.begin(at: now))
  }

  /// Another connection, after the first one ended.
  mutating func reconnect() {
    perform(session.end(at: now))
    perform(session.begin(at: now))
  }

  mutating func hear(_ bytes: [UInt8]) {
    let steps = bytes.withUnsafeBytes { session.receive($0, at: now) }
    perform(steps)
  }

  mutating func hear(_ text: String) { hear(Array(text.utf8)) }

  /// The greeting and the answers to login and subscription; then the list of channels is asked for.
  mutating func logIn(_ rights: String = "", list: String = "{\"row_count\":0}") {
    hear("Content-Type: auth/request\n\n")
    hear("Content-Type: command/reply\nReply-Text: +OK accepted\n\(rights)\n")
    hear("Content-Type: command/reply\nReply-Text: +OK filter added. [x]=[y]\n\n")
    hear("Content-Type: command/reply\nReply-Text: +OK event listener enabled plain\n\n")
    answer(list)
  }

  /// The answer to a question of the console.
  mutating func answer(_ text: String) {
    hear("Content-Type: api/response\nContent-Length: \(text.utf8.count)\n\n\(text)")
  }

  /// An event with these lines.
  mutating func event(_ name: String, _ lines: [String: String]) {
    let text =
      "Event-Name: \(name)\n"
      + lines.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined() + "\n"
    hear("Content-Length: \(text.utf8.count)\nContent-Type: text/event-plain\n\n\(text)")
  }

  mutating func order(_ order: FreeSwitchSession.Order, ticket: Int = 1) {
    perform(session.order(order, ticket: ticket, at: now))
  }

  mutating func wait(_ seconds: Int64) {
    now = now + seconds * 1000
    perform(session.wake(at: now))
  }

  /// The events in short: `ring in 03 88 20 21 22 Dupont SA`.
  var story: [String] {
    events.filter { $0.kind != .dialled }.map { event in
      let name = event.caller.name.map { " " + $0 } ?? ""
      return "\(event.what) \(event.direction?.rawValue ?? "?") \(event.who)\(name)"
    }
  }

  private mutating func perform(_ steps: [FreeSwitchSession.Step]) {
    for step in steps {
      switch step {
      case .send(let bytes):
        let text = String(decoding: bytes, as: UTF8.self)
        if text.hasPrefix("filter ") {
          filters.append(String(text.dropLast(2)))
        } else {
          sent.append(text)
        }
      case .tell(let event): events.append(event)
      case .up: isUp = true
      case .lost(let outage): outages.append(outage)
      case .answered(_, let answer): answers.append(answer)
      }
    }
  }
}
