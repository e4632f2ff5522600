/// The caller among names and their values, as modems, programs and SIP's headers write them.
///
///     DATE = 1129  TIME = 1432  NMBR = 0199003161  NAME = DUPONT SA
///     number=0199003161&name=Dupont     {"caller": "0199003161"}     {'NMBR': '0199003161'}     /C:0199003161
///     From: "Dupont" <sip:0199003161@pbx>;tag=x
///     CID: *DATE*11292026*TIME*1432*NMBR*0199003161*NAME*DUPONT SA*     NCID
///     @CALLDUPONT SA~0199003161                                             YAC
///     +CLIP: "0199003161",129,"",,"Dupont",0                            3GPP TS 27.007, 7.11
struct LabelledCaller {
  private(set) var number: Bytes = []
  private(set) var name: Bytes?

  /// Nil when the text does not begin with a name and its value, or has none that says a number.
  init?(_ bytes: Bytes) {
    guard
      readModem(bytes.trimmed) || readNCID(bytes) || readPairs(bytes.trimmed)
        || readYAC(bytes.trimmed)
    else { return nil }
  }

  // MARK: - Names and values

  private mutating func readPairs(_ bytes: Bytes) -> Bool {
    var isFound = false
    var rest = bytes
    while let (key, value) = Self.opened(rest) {
      let end = Self.end(of: value)
      let text = Self.bare(value[..<end]).unquoted
      if FieldName.isNumber(key) {
        isFound = true
        // `caller=Dupont&number=0199003161`.
        if !number.contains(where: { $0.isDigit }),
          number.isEmpty || text.contains(where: { $0.isDigit })
        {
          (number, name) = (text, number.isEmpty ? name : number)
        }
      }
      if FieldName.isName(key), !text.isEmpty { name = text }
      rest = value[end...]
    }
    return isFound && rest.allSatisfy { Self.isSeparator($0) }
  }

  /// The name that the text begins with, and all behind its mark; a colon is one only before a blank or a quote:
  /// others are in addresses.
  private static func opened(_ bytes: Bytes) -> (key: Bytes, value: Bytes)? {
    let text = bytes.drop { isSeparator($0) }
    let key = text.prefix { $0.isLetter || "_-()".utf8.contains($0) }
    let isQuoted = bytes[..<text.startIndex].last.map(isQuote) ?? false
    let mark = text[key.endIndex...].drop { $0.isBlank || (isQuoted && isQuote($0)) }
    guard let sign = mark.first, key.first?.isLetter == true else { return nil }
    let value = mark.dropFirst()
    let isColon =
      sign == UInt8(ascii: ":")
      && (isQuoted || value.first.map { $0.isBlank || isQuote($0) } == true)
    guard sign == UInt8(ascii: "=") && key.count > 1 || isColon else { return nil }
    return (key, value)
  }

  /// Where the next name begins, or the text ends.
  private static func end(of value: Bytes) -> Int {
    var index = value.startIndex
    while index < value.endIndex {
      // A quote there ends the value.
      if isSeparator(value[index]), !isQuote(value[index]), opened(value[index...]) != nil {
        return index
      }
      index += 1
    }
    return value.endIndex
  }

  private static func bare(_ value: Bytes) -> Bytes {
    var value = value.trimmed
    while let last = value.last, !isQuote(last), isSeparator(last) { value.removeLast() }
    return value
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte.isBlank || isQuote(byte) || "&;,{}".utf8.contains(byte)
  }

  private static func isQuote(_ byte: UInt8) -> Bool { "\"'".utf8.contains(byte) }

  // MARK: - Modems

  /// The first text in quotes is the number, the next that says something the name; `RING`, `+CRING: VOICE` may go before.
  private mutating func readModem(_ bytes: Bytes) -> Bool {
    let start = bytes.split { "+^".utf8.contains($0) }.first {
      $0.starts(with: "CLIP:".utf8) || $0.starts(with: "CLCC:".utf8)
    }
    guard var rest = start.map({ bytes[$0.startIndex...] }) else { return false }
    var texts: [Bytes] = []
    while let open = rest.firstIndex(of: .quote),
      let (text, tail) = rest[open...].leadingQuotedString
    {
      texts.append(text)
      rest = tail
    }
    guard let first = texts.first else { return false }
    number = first
    name = texts.dropFirst().first { !$0.isEmpty }
    return true
  }

  // MARK: - NCID

  /// `*NMBR*…*` of NCID's servers and `...NMBR…...` of its gateways.
  private mutating func readNCID(_ bytes: Bytes) -> Bool {
    guard let number = Self.value(of: "nmbr", in: bytes) ?? Self.value(of: "number", in: bytes)
    else { return false }
    self.number = number
    name = Self.value(of: "name", in: bytes)
    return true
  }

  /// `@CALLDUPONT SA~0199003161`.
  private mutating func readYAC(_ bytes: Bytes) -> Bool {
    guard bytes.starts(with: "@CALL".utf8),
      case (let name, let number?) = bytes.dropFirst(5).cut(at: UInt8(ascii: "~"))
    else { return false }
    (self.number, self.name) = (number, name)
    return true
  }

  private static func value(of key: StaticString, in bytes: Bytes) -> Bytes? {
    for index in bytes.indices.dropFirst() where "*.".utf8.contains(bytes[index - 1]) {
      let text = bytes[index...]
      guard text.prefix(key.utf8CodeUnitCount).spells(key) else { continue }
      let value = text.dropFirst(key.utf8CodeUnitCount)
      if bytes[index - 1] == UInt8(ascii: "*") {
        return value.first == UInt8(ascii: "*")
          ? value.dropFirst().prefix { $0 != UInt8(ascii: "*") } : nil
      }
      let end = value.indices.first { index in
        value[index...].starts(with: "...".utf8) || value[index...].starts(with: "+++".utf8)
      }
      return end.map { value[..<$0] }
    }
    return nil
  }
}
