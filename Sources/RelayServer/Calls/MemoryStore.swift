import Synchronization
import Telephony

/// The values in this process: enough for one relay, gone when it ends.
final class MemoryStore: CallStore {
  private struct State {
    var calls: CallTable
    var sequence: UInt64
  }

  private let state: Mutex<State>
  private let hub: EventHub
  private let now: @Sendable () -> Moment

  /// - Parameter firstSequence: The place of the first event; higher at each start, because windows
  ///   remember ids longer than this process lives.
  init(
    _ bounds: CallBounds, hub: EventHub, firstSequence: UInt64,
    now: @escaping @Sendable () -> Moment
  ) {
    self.hub = hub
    self.now = now
    state = Mutex(State(calls: CallTable(bounds), sequence: firstSequence))
  }

  func record(_ report: CallReport, then: @escaping Then<Void>) {
    let isTaken = state.withLock { state in
      let now = now()
      let current = state.calls[report.key]
      let fold = StationFold(report, onto: current, sequence: state.sequence, at: now)
      if let value = fold.value {
        guard
          value == current
            || state.calls.put(value, of: report.key, by: report.writer, at: now)
        else { return false }
      } else {
        state.calls.remove(report.key)
      }
      state.sequence += 1
      // Under the lock, so that events go out in the order of their numbers.
      if let event = fold.event { hub.publish(event, to: report.key) }
      return true
    }
    then(
      isTaken
        ? .success(())
        : .failure(StoreOutage(sentence: "the relay holds as many calls as it can")))
  }

  func call(of key: StationKey, once: Bool, then: @escaping Then<RelayedCall?>) {
    then(.success(call(of: key, once: once)))
  }

  private func call(of key: StationKey, once: Bool) -> RelayedCall? {
    state.withLock { state in
      guard let call = state.calls[key] else { return nil }
      if call.isExpired(at: now()) {
        state.calls.remove(key)
        return nil
      }
      state.calls.ask(key)
      guard once else { return call }
      state.calls.deliver(key)
      return call.isDelivered ? nil : call
    }
  }

  func count(then: @escaping Then<Int>) {
    then(.success(state.withLock { $0.calls.count(at: now()) }))
  }

  var remote: StoreLink? { nil }
}
