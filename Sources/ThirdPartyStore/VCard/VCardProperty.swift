/// One property of a vCard: `item1.TEL;TYPE=cell,voice:06 39 98 00 11`.
struct VCardProperty {
  /// In capitals, without its group: `TEL`.
  var name: String
  /// The values of the parameters, in capitals, whatever the parameters are called: `CELL`, `VOICE`.
  /// vCard 2.1 writes them without a name, and what they are called matters to nobody here.
  var parameters: Set<String> = []
  /// Whether the bytes are quoted-printable (vCard 2.1): a line may then end in the middle of the value.
  var isQuotedPrintable: Bool { parameters.contains("QUOTED-PRINTABLE") }
  /// The value, still escaped.
  var value: String

  /// The property on an unfolded line, nil when it is none.
  init?(_ line: [UInt8]) {
    guard let colon = Self.colon(in: line) else { return nil }
    let parts = Self.parameters(of: Self.text(line[..<colon]))
    let name = parts[0].split(separator: ".").last ?? ""
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    self.name = name.uppercased()
    for part in parts.dropFirst() {
      let values = part.split(separator: "=", maxSplits: 1).last ?? ""
      // A list may stand in quotation marks as a whole: `TYPE="cell,voice"`.
      for value in values.split(separator: ",") {
        parameters.insert(value.filter { $0 != "\"" }.uppercased())
      }
    }
    let bytes = line[(colon + 1)...]
    value = ""
    value = Self.text(isQuotedPrintable ? Self.unquoted(bytes)[...] : bytes, parameters)
  }

  /// Whether it is the first or the last line of a card.
  func isMark(_ name: String) -> Bool {
    self.name == name && value.trimmed.uppercased() == "VCARD"
  }

  /// The value as one text: `\n`, `\,`, `\;` and `\\` stand for what they mean (RFC 6350, 3.4).
  var text: String { Self.unescaped(value) }

  /// The parts of a value that has several: `Dupont;Marie;;;`.
  var components: [String] { Self.split(value, at: ";").map { Self.unescaped($0) } }

  /// The colon before the value: not one inside a quoted parameter.
  private static func colon(in line: [UInt8]) -> Int? {
    var isQuoted = false
    for (index, byte) in line.enumerated() {
      if byte == Ascii.quote { isQuoted.toggle() }
      if byte == UInt8(ascii: ":") && !isQuoted { return index }
    }
    return line.firstIndex(of: UInt8(ascii: ":"))
  }

  /// UTF-8, or where the bytes are not, the code page that the old programs mean.
  private static func text(_ bytes: ArraySlice<UInt8>, _ parameters: Set<String> = []) -> String {
    let isLatin = parameters.contains("ISO-8859-1") || parameters.contains("WINDOWS-1252")
    let utf8 = isLatin ? nil : String(validating: bytes, as: UTF8.self)
    return (utf8 ?? Windows1252.decode(bytes)).storable
  }

  /// Quoted-printable, decoded (RFC 2045, 6.7).
  private static func unquoted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      // Both must be digits: a number's own parser also takes a sign, `=+A`.
      if byte == UInt8(ascii: "="), digits.count == 2, digits.allSatisfy(Self.isHexDigit),
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        result.append(code)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF)
  }

  /// Cuts where a semicolon stands outside of quotation marks (RFC 6350, 3.3), which know no escapes.
  private static func parameters(of head: String) -> [String] {
    var isQuoted = false
    return head.unicodeScalars.split(omittingEmptySubsequences: false) { scalar in
      if scalar == "\"" { isQuoted.toggle() }
      return scalar == ";" && !isQuoted
    }
    .map { String($0) }
  }

  /// Cuts a value where the mark stands unescaped. By scalars: a mark that something combines with is still
  /// a mark.
  private static func split(_ text: String, at mark: Unicode.Scalar) -> [String] {
    var isEscaped = false
    return text.unicodeScalars.split(omittingEmptySubsequences: false) { scalar in
      defer { isEscaped = scalar == "\\" && !isEscaped }
      return scalar == mark && !isEscaped
    }
    .map { String($0) }
  }

  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return text.unified }
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        result.append(scalar == "n" || scalar == "N" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.append(scalar)
      }
    }
    return String(result).unified
  }
}
