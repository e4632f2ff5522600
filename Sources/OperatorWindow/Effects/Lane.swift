import NIOPosix

/// A thread of its own for work that blocks, one piece after the other.
///
/// Not a queue of Dispatch: its thread pool, once used, wakes the process every second for good.
package final class Lane: TaskExecutor {
  private let pool = NIOThreadPool(numberOfThreads: 1)

  package init() { pool.start() }

  /// Adds a piece of work, behind all others.
  package func run(_ work: @escaping @Sendable () -> Void) {
    pool.submit { state in if state == .active { work() } }
  }

  /// Waits until everything is done; nothing may be added after that.
  package func finish() async {
    await withCheckedContinuation { continuation in pool.submit { _ in continuation.resume() } }
  }

  /// Runs a piece of a task that prefers this thread.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    run { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
