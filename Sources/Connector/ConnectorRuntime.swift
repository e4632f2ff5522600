package import NIOCore
package import NIOPosix

/// The threads on which connections live: one event loop, and two that look names up.
///
/// One for the whole program. A loop of its own for each connector would cost a thread and wake the process
/// by itself; Dispatch's and Swift's pools, once used, wake it every second.
package struct ConnectorRuntime: Sendable {
  /// The program's.
  package static let shared = ConnectorRuntime()

  /// Where everything of every connection happens.
  package let loop: any EventLoop
  /// Where names are looked up: two, so that one server that does not answer holds up nobody else.
  package let threads: NIOThreadPool

  private init() {
    loop = MultiThreadedEventLoopGroup(numberOfThreads: 1).any()
    threads = NIOThreadPool(numberOfThreads: 2)
    threads.start()
  }
}
