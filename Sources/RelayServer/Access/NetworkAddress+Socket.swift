import NIOCore

extension NetworkAddress {
  /// Nil for what is no IP socket.
  init?(_ socket: SocketAddress?) {
    // Where sockaddr_in and sockaddr_in6 have the address [bytes] (ip(7), ipv6(7)).
    let place: Range<Int>
    switch socket {
    case .v4: place = 4..<8
    case .v6: place = 8..<24
    case .unixDomainSocket, nil: return nil
    }
    let bytes = socket?.withSockAddr { address, size in
      Array(UnsafeRawBufferPointer(start: address, count: size)[place])
    }
    self.init(bytes ?? [])
  }
}
