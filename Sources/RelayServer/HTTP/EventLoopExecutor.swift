import NIOCore

/// Runs the tasks that prefer it on an event loop, so that a request is answered on the thread that read
/// it: going to another thread and back costs more than the answer.
final class EventLoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
