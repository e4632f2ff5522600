@testable import RelayServer

/// The hops and the host that a request's headers name.
enum ForwardedText: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "\n").map { String($0) }
    precondition(ForwardedHops.xForwardedFor(lines).count <= 64)
    precondition(ForwardedHops.forwarded(lines).count <= 64)
    if let authority = Authority(bytes) {
      precondition(
        !authority.host.utf8.contains { $0 <= 0x20 || $0 >= 0x7F || "@/?#[]".utf8.contains($0) })
      precondition(authority.isLiteral == authority.host.utf8.contains(UInt8(ascii: ":")))
    }
    if let target = try? RequestTarget(text) {
      precondition(target.path.count <= text.utf8.count + 1)
    }
  }
}
