import Glibc
import NIOCore
import NIOPosix

/// Looks a host up by the system's means, on a thread of its own: NIO's resolver uses Dispatch's, which
/// wake the process every second once they were used.
struct ThreadResolver: Resolver {
  /// There is no such host, or nobody who knows.
  struct Failure: Error, CustomStringConvertible { let description: String }

  let threads: NIOThreadPool
  let loop: any EventLoop

  /// A resolver that asks on the runtime's threads and answers on its loop.
  init(_ runtime: ConnectorRuntime) {
    threads = runtime.threads
    loop = runtime.loop
  }

  func initiateAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
    threads.runIfActive(eventLoop: loop) { try Self.addresses(of: host, port, AF_INET) }
  }

  func initiateAAAAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
    threads.runIfActive(eventLoop: loop) { try Self.addresses(of: host, port, AF_INET6) }
  }

  func cancelQueries() {}

  /// An address of a host, the one that the system would take first, or another one when it is the turn of that; at once
  /// when the host is one.
  func address(of host: String, port: Int, _ turn: AddressTurn) -> EventLoopFuture<SocketAddress> {
    if let address = try? SocketAddress(ipAddress: host, port: port) {
      return loop.makeSucceededFuture(address)
    }
    return threads.runIfActive(eventLoop: loop) {
      let addresses = try Self.addresses(of: host, port, AF_UNSPEC)
      guard let address = turn.choose(among: addresses) else {
        throw Failure(description: "the name has no address")
      }
      return address
    }
  }

  private static func addresses(
    of host: String, _ port: Int, _ family: Int32
  ) throws -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_family = family
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &found)
    guard code == 0 else { throw Failure(description: String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(found) }
    var addresses: [SocketAddress] = []
    var next = found
    while let entry = next?.pointee {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let isTold = getnameinfo(
        entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
      if isTold == 0 {
        addresses.append(
          try SocketAddress(ipAddress: text.withUnsafeBytes { Self.text($0) }, port: port))
      }
      next = entry.ai_next
    }
    return addresses
  }

  private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
