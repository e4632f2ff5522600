/// A command as it goes over the connection: an array of texts (Redis serialization protocol, RESP2).
///
///     PING  →  *1␍␊$4␍␊PING␍␊
struct RedisCommand: Sendable {
  let bytes: [UInt8]

  init(_ words: String...) { self.init(words) }

  init(_ words: [String]) {
    var bytes = Array("*\(words.count)\r\n".utf8)
    for word in words {
      bytes += Array("$\(word.utf8.count)\r\n".utf8)
      bytes += Array(word.utf8)
      bytes += Array("\r\n".utf8)
    }
    self.bytes = bytes
  }
}
