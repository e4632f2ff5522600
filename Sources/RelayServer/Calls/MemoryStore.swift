import Synchronization
import Telephony

/// The values in this process: enough for one relay, gone when it ends.
final class MemoryStore: CallStore {
  /// How many stations may have a call at once: a bound on memory, not on any real site.
  private static let limit = 50_000

  private struct State {
    var calls: [StationKey: RelayedCall] = [:]
    var sequence: UInt64
  }

  private let state: Mutex<State>
  private let hub: EventHub
  private let now: @Sendable () -> Moment

  /// - Parameter firstSequence: The place of the first event; higher at each start, because windows
  ///   remember ids longer than this process lives.
  init(hub: EventHub, firstSequence: UInt64, now: @escaping @Sendable () -> Moment) {
    self.hub = hub
    self.now = now
    state = Mutex(State(sequence: firstSequence))
  }

  func take(_ report: CallReport) throws(StoreOutage) {
    try state.withLock { state throws(StoreOutage) in
      let now = now()
      if state.calls.count >= Self.limit, state.calls[report.key] == nil {
        state.calls = state.calls.filter { !$0.value.isExpired(at: now) }
        guard state.calls.count < Self.limit else {
          throw StoreOutage(sentence: "the relay holds as many calls as it can")
        }
      }
      let fold = StationFold(
        report, onto: state.calls[report.key], sequence: state.sequence, at: now)
      state.sequence += 1
      state.calls[report.key] = fold.value
      // Under the lock, so that events go out in the order of their numbers.
      if let event = fold.event { hub.publish(event, to: report.key) }
    }
  }

  func call(of key: StationKey, once: Bool) -> RelayedCall? {
    state.withLock { state in
      guard let call = state.calls[key] else { return nil }
      if call.isExpired(at: now()) {
        state.calls[key] = nil
        return nil
      }
      guard once else { return call }
      state.calls[key]?.isDelivered = true
      return call.isDelivered ? nil : call
    }
  }

  func count() -> Int {
    state.withLock { state in
      let now = now()
      return state.calls.values.count { !$0.isExpired(at: now) }
    }
  }

  var remote: StoreLink? { nil }
}
