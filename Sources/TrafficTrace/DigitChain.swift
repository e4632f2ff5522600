/// Groups of digits with what people write between the groups of a number.
struct DigitChain {
  /// More between two groups than this many separators is more than a number has: ` (0)`.
  private static let mostSeparators = 3

  /// The groups, none of them empty.
  private(set) var groups: [[DigitToken]] = []
  private var separators: [DigitToken] = []
  private var hasHyphen = false

  /// Takes the next piece in; false when it ends the chain.
  mutating func accept(_ token: DigitToken, in bytes: [UInt8]) -> Bool {
    switch token.kind {
    case .digit:
      if groups.isEmpty || !separators.isEmpty {
        groups.append([token])
      } else {
        groups[groups.count - 1].append(token)
      }
      let between = separators.map { bytes[$0.range.lowerBound] }
      hasHyphen = hasHyphen || between.contains(UInt8(ascii: "-"))
      separators = []
      return true
    case .separator:
      guard !groups.isEmpty else { return true }
      separators.append(token)
      return separators.count <= Self.mostSeparators
    case .other: return groups.isEmpty
    }
  }

  /// Whether these groups together may be one number.
  func mayBeOne(in bytes: [UInt8]) -> Bool {
    guard let range else { return false }
    let before = range.lowerBound > 0 ? bytes[range.lowerBound - 1] : 0
    let after = range.upperBound < bytes.count ? bytes[range.upperBound] : 0
    if groups.count == 1 { return true }
    // `PJSIP/1024-00000012` is a channel of the station, and no number.
    if hasHyphen, before == UInt8(ascii: "/") { return false }
    if Self.isLetter(before) || Self.isLetter(after) { return false }
    return !isAddress(in: bytes) || after == UInt8(ascii: "@")
  }

  /// Whether it counts messages of SIP (`CSeq: `, `version="`): their order matters, and nobody writes a number there.
  func isExempt(in bytes: [UInt8]) -> Bool {
    guard let start = range?.lowerBound else { return true }
    var before = bytes[max(0, start - 24)..<start]
    while before.last == UInt8(ascii: " ") { before.removeLast() }
    let lowered = String(decoding: before, as: UTF8.self).lowercased()
    return ["cseq:", "version=\"", "version='"].contains { lowered.hasSuffix($0) }
  }

  private var range: Range<Int>? {
    guard let first = groups.first?.first, let last = groups.last?.last else { return nil }
    return first.range.lowerBound..<last.range.upperBound
  }

  /// Four groups as in `192.0.2.10`.
  private func isAddress(in bytes: [UInt8]) -> Bool {
    guard let range, groups.count == 4, range.count == groups.map(\.count).reduce(3, +) else {
      return false
    }
    let points = bytes[range].count { $0 == UInt8(ascii: ".") }
    return points == 3
      && groups.allSatisfy { group in
        let value = group.reduce(0) { $0 * 10 + Int(clamping: $1.value) }
        return value <= 255 && (group.count == 1 || group[0].value != 0)
      }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20)
  }
}
