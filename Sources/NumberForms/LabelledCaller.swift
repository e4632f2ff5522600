/// The caller among names and their values, as modems and some programs write them.
///
///     DATE = 1129  TIME = 1432  NMBR = 0199003161  NAME = DUPONT SA
///     number=0199003161&name=Dupont
///     NMBR=P
struct LabelledCaller {
  private(set) var number: Bytes
  private(set) var name: Bytes?

  /// Nil when the text does not begin with a name and its value, or has none that says a number.
  init?(_ bytes: Bytes) {
    var number: Bytes?
    var rest = bytes.trimmed
    while let (key, value) = Self.opened(rest) {
      let end = Self.end(of: value)
      let text = Self.bare(value[..<end]).unquoted
      if Self.isNumber(key), number == nil { number = text }
      if Self.isName(key), !text.isEmpty { name = text }
      rest = value[end...]
    }
    guard let number, rest.isEmpty else { return nil }
    self.number = number
  }

  private static func isNumber(_ key: Bytes) -> Bool {
    key.spells("nmbr") || key.spells("number") || key.spells("num") || key.spells("numero")
      || key.spells("nummer") || key.spells("tel") || key.spells("phone")
      || key.spells("telephone") || key.spells("caller") || key.spells("callerid")
      || key.spells("cid") || key.spells("cli") || key.spells("clid") || key.spells("ani")
      || key.spells("from") || key.spells("callernumber") || key.spells("caller_id")
      || key.spells("phonenumber") || key.spells("phone_number")
  }

  private static func isName(_ key: Bytes) -> Bool {
    key.spells("name") || key.spells("nom") || key.spells("callername") || key.spells("cidname")
      || key.spells("caller_name")
  }

  /// The name that the text begins with, and all behind its mark.
  private static func opened(_ bytes: Bytes) -> (key: Bytes, value: Bytes)? {
    let text = bytes.drop { isSeparator($0) }
    let key = text.prefix { $0.isLetter || $0 == UInt8(ascii: "_") }
    let mark = text[key.endIndex...].drop { $0.isBlank }
    guard key.count > 1, mark.first == UInt8(ascii: "=") else { return nil }
    return (key, mark.dropFirst())
  }

  /// Where the next name begins, or the text ends.
  private static func end(of value: Bytes) -> Int {
    var index = value.startIndex
    while index < value.endIndex {
      if isSeparator(value[index]), opened(value[index...]) != nil { return index }
      index += 1
    }
    return value.endIndex
  }

  private static func bare(_ value: Bytes) -> Bytes {
    var value = value.trimmed
    while let last = value.last, isSeparator(last) { value.removeLast() }
    return value
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte.isBlank || "&;,".utf8.contains(byte)
  }
}
