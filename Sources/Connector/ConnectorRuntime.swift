package import NIOCore
package import NIOPosix

/// The threads on which connections live: one event loop, and four that look names up.
///
/// One for the whole program. A loop of its own for each connector would cost a thread and wake the process
/// by itself; Dispatch's and Swift's pools, once used, wake it every second.
package struct ConnectorRuntime: Sendable {
  /// The program's.
  package static let shared = ConnectorRuntime()

  /// Where everything of every connection happens.
  package let loop: any EventLoop
  /// Where names are looked up, for each family of addresses by itself: so many, that a server of names that
  /// does not answer holds up nobody else.
  package let threads: NIOThreadPool

  private init() {
    loop = MultiThreadedEventLoopGroup(numberOfThreads: 1).any()
    threads = NIOThreadPool(numberOfThreads: 4)
    threads.start()
  }
}
