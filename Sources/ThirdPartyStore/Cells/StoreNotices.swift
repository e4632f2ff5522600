import Synchronization

/// What a store has to say beside its answers: what it left out because it cannot be read, that a damaged file
/// was moved aside. Kept until somebody listens.
public final class StoreNotices: Sendable {
  private struct State {
    var said: Set<String> = []
    var waiting: [String] = []
    var tell: (@Sendable (String) -> Void)?
  }

  private let state = Mutex(State())

  /// Nothing to say, and nobody who listens.
  public init() {}

  /// Has everything told to `tell`, what there is already at once; on whatever thread uses the store.
  public func listen(_ tell: @escaping @Sendable (String) -> Void) {
    let waiting = state.withLock { state in
      state.tell = tell
      defer { state.waiting = [] }
      return state.waiting
    }
    for sentence in waiting { tell(sentence) }
  }

  /// What was said while nobody listened, once.
  public func drain() -> [String] {
    state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
  }

  /// Says what was found about a store from outside it.
  public func tell(_ sentence: String) { say(sentence) }

  /// Says something; what is true for longer, `about` a subject, once.
  func say(_ sentence: String, about subject: String? = nil) {
    let tell = state.withLock { state -> (@Sendable (String) -> Void)? in
      if let subject, !state.said.insert(subject).inserted { return nil }
      if state.tell == nil, state.waiting.count < 100 { state.waiting.append(sentence) }
      return state.tell
    }
    tell?(sentence)
  }
}
