/// A stranger's TOML as the parser may be given it.
///
/// The parser (toml++) takes some things for granted, and ends the process where they are otherwise: that a table's
/// name begins as names do (`[é]`), that no line is broken by other characters than LF within a value, that a key has
/// no more parts than the stack holds.
public enum TOMLText {
  /// The most parts of a key; who writes more does not mean it.
  private static let mostParts = 64

  /// The text, with something in place of each of them, on the same line, of which the parser says what is wrong.
  public static func harmless(_ text: String) -> String {
    var reading = Reading(rest: Array(text.utf8)[...])
    reading.run()
    return String(decoding: reading.read, as: UTF8.self)
  }

  private struct Reading {
    var rest: ArraySlice<UInt8>
    var read: [UInt8] = []
    /// How many brackets are open in a value.
    private var depth = 0
    private var isLineStart = true
    private var parts = 0

    init(rest: ArraySlice<UInt8>) {
      self.rest = rest
      read.reserveCapacity(rest.count)
    }

    mutating func run() {
      while let byte = rest.first {
        let wasLineStart = isLineStart
        isLineStart = byte == UInt8(ascii: "\n") ? depth == 0 : isLineStart && Self.isBlank(byte)
        switch byte {
        case UInt8(ascii: "#"): take(while: { $0 != UInt8(ascii: "\n") })
        case UInt8(ascii: "\""), UInt8(ascii: "'"): string(byte)
        case UInt8(ascii: "[") where wasLineStart: header()
        case UInt8(ascii: "["), UInt8(ascii: "{"): open(1)
        case UInt8(ascii: "]"), UInt8(ascii: "}"): open(-1)
        case UInt8(ascii: "\n"), UInt8(ascii: ","), UInt8(ascii: "="): open(0)
        case UInt8(ascii: "."):
          parts += 1
          if parts == TOMLText.mostParts { read.append(byte) }
          take(1)
        case 0xC2 where rest.starts(with: [0xC2, 0x85]): blank(2)
        case 0xE2 where rest.starts(with: [0xE2, 0x80, 0xA8]): blank(3)
        case 0xE2 where rest.starts(with: [0xE2, 0x80, 0xA9]): blank(3)
        default: take(1)
        }
      }
    }

    private mutating func take(_ count: Int) {
      read += rest.prefix(count)
      rest = rest.dropFirst(count)
    }

    private mutating func take(while isWanted: (UInt8) -> Bool) {
      take(rest.prefix(while: isWanted).count)
    }

    private mutating func open(_ change: Int) {
      depth = max(0, depth + change)
      parts = 0
      take(1)
    }

    /// A blank that the parser knows, and refuses there.
    private mutating func blank(_ count: Int) {
      read += [0xC2, 0xA0]
      rest = rest.dropFirst(count)
    }

    /// `[a]` or `[[a]]`; an empty name in front of what cannot be one.
    private mutating func header() {
      take(rest.starts(with: [UInt8(ascii: "["), UInt8(ascii: "[")]) ? 2 : 1)
      take(while: Self.isBlank)
      parts = 0
      guard let byte = rest.first else { return }
      if !Self.beginsName(byte) { read.append(UInt8(ascii: "]")) }
    }

    private mutating func string(_ quote: UInt8) {
      let isLong = rest.starts(with: [quote, quote, quote])
      let end = Array(repeating: quote, count: isLong ? 3 : 1)
      take(end.count)
      while let byte = rest.first, isLong || byte != UInt8(ascii: "\n") {
        if rest.starts(with: end) { return take(end.count) }
        take(byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1)
      }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func beginsName(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_\"']".utf8.contains(byte)
      }
    }
  }
}
