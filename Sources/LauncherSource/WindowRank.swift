import Synchronization
public import Telephony

/// Whether this window is the first one of its station and user, as the launcher's socket tells: who has it takes the
/// calls. Another one only watches, until the first one is closed.
public final class WindowRank: Sendable {
  private struct State {
    /// Nil: the socket was not asked for yet.
    var isFirst: Bool?
    var listeners: [Int: @Sendable (Bool) -> Void] = [:]
    var serial = 0
  }

  private let state = Mutex(State())

  /// A rank that is not known yet.
  public init() {}

  /// Calls `told` with the rank once it is known, and each time that it changes, until the program ends.
  public func observe(_ told: @escaping @Sendable (_ isFirst: Bool) -> Void) { _ = listen(told) }

  /// The source, which is heard only while this window is the first: two windows that follow one telephone would write
  /// each call into the journal twice, and take the telephone's line from each other.
  public func standby(_ source: any CallSource) -> any CallSource {
    source is LauncherSource ? source : StandbySource(source: source, rank: self)
  }

  /// Notes what the socket told.
  func set(isFirst: Bool) {
    let listeners = state.withLock { state -> [@Sendable (Bool) -> Void] in
      guard state.isFirst != isFirst else { return [] }
      state.isFirst = isFirst
      // In the order in which they began: what keeps calls is ready before what brings them.
      return state.listeners.sorted { $0.key < $1.key }.map(\.value)
    }
    for listener in listeners { listener(isFirst) }
  }

  /// Waits until the rank is this; false when the task is cancelled.
  fileprivate func becomes(first wanted: Bool) async -> Bool {
    let (ranks, rank) = AsyncStream.makeStream(of: Bool.self)
    let id = listen { rank.yield($0) }
    defer { state.withLock { $0.listeners[id] = nil } }
    for await isFirst in ranks where isFirst == wanted { return true }
    return false
  }

  private func listen(_ told: @escaping @Sendable (Bool) -> Void) -> Int {
    let (id, isFirst) = state.withLock { state in
      state.serial += 1
      state.listeners[state.serial] = told
      return (state.serial, state.isFirst)
    }
    if let isFirst { told(isFirst) }
    return id
  }
}

/// A source that waits until its window is the first of the station.
private struct StandbySource: CallSource {
  let source: any CallSource
  let rank: WindowRank

  func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    while await rank.becomes(first: true), !Task.isCancelled {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await source.run(report) }
        group.addTask { _ = await rank.becomes(first: false) }
        await group.next()
        group.cancelAll()
      }
    }
  }
}
