/// One hexadecimal digit, as a byte of text.
package enum HexDigit {
  /// `0` to `9`, `A` to `F` for the lower four bits.
  package static func upper(_ value: UInt8) -> UInt8 {
    let digit = value & 15
    return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
  }

  /// `0` to `9`, `a` to `f` for the lower four bits.
  package static func lower(_ value: UInt8) -> UInt8 {
    let digit = value & 15
    return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }

  /// What a digit stands for, in either case; nil when the byte is none.
  package static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }

  /// The byte that exactly two digits stand for; nil for anything else.
  package static func pair(_ digits: ArraySlice<UInt8>) -> UInt8? {
    guard digits.count == 2, let high = value(digits[digits.startIndex]),
      let low = value(digits[digits.startIndex + 1])
    else { return nil }
    return high << 4 | low
  }
}
