/// What a request asks for (RFC 9112, 3.2): `/path?query`, or a whole URL as proxies are asked.
struct RequestTarget {
  let path: ArraySlice<UInt8>
  /// Behind the `?`; empty when there is none.
  let query: ArraySlice<UInt8>
  /// Whose URL it is; nil when the target does not say it.
  let authority: Authority?

  /// Throws 400 for a URL that is none.
  init(_ text: String) throws(Refusal) {
    var bytes = Array(text.utf8)[...]
    var authority: Authority?
    if bytes.first != UInt8(ascii: "/"), let begin = Self.endOfScheme(bytes) {
      let rest = bytes[begin...]
      let end = rest.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
      authority = Authority(rest[..<end])
      guard authority != nil else { throw .badRequest("the URL names no host (RFC 3986)") }
      bytes = end == rest.endIndex ? Array("/".utf8)[...] : rest[end...]
    }
    let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    path = bytes[..<end]
    query = bytes[end...].dropFirst()
    self.authority = authority
  }

  private static func endOfScheme(_ bytes: ArraySlice<UInt8>) -> Int? {
    for scheme in ["http://", "https://"] where bytes.count >= scheme.utf8.count {
      if zip(bytes, scheme.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
        return bytes.startIndex + scheme.utf8.count
      }
    }
    return nil
  }
}
