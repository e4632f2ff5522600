import Foundation
import NIOCore

/// Looks the address of a server up on a thread of its own, which may wait as long as DNS does.
///
/// NIO would use a thread of Dispatch's pool, which then wakes the process every second for good.
enum HostLookup {
  /// Hands the address over: at once when the host is one, else from the other thread.
  static func address(
    of hop: SIPHop, _ found: @escaping @Sendable (Result<SocketAddress, any Error>) -> Void
  ) {
    if let address = try? SocketAddress(ipAddress: hop.host, port: hop.port) {
      return found(.success(address))
    }
    Thread.detachNewThread {
      found(Result { try .makeAddressResolvingHost(hop.host, port: hop.port) })
    }
  }
}
