package import NIOCore

/// The continuous clock, waited on by the timers of an event loop.
///
/// Swift's own clocks wait in Dispatch's thread pool, which wakes the process every second once it was used.
package struct LoopClock: Clock {
  /// Whose timers wait.
  package let loop: any EventLoop

  /// A clock that waits on this loop.
  package init(loop: any EventLoop) { self.loop = loop }

  package var now: ContinuousClock.Instant { ContinuousClock.now }
  package var minimumResolution: Duration { .milliseconds(1) }

  package func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
    let timer = loop.scheduleTask(in: TimeAmount(now.duration(to: deadline))) {}
    try await withTaskCancellationHandler {
      try await timer.futureResult.get()
    } onCancel: {
      timer.cancel()
    }
  }
}
