import NIOCore

/// Which hosts are this machine, to which nothing travels where others could read it.
package enum ThisMachine {
  /// Whether the host of an address is: `localhost`, `127.0.0.1`, `[::1]`. A name that only begins like an address may
  /// be anybody's.
  package static func isNamed(by host: String) -> Bool {
    let host = host.lowercased().filter { $0 != "[" && $0 != "]" }
    if host == "localhost" { return true }
    guard (try? SocketAddress(ipAddress: host, port: 0)) != nil else { return false }
    return host == "::1" || host.hasPrefix("127.")
  }
}
