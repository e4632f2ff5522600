package import NIOCore
import NIOPosix

/// The thread on which connections live: one event loop.
///
/// One for the whole program. A loop of its own for each connector would cost a thread and wake the process
/// by itself; Dispatch's and Swift's pools, once used, wake it every second.
package struct ConnectorRuntime: Sendable {
  /// The program's.
  package static let shared = ConnectorRuntime()

  /// Where everything of every connection happens.
  package let loop: any EventLoop

  private init() {
    loop = MultiThreadedEventLoopGroup(numberOfThreads: 1).any()
  }
}
