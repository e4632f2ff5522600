import NIOCore

/// The time of an event loop: who waits on it wakes no thread but the loop's.
///
/// `ContinuousClock` waits on threads of Dispatch, and keeps a pause that was given up until its time
/// has come; a poll gives one up with every answer.
struct EventLoopClock: Clock {
  typealias Instant = ContinuousClock.Instant

  let loop: any EventLoop

  var now: Instant { .now }
  var minimumResolution: Duration { .nanoseconds(1) }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let promise = loop.makePromise(of: Void.self)
    let pause = TimeAmount(max(.zero, now.duration(to: deadline)))
    let wake = loop.scheduleTask(in: pause) { promise.succeed() }
    try await withTaskCancellationHandler {
      try await promise.futureResult.get()
    } onCancel: {
      wake.cancel()
      // Without effect when the pause has just ended.
      promise.fail(CancellationError())
    }
  }
}
