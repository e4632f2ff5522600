import Connector
import PhoneNumbers
import Telephony
import TextForms

/// The conversation with a call monitor, in which only the box speaks: without I/O and without a clock.
///
///     ← 28.11.26 15:17:43;RING;2;0388202122;4930123456;SIP0;
///     ← …
///
/// It is up when it says nothing for a moment: between calls a box does so for hours, and others greet. That it is
/// still there is asked by the system (TCP keep-alive). One value serves for all connections, one after the other,
/// because calls outlive a connection.
struct FritzBoxSession: ConnectorSession {
  /// What is asked of what was heard: a call monitor can be told nothing.
  enum Order {
    /// Whether this is a call that goes out.
    case isOutgoing(callID: String)
  }
  typealias Answer = Bool
  typealias Step = SessionStep<FritzBoxOutage, Bool>

  /// How long somebody else's greeting is waited for [ms].
  static let greetingPatience: Int64 = 500
  /// Calls are given up that long after the connection was lost [ms].
  static let callPatience: Int64 = 90_000

  private let monitor: FritzBoxMonitor
  private var calls: FritzBoxCalls
  private var reader = FritzBoxReader()
  private var isOpen = false
  /// Until when it may turn out to be something else; nil: it is a call monitor, as far as anybody can know.
  private var greetingEnd: Moment?
  /// Whether anything of this connection could be read.
  private var isKnown = false
  private var damaged = 0

  /// A conversation that has not begun; calls are reported for the extension `station`.
  init(_ monitor: FritzBoxMonitor, station: String?, plan: NumberPlan) {
    self.monitor = monitor
    calls = FritzBoxCalls(
      source: FritzBoxDriver.id, monitor: monitor, station: station, plan: plan)
  }

  var nextWake: Moment? { isOpen ? greetingEnd ?? calls.nextReminder : nil }

  var counts: FritzBoxCounts {
    var counts = calls.counts
    counts.damaged = damaged
    return counts
  }

  func sentence(_ outage: FritzBoxOutage) -> String {
    outage.sentence(server: monitor.peer.name)
  }

  mutating func begin(at now: Moment) -> [Step] {
    reader = FritzBoxReader()
    (isOpen, isKnown) = (true, false)
    greetingEnd = now + Self.greetingPatience
    calls.suspect()
    return []
  }

  /// Nobody else has greeted; what is new of that.
  private mutating func rise() -> [Step] {
    defer { greetingEnd = nil }
    return greetingEnd == nil ? [] : [.up]
  }

  mutating func receive(_ bytes: UnsafeRawBufferPointer, at now: Moment) -> [Step] {
    var steps: [Step] = []
    for text in reader.read(bytes) where isOpen {
      if let line = FritzBoxLine(text) {
        isKnown = true
        steps += rise() + calls.follow(line, at: now).map { .tell($0) }
      } else if isKnown || FritzBoxLine.isLikely(text) {
        damaged += 1
      } else {
        isOpen = false
        let greeting = PlainText.cleaned(String(decoding: text, as: UTF8.self), limit: 60)
        steps.append(.lost(.stranger(greeting: greeting)))
      }
    }
    return steps
  }

  mutating func wake(at now: Moment) -> [Step] {
    let news = greetingEnd.map { now >= $0 } ?? false ? rise() : []
    return news + calls.remind(at: now).map { .tell($0) }
  }

  mutating func end(at now: Moment) -> [Step] {
    isOpen = false
    return []
  }

  mutating func missed(_ outage: Int64, at now: Moment) -> [Step] {
    outage >= Self.callPatience ? calls.giveUp(at: now).map { .tell($0) } : []
  }

  mutating func order(_ order: Order, ticket: Int, at now: Moment) -> [Step] {
    switch order {
    case .isOutgoing(let callID):
      [.answered(ticket: ticket, calls.isOutgoing(callID))]
    }
  }

  mutating func abandon(ticket: Int) -> Bool? { nil }
}
