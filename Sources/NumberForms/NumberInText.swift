// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// The one whole number in a text of words, as people and telephone systems label callers.
///
///     Dupont 0199003161, 0199003161 (Dupont)      0199003161, "Dupont"
///     Tel.: +33 1 99 00 31 61 (bureau)            +33 1 99 00 31 61
///     14:32 Dupont 0199003161                     0199003161, "Dupont"
///     Call from 192.168.1.50, le 05/12/2021 14:30, C0199003161, two numbers      none
///
/// A whole number begins with a plus or a zero, or has as many digits as one with its area code. What is part of
/// a word, an address of the Internet or a date is none.
struct NumberInText {
  /// The number in the characters of ``DialCharacters``.
  let digits: String
  /// What stands before and behind it, without the marks that set it off; what shows a letter alone.
  let names: [Bytes]

  /// Nil when there is none, or more than one.
  init?(_ bytes: Bytes) {
    let scalars = Array((CallTime(bytes)?.rest ?? bytes).text.unicodeScalars)
    // What was damaged on its way, or carries something, is shown as it is.
    guard
      !scalars.contains(where: {
        $0.value == 0xFFFD || ($0 != "\t" && $0.properties.generalCategory == .control)
      })
    else { return nil }
    var found: Range<Int>?
    var index = 0
    while let start = scalars[index...].firstIndex(where: { Self.key($0) != nil }) {
      index = Self.end(from: start, in: scalars)
      guard Self.digitCount(scalars[start..<index]) > Self.mostOfAnother else { continue }
      guard found == nil else { return nil }
      found = start..<index
    }
    found = found.map { Self.withoutLabel($0, in: scalars) }
    guard let found, !Self.isLetter(at: found.lowerBound - 1, in: scalars),
      !Self.isLetter(at: found.upperBound, in: scalars)
    else { return nil }
    let text = String(String.UnicodeScalarView(scalars[found]))
    guard let cleaned = DialCharacters.cleaned(Array(text.utf8)[...]), Self.isWhole(cleaned)
    else { return nil }
    // An extension behind it is left out, a German direct number is part of it.
    let tail = String(String.UnicodeScalarView(scalars[found.lowerBound...]))
    var whole = Array((DialCharacters.cleaned(Array(tail.utf8)[...]) ?? cleaned).utf8)
    while let last = whole.last, !last.isDigit { whole.removeLast() }
    digits = whole[...].text
    let before = String(String.UnicodeScalarView(scalars[..<found.lowerBound]))
    let after = String(String.UnicodeScalarView(scalars[found.upperBound...]))
    names = [before, after].map { name in
      Array(name.utf8)[...].trimmed { $0.isBlank || "()[]<>{}:;,-/|.=^~\"'".utf8.contains($0) }
    }
    .filter { $0.contains { $0.isLetter || $0 > 0x7F } && !Self.isKey($0) }
  }

  /// Whether it is the rest of an address, or a program called something so: `@pbx`, `caller_number`, `href="tel`.
  private static func isKey(_ name: Bytes) -> Bool {
    name.first == UInt8(ascii: "@") || name.contains { "={}\"".utf8.contains($0) }
      || (name.contains(UInt8(ascii: "_"))
        && name.allSatisfy { $0.isLetter || $0 == UInt8(ascii: "_") })
  }

  /// Without the first digits, if a number stands behind them, and these hang on a word that names a line or a queue, or
  /// are too many with it: `Q1-0199003161`, `SDA3388 +33 1 99 00 31 61`, `Pharmacie 24/24 0199003161`.
  private static func withoutLabel(_ range: Range<Int>, in scalars: [Unicode.Scalar]) -> Range<Int>
  {
    let isHanging = isLetter(at: range.lowerBound - 1, in: scalars)
    guard isHanging || digitCount(scalars[range]) > longestPlain else { return range }
    let start = range.dropFirst().first { index in
      let isBegun = "0+".unicodeScalars.contains(scalars[index])
      return isBegun && key(scalars[index - 1]) == nil
        && digitCount(scalars[index..<range.upperBound]) >= shortest
    }
    guard let start, digitCount(scalars[range.lowerBound..<start]) <= mostOfAnother,
      isHanging || !"0+".unicodeScalars.contains(scalars[range.lowerBound])
    else { return range }
    return start..<range.upperBound
  }

  /// The most digits that something else beside the number has: a line, an extension, a year.
  private static let mostOfAnother = 5
  /// The fewest digits of a number with its plus or zero, and of one without.
  private static let shortest = 9
  private static let shortestPlain = 10
  private static let longest = 16
  private static let longestPlain = 11

  private static func isWhole(_ text: String) -> Bool {
    let bytes = Array(text.utf8)[...].trimmed
    let digits = bytes.filter { $0.isDigit }
    let isMarked = bytes.first == UInt8(ascii: "+") || digits.first == UInt8(ascii: "0")
    guard digits.count >= (isMarked ? shortest : shortestPlain),
      digits.count <= (isMarked ? longest : longestPlain),
      !digits.starts(with: "000".utf8)
    else { return false }
    return !InternetAddress.isIPv4(bytes) && !CallTime.hasDate(bytes)
  }

  /// Where the digits and separators from `start` end; a plus begins another.
  private static func end(from start: Int, in scalars: [Unicode.Scalar]) -> Int {
    let rest = scalars[(start + 1)...].prefix {
      DialCharacters.digit($0) != nil || isSeparator($0)
    }
    return (rest.lastIndex { DialCharacters.digit($0) != nil } ?? start) + 1
  }

  private static func key(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar == "+" { return UInt8(ascii: "+") }
    return DialCharacters.digit(scalar)
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", ".", "-", "(", ")", "/", "\u{A0}", "\u{2000}"..."\u{2015}", "\u{202F}", "\u{2212}":
      true
    default: PlainText.isMark(scalar)
    }
  }

  private static func digitCount(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
    scalars.count { DialCharacters.digit($0) != nil }
  }

  private static func isLetter(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    scalars.indices.contains(index)
      && (scalars[index].properties.isAlphabetic || "_#*".unicodeScalars.contains(scalars[index]))
  }
}
