import Synchronization
import Telephony

/// What this relay has answered 200 for, so that it can be written back when Redis has lost it.
///
/// A report is lost only when Redis and the relay that took it die together.
final class AcknowledgedCalls: Sendable {
  /// The latest value of a station, as far as this relay has a part in it.
  struct Value: Sendable {
    /// The number of the report.
    var sequence: UInt64
    var at: Moment
    /// How long the value stays [ms].
    var lifetime: Int64
    var isDelivered = false
    /// The text in Redis; empty when the report ended the call.
    var call: String
  }

  /// An event, as those who listen were told of it.
  struct Event: Sendable {
    /// The number of the report.
    var sequence: UInt64
    var at: Moment
    /// Whether the station's value is another one since.
    var settles: Bool
    /// The text in Redis.
    var text: String
  }

  /// Bounds on memory: a site has fewer stations, and an outage that loses events fewer of them.
  private static let mostValues = 100_000
  private static let mostEvents = RedisScripts.mostEvents

  private struct State {
    var latest: UInt64 = 0
    var values: [StationKey: Value] = [:]
    var events: [Event] = []
  }

  private let state = Mutex(State())

  /// The highest number that this relay has seen.
  var latest: UInt64 { state.withLock { $0.latest } }

  /// Learns that there is a report with this number.
  func see(_ sequence: UInt64) {
    state.withLock { $0.latest = max($0.latest, sequence) }
  }

  /// Remembers a station's value, unless there is a later one.
  func keep(_ value: Value, of key: StationKey) {
    state.withLock { state in
      if let kept = state.values[key] {
        guard kept.sequence <= value.sequence else { return }
      } else if state.values.count >= Self.mostValues {
        state.values = state.values.filter { !Self.isOver($0.value, at: value.at) }
        guard state.values.count < Self.mostValues else { return }
      }
      state.values[key] = value
    }
  }

  /// Remembers an event for as long as a call rings.
  func keep(_ event: Event) {
    state.withLock { state in
      if state.events.count >= Self.mostEvents { state.events.removeFirst(Self.mostEvents / 2) }
      state.events.append(event)
    }
  }

  /// Forgets a station's value when another relay has taken a later report.
  func forget(_ key: StationKey, before sequence: UInt64) {
    state.withLock { state in
      guard let kept = state.values[key], kept.sequence < sequence else { return }
      state.values[key] = nil
    }
  }

  /// All that is worth to be written back, in the order of the reports.
  func all(at now: Moment) -> (values: [(key: StationKey, value: Value)], events: [Event]) {
    state.withLock { state in
      state.values = state.values.filter { !Self.isOver($0.value, at: now) }
      state.events.removeAll { now - $0.at >= RelayedCall.shortestLifetime }
      return (
        state.values.map { ($0.key, $0.value) }.sorted { $0.1.sequence < $1.1.sequence },
        state.events.sorted { $0.sequence < $1.sequence }
      )
    }
  }

  /// Whether nothing that Redis may still hold is older: not even an end is worth to be known any more.
  private static func isOver(_ value: Value, at now: Moment) -> Bool {
    now - value.at >= RelayedCall.longestLifetime
  }
}
