/// A character set of East Asia, in which most characters have two bytes.
enum WideSet: String, CaseIterable {
  case shiftJIS = "CP932"
  case japaneseUnix = "EUC-JP"
  case chinese = "GBK"
  case traditional = "BIG5"
  case korean = "EUC-KR"

  var shown: String { self == .shiftJIS ? "Shift_JIS" : rawValue }

  /// Whether the bytes may as well be halves of wide characters of any other set: `ﾔﾏﾀﾞ`.
  static func mayBeNarrowKana(_ fields: [ArraySlice<UInt8>]) -> Bool {
    fields.allSatisfy { $0.allSatisfy { $0 < 0x80 || (0xA1...0xDF).contains($0) } }
  }

  /// What the bytes of the fields are worth, each as much as in sets of one byte (``Writing``).
  func score(_ fields: [ArraySlice<UInt8>]) -> Int {
    var (sum, characters) = (0, 0)
    for field in fields {
      var index = field.startIndex
      while index < field.endIndex {
        let byte = field[index]
        guard byte >= 0x80 else {
          index += 1
          continue
        }
        let next = index + 1 < field.endIndex ? field[index + 1] : 0
        let (length, worth) = character(byte, next)
        let isBesideASCII =
          length == 1
          && (Self.isLetter(next) || (index > field.startIndex && Self.isLetter(field[index - 1])))
        let high = length == 2 && next >= 0x80 ? 2 : 1
        sum += high * (isBesideASCII ? -10 : worth)
        characters += 1
        index += length
      }
    }
    // Of so many characters, the Chinese ones do not all stand where the Korean ones do.
    return self == .korean && characters >= 12 && sum >= characters * 18 ? sum * 11 / 10 : sum
  }

  /// How many bytes the character has that begins there, and what each is worth: most where the frequent ones stand.
  private func character(_ lead: UInt8, _ trail: UInt8) -> (length: Int, worth: Int) {
    let isHigh = (0xA1...0xFE).contains(trail)
    let isAny = (0x40...0xFE).contains(trail) && trail != 0x7F
    switch (self, lead) {
    case (.shiftJIS, 0xA1...0xDF): return (1, 6)
    case (.shiftJIS, 0x82...0x83) where isAny: return (2, 10)
    case (.shiftJIS, 0x81) where isAny: return (2, 5)
    case (.shiftJIS, 0x88...0x97) where isAny: return (2, 9)
    case (.shiftJIS, 0x98...0x9F) where isAny, (.shiftJIS, 0xE0...0xEA) where isAny: return (2, 2)
    case (.japaneseUnix, 0xA4...0xA5) where isHigh: return (2, 10)
    case (.chinese, 0xA4...0xA5) where isHigh: return (2, -5)
    case (.japaneseUnix, 0xA1...0xA3) where isHigh, (.chinese, 0xA1...0xA3) where isHigh,
      (.korean, 0xA1...0xA3) where isHigh, (.traditional, 0xA1...0xA3) where isAny:
      return (2, 5)
    case (.japaneseUnix, 0xB0...0xCF) where isHigh: return (2, 9)
    case (.japaneseUnix, 0xD0...0xF4) where isHigh: return (2, 2)
    case (.japaneseUnix, 0x8E) where isHigh: return (2, 3)
    case (.chinese, 0xB0...0xD7) where isHigh: return (2, 9)
    case (.chinese, 0xD8...0xF7) where isHigh: return (2, 4)
    case (.chinese, 0x81...0xFE) where isAny: return (2, 1)
    case (.traditional, 0xA4...0xC6) where isAny: return (2, 9)
    case (.traditional, 0xC9...0xF9) where isAny: return (2, 3)
    case (.korean, 0xB0...0xC8) where isHigh: return (2, 9)
    case (.korean, 0xCA...0xFD) where isHigh: return (2, 1)
    default: return (1, -30)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) && byte < 0x80
  }
}
