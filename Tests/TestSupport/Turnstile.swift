import Synchronization

/// Lets so many in at a time; the others wait in the order in which they came.
///
/// The tests of whole programs run side by side, but not all at once: each has a terminal and several
/// processes, and asks for the screen many times a second.
final class Turnstile: Sendable {
  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  /// A turnstile for `places` at a time.
  init(places: Int) { state = Mutex(State(free: places)) }

  /// A place, which is given back when nobody holds it any more.
  final class Place: Sendable {
    private let turnstile: Turnstile
    fileprivate init(_ turnstile: Turnstile) { self.turnstile = turnstile }
    deinit { turnstile.leave() }
  }

  /// Waits for a place.
  func enter() async -> Place {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.free > 0 else {
          state.waiting.append(continuation)
          return false
        }
        state.free -= 1
        return true
      }
      if isFree { continuation.resume() }
    }
    return Place(self)
  }

  private func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      state.free += 1
      return nil
    }
    next?.resume()
  }
}
