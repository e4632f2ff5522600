/// What the head of a request says of its body, while its lines come (RFC 9112, 6.3).
struct RequestHead {
  /// What follows a head.
  enum Body: Hashable {
    case nothing
    case bytes(Int)
    /// It comes in chunks, or its length is none, or there are two: the decoder knows what to make of that.
    case unknown
  }

  /// The beginning of the line that is coming: longer than any that matters.
  private var line: [UInt8] = []
  private var body = Body.nothing

  private static let longest = 64

  /// Takes a line, or a piece of one; what follows the head, where it ends with that.
  mutating func feed(_ bytes: some Sequence<UInt8>, isWhole: Bool) -> Body? {
    line += bytes.lazy.filter { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
      .prefix(Self.longest - line.count)
    guard isWhole else { return nil }
    defer { line = [] }
    if line.isEmpty { return body }
    let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1)
    switch parts.first.map({ String(decoding: $0, as: UTF8.self).lowercased() }) {
    case "transfer-encoding": body = .unknown
    case "content-length": note(parts.dropFirst().first)
    default: break
    }
    return nil
  }

  private mutating func note(_ length: ArraySlice<UInt8>?) {
    let digits = String(decoding: length ?? [], as: UTF8.self).filter { $0 != " " && $0 != "\t" }
    guard body == .nothing, let count = Int(digits), count >= 0, line.count < Self.longest else {
      body = .unknown
      return
    }
    body = count == 0 ? .nothing : .bytes(count)
  }
}
