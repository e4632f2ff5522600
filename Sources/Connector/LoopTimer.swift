import NIOCore

/// Calls back on an event loop after a time: by the loop's own timers, which wake no other thread, or by
/// another clock, on which hours may pass at once.
struct LoopTimer: Sendable {
  /// Where work is called.
  let loop: any EventLoop
  /// The clock that measures pauses; nil: the loop's own timers.
  let clock: (any Clock<Duration>)?

  /// Calls `work` on the loop after a pause; the answer calls it off.
  func after(
    _ pause: Duration, _ work: @escaping @Sendable () -> Void
  ) -> @Sendable () -> Void {
    guard let clock else {
      let scheduled = loop.scheduleTask(in: TimeAmount(pause), work)
      return { scheduled.cancel() }
    }
    return after(pause, by: clock, work)
  }

  private func after(
    _ pause: Duration, by clock: some Clock<Duration>, _ work: @escaping @Sendable () -> Void
  ) -> @Sendable () -> Void {
    // The pause begins now, not when the task comes to run: the clock may have moved by then.
    let end = clock.now.advanced(by: pause)
    let task = Task { [loop] in
      guard (try? await clock.sleep(until: end, tolerance: nil)) != nil else { return }
      loop.execute(work)
    }
    return { task.cancel() }
  }
}
