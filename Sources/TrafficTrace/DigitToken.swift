import TextForms

/// A piece of a text that is a digit, or stands between groups of digits, or is anything else.
struct DigitToken {
  enum Kind {
    case digit(UInt8)
    /// What people write between the groups of a number.
    case separator
    case other
  }

  /// How a character is written.
  private enum Form {
    case plain
    /// `%D9%A7`.
    case percent
    /// A number of this radix in these bytes: `\u0667`, `&#55;`, `&#x37;`.
    case number(radix: UInt32, Range<Int>)
  }

  let kind: Kind
  /// Where it stands.
  let range: Range<Int>
  private let scalar: UInt32
  private let form: Form

  /// What a digit means; 0 for anything else.
  var value: UInt8 { if case .digit(let value) = kind { value } else { 0 } }

  /// The piece that begins at `index`: `7`, `%37`, `\u0037`, `&#55;`, `&#x37;`, `٧`; ` `, `%20`, `\u00a0`.
  init(in bytes: [UInt8], at index: Int) {
    if let (scalar, form, end) = Self.escape(bytes, index) {
      self.init(scalar, form, index..<end)
    } else {
      let (scalar, length) = TraceText.scalar(in: bytes, at: index)
      self.init(scalar, .plain, index..<(index + length))
    }
  }

  private init(_ scalar: Unicode.Scalar?, _ form: Form, _ range: Range<Int>) {
    self.range = range
    self.form = form
    self.scalar = scalar?.value ?? 0
    if let scalar, scalar.properties.numericType == .decimal,
      let digit = scalar.properties.numericValue.flatMap({ UInt8(exactly: $0) })
    {
      kind = .digit(digit)
    } else {
      kind = scalar.map { Self.separators.contains($0) } == true ? .separator : .other
    }
  }

  /// Puts another digit of the same script and escape in the place; the ten of a script follow each other and have
  /// the same length.
  func write(_ other: UInt8, into bytes: inout [UInt8]) {
    let code = scalar - UInt32(truncatingIfNeeded: value) + UInt32(truncatingIfNeeded: other)
    guard let new = Unicode.Scalar(code) else { return }
    let encoded = Array(String(new).utf8)
    switch form {
    case .plain: bytes.replaceSubrange(range, with: encoded)
    case .percent:
      for (index, byte) in encoded.enumerated() {
        bytes[range.lowerBound + index * 3 + 1] = HexDigit.upper(byte >> 4)
        bytes[range.lowerBound + index * 3 + 2] = HexDigit.upper(byte & 15)
      }
    case .number(let radix, let places):
      var rest = code
      for place in places.reversed() {
        bytes[place] = HexDigit.upper(UInt8(truncatingIfNeeded: rest % radix))
        rest /= radix
      }
    }
  }

  private static let separators: Set<Unicode.Scalar> = [
    " ", ".", "-", "/", "(", ")", "+", "_", "\u{A0}", "\u{2007}", "\u{2009}", "\u{202F}",
    "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}",
  ]

  /// The escaped character that begins at `index`, how it is written, and its end.
  private static func escape(
    _ bytes: [UInt8], _ index: Int
  ) -> (scalar: Unicode.Scalar?, form: Form, end: Int)? {
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch (bytes[index], next) {
    case (UInt8(ascii: "%"), _):
      var decoded: [UInt8] = []
      var end = index
      while decoded.count < 4, end + 2 < bytes.count, bytes[end] == UInt8(ascii: "%"),
        let high = HexDigit.value(bytes[end + 1]), let low = HexDigit.value(bytes[end + 2])
      {
        decoded.append(high << 4 | low)
        end += 3
      }
      guard !decoded.isEmpty else { return nil }
      let (scalar, length) = TraceText.scalar(in: decoded, at: 0)
      return (scalar, .percent, index + 3 * length)
    case (UInt8(ascii: "\\"), UInt8(ascii: "u")):
      return number(bytes, index + 2, 16, longest: 4).map { ($0.scalar, $0.form, $0.end) }
    case (UInt8(ascii: "&"), UInt8(ascii: "#")):
      let isHex = index + 2 < bytes.count && bytes[index + 2] | 0x20 == UInt8(ascii: "x")
      guard let found = number(bytes, index + (isHex ? 3 : 2), isHex ? 16 : 10, longest: 8),
        found.end < bytes.count, bytes[found.end] == UInt8(ascii: ";")
      else { return nil }
      return (found.scalar, found.form, found.end + 1)
    default: return nil
    }
  }

  private static func number(
    _ bytes: [UInt8], _ start: Int, _ radix: UInt32, longest: Int
  ) -> (scalar: Unicode.Scalar?, form: Form, end: Int)? {
    guard start < bytes.count else { return nil }
    let digits = bytes[start...].prefix(longest).prefix {
      HexDigit.value($0).map { $0 < radix } == true
    }
    guard !digits.isEmpty else { return nil }
    let value = digits.reduce(UInt32(0)) { $0 * radix + UInt32(HexDigit.value($1) ?? 0) }
    return (
      Unicode.Scalar(value), .number(radix: radix, start..<digits.endIndex), digits.endIndex
    )
  }
}
