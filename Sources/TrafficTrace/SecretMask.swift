/// Puts stars in the place of passwords, tokens and digests, so that everything keeps its length.
///
/// What the configuration knows as a secret, wherever it stands; and by the names of their fields what others send:
/// `Secret: geheim`, `password=geheim`, `"password":"geheim"`, `<a:password>geheim<`, `Authorization: Digest …`,
/// `rspauth="…"`.
struct SecretMask: Sendable {
  /// Shorter ones stand in too many texts by chance; those are known by their fields.
  private static let shortest = 6

  private let known: [[UInt8]]
  /// Further words behind which, after `=`, a secret stands.
  private let fields: [[UInt8]]

  /// A mask of these secrets, and of what stands in `fields` of an address.
  init(_ secrets: [String], fields: [String] = ["token"]) {
    self.fields = fields.map { Array($0.lowercased().utf8) + [UInt8(ascii: "=")] }
    known = secrets.map { Array($0.utf8) }.filter { $0.count >= Self.shortest }
      .sorted { $0.count > $1.count }
  }

  /// Header fields that are secret to the end of their line.
  private static let headers = [
    "secret", "key", "authorization", "proxy-authorization", "authentication-info",
    "proxy-authentication-info", "cookie", "set-cookie", "x-api-key",
  ].map { Array($0.utf8) }
  /// Words of which the value behind `=` or `:` is secret, and the text of an element that ends in one.
  private static let words = [
    "password", "passwd", "auth_pass", "secret", "pwd", "rspauth", "api_key", "apikey",
    "access_token",
  ].map { Array($0.utf8) }

  /// Commands that log in, at the beginning of a line: what follows is secret to its end.
  private static let logins = ["auth ", "userauth "].map { Array($0.utf8) }

  /// The bytes with stars in all secrets.
  func masked(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    let low = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    for secret in known {
      var from = 0
      while let start = Self.first(secret, in: bytes, from) {
        Self.hide(start..<(start + secret.count), &result)
        from = start + secret.count
      }
    }
    for word in Self.headers.map({ $0 + [UInt8(ascii: ":")] }) + Self.logins {
      var from = 0
      while let start = Self.first(word, in: low, from) {
        from = start + word.count
        guard start == 0 || low[start - 1] == 0x0A || low[start - 1] == 0x0D else { continue }
        Self.hide(
          from..<(low[from...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? low.count), &result)
      }
    }
    for word in Self.words {
      var from = 0
      while let start = Self.first(word, in: low, from) {
        from = start + word.count
        if let value = Self.value(low, from) { Self.hide(value, &result) }
      }
    }
    for field in fields {
      var from = 0
      while let start = Self.first(field, in: low, from) {
        from = start + field.count
        if let value = Self.value(low, from - 1) { Self.hide(value, &result) }
      }
    }
    return result
  }

  /// Where the value of a word that ends at `index` stands; nil when none follows.
  private static func value(_ bytes: [UInt8], _ index: Int) -> Range<Int>? {
    var start = index
    let skip = { (wanted: String) in
      while start < bytes.count, wanted.utf8.contains(bytes[start]) { start += 1 }
    }
    skip("\" ")
    guard start < bytes.count, "=:>".utf8.contains(bytes[start]) else { return nil }
    start += 1
    skip(" ")
    let isQuoted = start < bytes.count && bytes[start] == UInt8(ascii: "\"")
    if isQuoted { start += 1 }
    let ends = isQuoted ? "\"" : "&;,<>\" \r\n\t"
    let end = bytes[start...].firstIndex { ends.utf8.contains($0) } ?? bytes.count
    return start..<end
  }

  private static func first(_ word: [UInt8], in bytes: [UInt8], _ from: Int) -> Int? {
    guard let first = word.first, bytes.count >= word.count else { return nil }
    var index = from
    while index + word.count <= bytes.count {
      guard let next = bytes[index...].firstIndex(of: first), next + word.count <= bytes.count
      else {
        return nil
      }
      if bytes[next..<(next + word.count)].elementsEqual(word) { return next }
      index = next + 1
    }
    return nil
  }

  private static func hide(_ range: Range<Int>, _ bytes: inout [UInt8]) {
    for index in range { bytes[index] = UInt8(ascii: "*") }
  }
}
