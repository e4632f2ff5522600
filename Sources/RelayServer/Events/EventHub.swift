import Synchronization

/// Hands each event to those who listen for its station, and remembers the latest for those who come
/// back.
final class EventHub: Sendable {
  /// How many events are remembered, of all stations together.
  private static let remembered = 4096

  /// An event by its number: two relays may give one number to events of two stations while each has a Redis of its
  /// own.
  private struct Told: Hashable {
    var key: StationKey
    var number: UInt64
  }

  private struct State {
    var queues: [StationKey: [ObjectIdentifier: EventQueue]] = [:]
    var open = 0
    var sent: UInt64 = 0
    var overrun: UInt64 = 0
    /// In the order of their numbers, oldest first, from `start` on and round.
    var history: [(key: StationKey, event: RelayedCall)] = []
    var start = 0
    /// Those of the history, and those that were told late.
    var told: Set<Told> = []
    var late: Set<Told> = []

    mutating func remember(_ event: RelayedCall, of key: StationKey) {
      told.insert(Told(key: key, number: event.sequence))
      guard history.count == EventHub.remembered else { return history.append((key, event)) }
      let oldest = history[start]
      told.remove(Told(key: oldest.key, number: oldest.event.sequence))
      history[start] = (key, event)
      start = (start + 1) % EventHub.remembered
    }
  }

  private let state = Mutex(State())
  private let heard: (@Sendable (StationKey, RelayedCall) -> Void)?

  /// Nobody listens yet; `heard` is told of every event, whoever listens, in their order.
  init(heard: (@Sendable (StationKey, RelayedCall) -> Void)? = nil) { self.heard = heard }

  /// Begins to listen for a station.
  ///
  /// - Parameter last: The number of the last event that the listener has; nil when it has none.
  /// - Returns: What the listener has missed, oldest first, and the number from which on it wants to hear. A
  ///   number that this relay has not reached is none: the clock that the numbers began with was set back,
  ///   or the listener has made it up.
  func subscribe(
    _ queue: EventQueue, to key: StationKey, after last: UInt64?
  ) -> (missed: [RelayedCall], reached: UInt64) {
    state.withLock { state in
      state.queues[key, default: [:]][ObjectIdentifier(queue)] = queue
      state.open += 1
      guard let last, last <= Self.latest(in: state) else { return ([], 0) }
      return (Self.events(of: key, after: last, in: state), last)
    }
  }

  /// Ends what ``subscribe(_:to:after:)`` began.
  func remove(_ queue: EventQueue, from key: StationKey) {
    state.withLock { state in
      guard state.queues[key]?.removeValue(forKey: ObjectIdentifier(queue)) != nil else { return }
      if state.queues[key]?.isEmpty == true { state.queues[key] = nil }
      state.open -= 1
    }
  }

  /// Hands an event over.
  ///
  /// Events come in the order of their numbers, but for those that a shared store had lost: they are told
  /// late, also to who has heard a later one; or twice, which is once too often.
  func publish(_ event: RelayedCall, to key: StationKey) {
    state.withLock { state in
      let told = Told(key: key, number: event.sequence)
      if event.sequence > Self.latest(in: state) {
        state.remember(event, of: key)
      } else {
        guard !state.told.contains(told), state.late.insert(told).inserted else { return }
        if state.late.count > Self.remembered { state.late = [told] }
      }
      heard?(key, event)
      guard let queues = state.queues[key] else { return }
      for queue in queues.values {
        if queue.put(.event(event)) { state.sent += 1 } else { state.overrun += 1 }
      }
    }
  }

  /// Lets every listener know that the relay is there.
  func beat() {
    let queues = state.withLock { state in state.queues.values.flatMap(\.values) }
    for queue in queues { queue.put(.comment) }
  }

  /// How many listen now, how many events they were handed in all, and how many were too slow.
  var counts: (open: Int, sent: UInt64, overrun: UInt64) {
    state.withLock { ($0.open, $0.sent, $0.overrun) }
  }

  /// The number of the latest event that is remembered; 0 when there is none.
  private static func latest(in state: State) -> UInt64 {
    guard !state.history.isEmpty else { return 0 }
    return state.history[(state.start + state.history.count - 1) % state.history.count].event
      .sequence
  }

  private static func events(
    of key: StationKey, after last: UInt64, in state: State
  ) -> [RelayedCall] {
    // Newest first, because who comes back has missed little.
    var missed: [RelayedCall] = []
    for step in 1...max(1, state.history.count) where step <= state.history.count {
      let place = (state.start + state.history.count - step) % state.history.count
      let (owner, event) = state.history[place]
      guard event.sequence > last else { break }
      if owner == key { missed.append(event) }
    }
    return missed.reversed()
  }
}
