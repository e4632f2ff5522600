import NIOCore

/// Waits for a time, or until somebody rings before it: on an event loop, which wakes no other thread.
package final class LoopAlarm: Sendable {
  private struct State {
    var sleeper: CheckedContinuation<Void, Never>?
    var callOff: (@Sendable () -> Void)?
    /// It was rung while nobody waited.
    var hasRung = false
  }

  private let timer: LoopTimer
  private let state: NIOLoopBoundBox<State>

  /// An alarm that nobody has rung; without a clock, the timers of the runtime's loop wait.
  package init(clock: (any Clock<Duration>)? = nil, runtime: ConnectorRuntime = .shared) {
    timer = LoopTimer(loop: runtime.loop, clock: clock)
    state = .makeBoxSendingValue(State(), eventLoop: runtime.loop)
  }

  /// Waits until the pause is over, until somebody rings or has rung since the last time, or until the task is
  /// cancelled; nil: no pause ends it. One waits at a time.
  package func wait(_ pause: Duration?) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { sleeper in
        timer.loop.execute {
          self.state.value.sleeper = sleeper
          if self.state.value.hasRung { return self.wake() }
          self.state.value.callOff = pause.map { pause in self.timer.after(pause) { self.wake() } }
        }
      }
    } onCancel: {
      ring()
    }
  }

  /// Ends the pause that somebody waits for, or the next one.
  package func ring() {
    timer.loop.execute {
      self.state.value.hasRung = true
      self.wake()
    }
  }

  private func wake() {
    guard let sleeper = state.value.sleeper else { return }
    state.value.callOff?()
    state.value = State()
    sleeper.resume()
  }
}
