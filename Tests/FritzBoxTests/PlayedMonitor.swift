import Connector
import LauncherSupport
import PhoneNumbers
import Telephony

@testable import FritzBox

/// A session that hears what a test plays, without a network. The box is in Berlin, and its number 030 23125012.
struct PlayedMonitor {
  private(set) var session: FritzBoxSession
  private(set) var events: [CallEvent] = []
  private(set) var outages: [FritzBoxOutage] = []
  private(set) var isUp = false
  var now = Moment(milliseconds: 1_000_000)

  /// A session that has a connection.
  init(
    numbers: [String] = [], extensions: [String] = [], areaCode: String = "", region: String = "DE"
  ) {
    let monitor = FritzBoxMonitor(
      address: "192.0.2.1", numbers: numbers, extensions: extensions, areaCode: areaCode)
    session = FritzBoxSession(monitor, station: "24", plan: NumberPlan(region: region))
    perform(session.begin(at: now))
  }

  /// A connection is lost, and another one made so much later [s].
  mutating func reconnect(after seconds: Int64) {
    perform(session.end(at: now))
    now = now + seconds * 1000
    perform(session.missed(seconds * 1000, at: now))
    perform(session.begin(at: now))
  }

  mutating func hear(_ bytes: some Collection<UInt8>) {
    let steps = Array(bytes).withUnsafeBytes { session.receive($0, at: now) }
    perform(steps)
  }

  /// Lines as the monitor sends them, but for the date; `+5` lets so many seconds pass, `x5` a connection be lost for
  /// so long.
  mutating func hear(_ lines: [String]) {
    for line in lines {
      let seconds = Int64(line.dropFirst()) ?? 0
      switch line.first {
      case "+": wait(seconds)
      case "x": reconnect(after: seconds)
      default: hear(Array((Self.dated(line, now) + "\r\n").utf8))
      }
    }
  }

  /// The line with a date of now.
  static func dated(_ line: String, _ now: Moment) -> String {
    let time = now.milliseconds / 1000
    let digits = [time / 3600 % 24, time / 60 % 60, time % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "28.11.26 \(digits.joined(separator: ":"));" + line
  }

  mutating func wait(_ seconds: Int64) {
    now = now + seconds * 1000
    if let wake = session.nextWake, wake <= now { perform(session.wake(at: now)) }
  }

  /// The events in short: `ring in 030 23125012`.
  var story: [String] {
    events.map { "\($0.what) \($0.direction?.rawValue ?? "?") \($0.caller.number?.key ?? $0.who)" }
  }

  private mutating func perform(_ steps: [FritzBoxSession.Step]) {
    for step in steps {
      switch step {
      case .tell(let event): events.append(event)
      case .up: isUp = true
      case .lost(let outage): outages.append(outage)
      case .send, .answered: break
      }
    }
  }
}
