internal import FoundationEssentials
import TextForms

/// One property of a vCard: `item1.TEL;TYPE=cell,voice:06 39 98 00 11`.
struct VCardProperty {
  /// What stands before the colon.
  struct Head {
    /// In capitals, without its group: `TEL`.
    let name: String
    /// What precedes the name and joins properties, in small letters: `item1` of `item1.TEL`.
    private(set) var group = ""
    /// The values of the parameters, in capitals, whatever the parameters are called: `CELL`, `VOICE`.
    /// vCard 2.1 writes them without a name, and what most are called matters to nobody here.
    private(set) var parameters: Set<String> = []
    /// Those of them that say what kind it is, where the card says that they do: `TYPE=work`.
    private(set) var types: Set<String> = []
    /// The character set that it names, in capitals.
    private(set) var charset: String?
    /// The country that an address says in a parameter (RFC 8605): `ADR;CC=DE`.
    private(set) var country: String?
    /// Where the value begins.
    fileprivate let value: Int

    /// Whether the bytes are quoted-printable (vCard 2.1): a line may then end in the middle of the value.
    var isQuotedPrintable: Bool { parameters.contains("QUOTED-PRINTABLE") }
    fileprivate var isBase64: Bool { parameters.contains("B") || parameters.contains("BASE64") }

    /// What a name says that some programs have for `TEL`: `PHONE`, `PHONE.WORK`.
    private static func telephone(_ names: [Substring]) -> HeaderWords? {
      let name = names.joined(separator: " ")
      guard name.utf8.count > 4, name.utf8.count < 40, names.last?.uppercased() != "TEL" else {
        return nil
      }
      let capitals = name.uppercased()
      guard capitals.contains("PHONE") || capitals.hasPrefix("TEL"), !capitals.hasPrefix("X-")
      else { return nil }
      let words = HeaderWords(name)
      return words.use != nil && words.isOwn() ? words : nil
    }

    /// The property whose name is several words, as headers of tables have: `First name`.
    private static func spoken(_ name: String) -> String? {
      switch HeaderWords(name).column {
      case .first: VCardReader.given
      case .last: VCardReader.family
      case .name, .display: "FN"
      case .company: "ORG"
      default: nil
      }
    }

    /// What a person wrote beside a number, as Android's programs keep it in 2.1:
    /// `X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,Ma=20femme)`.
    private static func custom(_ parameter: String) -> String? {
      guard parameter.uppercased().hasPrefix("X-CUSTOM("), parameter.hasSuffix(")"),
        let label = parameter.dropLast().split(whereSeparator: { "(,".contains($0) }).last
      else { return nil }
      let isCoded = parameter.uppercased().contains("QUOTED-PRINTABLE")
      let bytes = Array(label.utf8)
      let text = isCoded ? PercentCoding.decode(bytes[...], escape: UInt8(ascii: "=")) : bytes
      return "X-" + String(decoding: text, as: UTF8.self).uppercased()
    }

    /// The head of the property on an unfolded line, nil when there is none.
    init?(_ line: [UInt8]) {
      guard let colon = VCardProperty.colon(in: line) else { return nil }
      let parts = VCardProperty.parameters(of: VCardProperty.text(line[..<colon]))
      let names = parts[0].trimmed.split(separator: ".")
      guard let name = names.last, name.utf8.allSatisfy({ $0 > 0x1F && $0 < 0x7F }) else {
        return nil
      }
      value = colon + 1
      let label = Self.telephone(names)
      let isSpoken = name.utf8.contains(Ascii.blank)
      let own = isSpoken ? Self.spoken(String(name)) : name.uppercased()
      guard let own = label == nil ? own : "TEL" else { return nil }
      self.name = own
      if label == nil, names.count > 1 { group = names[0].lowercased() }
      for word in label?.words ?? [] { parameters.insert(word.uppercased()) }
      if label?.use == .mobile { parameters.insert("CELL") }
      for part in parts.dropFirst() {
        if let label = Self.custom(part) {
          parameters.insert(label)
          continue
        }
        let pair = part.split(separator: "=", maxSplits: 1)
        let values = pair.last ?? ""
        let key = pair.count == 2 ? String(pair[0]).trimmed.uppercased() : ""
        switch key {
        case "CHARSET": charset = values.filter { $0 != "\"" }.trimmed.uppercased()
        case "CC": country = values.filter { $0 != "\"" }
        default: break
        }
        // A list may stand in quotation marks as a whole: `TYPE="cell,voice"`.
        for value in values.split(separator: ",") {
          let value = value.filter { $0 != "\"" }.trimmed.uppercased()
          parameters.insert(value)
          if key == "TYPE" { types.insert(value) }
        }
      }
    }
  }

  private let head: Head
  /// The value, still escaped.
  private(set) var value: String

  /// Whether the file ends with it, and perhaps within it.
  var isCutOff = false

  /// See ``Head``.
  var name: String { head.name }
  var group: String { head.group }
  var parameters: Set<String> { head.parameters }
  var types: Set<String> { head.types }
  var country: String? { head.country }

  /// The property with this head, on an unfolded line.
  /// `page`: the character set that it is in, if it names none and is not in UTF-8.
  init(_ head: Head, _ line: [UInt8], _ page: CodePage? = nil) {
    self.head = head
    value = Self.text(Self.bytes(head, line), charset: head.charset, page)
  }

  /// The bytes of the value on an unfolded line.
  static func bytes(_ head: Head, _ line: [UInt8]) -> ArraySlice<UInt8> {
    decoded(line[min(head.value, line.count)...], head)
  }

  /// The property on an unfolded line, nil when it is none.
  init?(_ line: [UInt8]) {
    guard let head = Head(line) else { return nil }
    self.init(head, line)
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>, _ head: Head) -> ArraySlice<UInt8> {
    if head.isQuotedPrintable { return PercentCoding.decode(bytes, escape: UInt8(ascii: "="))[...] }
    guard head.isBase64 else { return bytes }
    let digits = bytes.filter { $0 > 0x20 && $0 != UInt8(ascii: "=") }
    let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - digits.count % 4) % 4)
    return Data(base64Encoded: Data(digits + padding)).map { ArraySlice($0) } ?? bytes
  }

  /// What stands on a further line that is no property: an export broke the value.
  mutating func goOn(_ line: [UInt8], _ page: CodePage?) {
    value = value.trimmed + " " + Self.text(line[...], page).trimmed
  }

  /// Whether it is the first or the last line of a card.
  func isMark(_ name: String) -> Bool {
    self.name == name && value.trimmed.uppercased() == "VCARD"
  }

  /// Whether a card within the card begins on its line.
  var opensAgent: Bool { name == "AGENT" && value.trimmed.uppercased() == "BEGIN:VCARD" }

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

  /// What the card names, else UTF-8, and where the bytes are not of it the code page that old programs mean.
  private static func text(
    _ bytes: ArraySlice<UInt8>, charset: String? = nil, _ page: CodePage? = nil
  ) -> String {
    if let named = charset.flatMap({ Charset.decode(bytes, named: $0) }) { return named.storable }
    let text = String(validating: bytes, as: UTF8.self)
    let old = { page.map { String(decoding: $0.utf8(bytes), as: UTF8.self) } }
    return (text ?? old() ?? Windows1252.decode(bytes)).storable
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
