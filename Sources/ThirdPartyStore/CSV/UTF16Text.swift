/// Turns UTF-16, as Excel writes it for "Unicode text", into UTF-8, a block at a time.
struct UTF16Text {
  private let isBigEndian: Bool
  /// What of the last block belongs to the next: half a unit, or half a pair.
  private var rest: [UInt8] = []

  /// The encoding of a text that begins so: without its mark, every other byte of what both headers and cards
  /// begin with is nothing. Nil when it is another one.
  init?(unmarked bytes: some Collection<UInt8>) {
    let start = Array(bytes.prefix(64))
    guard start.count >= 8 else { return nil }
    let zeros = [0, 1].map { half in
      start.indices.count { $0 % 2 == half && start[$0] == 0 }
    }
    guard zeros.max() ?? 0 >= start.count * 3 / 8, zeros.min() == 0 else { return nil }
    isBigEndian = zeros[0] > 0
  }

  /// The encoding that a file's first bytes name, nil when it is another one.
  init?(mark: some Collection<UInt8>) {
    if mark.starts(with: [0xFF, 0xFE]) {
      isBigEndian = false
    } else if mark.starts(with: [0xFE, 0xFF]) {
      isBigEndian = true
    } else {
      return nil
    }
  }

  /// The next bytes as UTF-8; half a pair, and the last byte of an odd number, are replaced by U+FFFD.
  mutating func utf8(_ bytes: some Collection<UInt8>, isLast: Bool) -> [UInt8] {
    rest += bytes
    var units: [UInt16] = []
    units.reserveCapacity(rest.count / 2)
    for index in stride(from: 0, to: rest.count - 1, by: 2) {
      let (first, second) = (
        UInt16(truncatingIfNeeded: rest[index]), UInt16(truncatingIfNeeded: rest[index + 1])
      )
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
    }
    var used = units.count * 2
    if isLast {
      if used < rest.count { units.append(0xFFFD) }
      used = rest.count
    } else if let last = units.last, UTF16.isLeadSurrogate(last) {
      units.removeLast()
      used -= 2
    }
    rest.removeFirst(used)
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
