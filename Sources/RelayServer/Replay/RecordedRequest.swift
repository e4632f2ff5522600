import NIOCore
import NIOHTTP1
import TextForms

/// A request as a ``TraceHandler`` wrote it down: its head, and the body behind it, out of its chunks.
struct RecordedRequest {
  let head: HTTPRequestHead
  let body: ByteBuffer

  /// Nil when the bytes are no request.
  init?(_ bytes: [UInt8]) {
    guard let end = bytes[...].firstPlace(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
      .split(separator: "\r\n", omittingEmptySubsequences: false)
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count == 3, let version = Self.versions[words[2]] else { return nil }
    var headers = HTTPHeaders()
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers.add(name: String(line[..<colon]), value: String(line[colon...].dropFirst(2)))
    }
    head = HTTPRequestHead(
      version: version, method: HTTPMethod(rawValue: String(words[0])), uri: String(words[1]),
      headers: headers)
    body = ByteBuffer(bytes: bytes[end.upperBound...])
  }

  private static let versions: [Substring: HTTPVersion] = [
    "HTTP/1.0": .http1_0, "HTTP/1.1": .http1_1,
  ]

  /// The status at the beginning of a recorded answer; nil when it is a piece of a stream.
  static func status(_ bytes: [UInt8]) -> Int? {
    let word = String(decoding: bytes.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
    guard word.count == 3, bytes.count > 3, let status = Int(word) else { return nil }
    return status
  }
}
