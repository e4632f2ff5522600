import RecordOpener
import TextForms

/// What a value must be, and the sentence when it is not.
enum ValueKind: Equatable {
  /// One line; a whole number is taken as its digits.
  case text
  /// The same without blanks, such as a station: nothing tells of one whose name has some.
  case word
  case flag
  case number(ClosedRange<Int>)
  case choice([String])
  /// ISO 3166-1 alpha-2, in either case.
  case region
  /// What is dialled to get a line: digits, `*`, `#`.
  case prefix
  case open
  /// A table that says so for calls to numbers, lines or names.
  case openings
  /// An `http` or `https` URL, or nothing.
  case address
  /// An absolute path, one below the home folder, or nothing.
  case path
  case keys
  /// A list of lines.
  case list
  /// A table that gives numbers a name each.
  case labels
  /// A table that gives columns of an ERP a text each.
  case columns
  /// A list of some of these words.
  case choices([String])
  /// A program and its arguments, in which these have a value; empty: none.
  case command(Set<Placeholder>)
  /// A text of any length and any number of lines.
  case longText
  /// A program and its arguments, with placeholders of a number; empty: none.
  case numberCommand
  /// A URL with placeholders of a number.
  case numberURL
  /// A table that gives each word of somebody else's one of these.
  case words([String])

  /// The value that says nothing, which is what most options are where nobody writes one.
  var nothing: SettingValue {
    switch self {
    case .text, .word, .longText, .choice, .region, .prefix, .address, .path, .numberURL: .text("")
    case .flag: .flag(false)
    case .number(let range): .number(range.lowerBound)
    case .list, .choices, .command, .numberCommand: .list([])
    case .words, .labels, .columns: .words([:])
    case .open: .open(.card)
    case .openings: .openings([:])
    case .keys: .keys([])
    }
  }

  /// Why a value is refused: the end of a sentence that begins with the key.
  struct Refusal: Error { let reason: String }

  /// Checks a value of the option `key`.
  func check(_ raw: RawValue) throws(Refusal) -> SettingValue {
    switch (self, raw) {
    case (.text, .text(let text)) where Self.isLine(text) && text.unicodeScalars.count <= 64:
      return .text(text)
    case (.word, .text(let text))
    where Self.isLine(text) && !text.contains(where: \.isWhitespace)
      && text.unicodeScalars.count <= 64:
      return .text(text)
    case (.text, .number(let number)) where number >= 0,
      (.word, .number(let number)) where number >= 0:
      return .text(String(number))
    case (.flag, .flag(let flag)):
      return .flag(flag)
    case (.number(let range), .number(let number)) where range.contains(number):
      return .number(number)
    case (.choice(let words), .text(let word)) where words.contains(word):
      return .text(word)
    case (.region, .text(let code)) where RegionCodes.all.contains(code.uppercased()):
      return .text(code.uppercased())
    case (.prefix, .number(let number)) where (0...99_999_999).contains(number):
      return .text(String(number))
    case (.prefix, .text(let text))
    where text.utf8.count <= 8 && text.utf8.allSatisfy("0123456789*#".utf8.contains):
      return .text(text)
    case (.address, .text(let text)) where text.isEmpty || Self.isAddress(text):
      return .text(text)
    case (.path, .text(let text))
    where text.isEmpty || Self.isLine(text) && (text.hasPrefix("/") || text.hasPrefix("~/")):
      return .text(text)
    case (.open, _):
      return try Self.opening(raw)
    case (.openings, .table(let table)):
      return .openings(try Self.openings(table))
    case (.keys, .list(let names)):
      return .keys(try Self.keys(names))
    case (.list, .list(let values)):
      return .list(try Self.lines(values))
    case (.labels, .table(let table)):
      return .words(try Self.labels(table))
    case (.columns, .table(let table)):
      return .words(try Self.columns(table))
    case (.choices(let words), .list(let values)):
      return .list(try Self.choices(values, words))
    case (.command(let placeholders), .list(let values)):
      return .list(values.isEmpty ? [] : try Self.command(values, placeholders))
    case (.longText, .text(let text)):
      return .text(text)
    case (.numberCommand, .list(let values)):
      return .list(values.isEmpty ? [] : try Self.numberCommand(values))
    case (.numberURL, .text(let text)):
      return .text(try Self.numberURL(text))
    case (.words(let meanings), .table(let table)):
      return .words(try Self.words(table, meanings))
    default:
      throw Refusal(reason: "must be \(wanted), not \(raw.described)")
    }
  }

  /// The kind of value in words: `a whole number from 0 to 20`.
  private var wanted: String {
    switch self {
    case .text: "one line of at most 64 characters in quotes"
    case .word: "one word of at most 64 characters in quotes"
    case .flag: "true or false"
    case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let words): "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
    case .region: "the ISO 3166 code of a country in quotes, such as \"FR\""
    case .prefix: "at most 8 digits, * or # in quotes"
    case .open: "\"card\", \"erp\", a URL with placeholders, or a list [\"program\", \"argument\"]"
    case .openings: "a table, such as { \"0199004500\" = \"https://erp.example/{code}\" }"
    case .address: "a URL that begins with http:// or https://"
    case .path: "an absolute path, or one that begins with ~/"
    case .keys: "a list of keys, such as [\"trigger\", \"popup\"]"
    case .list: "a list of lines in quotes, such as [\"one\", \"two\"]"
    case .labels: "a table of names, such as { \"0199004500\" = \"Support\" }"
    case .columns: "a table of columns, such as { \"phone\" = \"TEL2\" }"
    case .choices(let words):
      "a list of some of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
    case .command: "a list [\"program\", \"argument\"]"
    case .longText: "a text in quotes"
    case .numberCommand: "a list [\"program\", \"{number}\"]"
    case .numberURL: "a URL with {number} or {e164}"
    case .words(let meanings):
      "a table of words, such as { \"word\" = \"\(meanings[0])\" }"
    }
  }

  private static func opening(_ raw: RawValue) throws(Refusal) -> SettingValue {
    if raw == .text("erp") { return .text("erp") }
    let target = try target(raw)
    try check(target.placeholders, in: Placeholder.ofRecords)
    return .open(target)
  }

  private static func openings(
    _ table: [String: RawValue]
  ) throws(Refusal) -> [String: SettingValue] {
    var openings: [String: SettingValue] = [:]
    for (number, raw) in table.sorted(by: { $0.key < $1.key }) {
      do {
        openings[number] = try opening(raw)
      } catch {
        throw Refusal(reason: "for \"\(number.brief)\" \(error.reason)")
      }
    }
    return openings
  }

  private static func target(_ raw: RawValue) throws(Refusal) -> OpenTarget {
    do {
      switch raw {
      case .text("card"):
        return .card
      case .text(let text) where text.contains(":"):
        return .url(try URLTemplate(text))
      case .list(let values):
        let words: [String] = values.compactMap {
          if case .text(let word) = $0 { word } else { nil }
        }
        if words.count == values.count { return .command(try CommandTemplate(words)) }
      default:
        break
      }
    } catch {
      throw Refusal(reason: "makes no sense: \(error.sentence)")
    }
    throw Refusal(reason: "must be \(Self.open.wanted), not \(raw.described)")
  }

  private static func numberCommand(_ values: [RawValue]) throws(Refusal) -> [String] {
    guard case .command(let command) = try target(.list(values)) else {
      preconditionFailure("a list is no target but a command")
    }
    try checkNumber(command.placeholders)
    return command.words
  }

  private static func command(
    _ values: [RawValue], _ known: Set<Placeholder>
  ) throws(Refusal) -> [String] {
    guard case .command(let command) = try target(.list(values)) else {
      preconditionFailure("a list is no target but a command")
    }
    try check(command.placeholders, in: known)
    return command.words
  }

  private static func check(
    _ placeholders: Set<Placeholder>, in known: Set<Placeholder>
  ) throws(Refusal) {
    let cases = Placeholder.allCases
    guard let stray = cases.first(where: { placeholders.contains($0) && !known.contains($0) })
    else { return }
    let names = cases.filter(known.contains).map(\.description).joined(separator: " ")
    throw Refusal(reason: "has \(stray), which has no value here: there are \(names)")
  }

  private static func labels(
    _ table: [String: RawValue]
  ) throws(Refusal) -> [String: String] {
    var labels: [String: String] = [:]
    for (number, value) in table.sorted(by: { $0.key < $1.key }) {
      guard case .text(let name) = try Self.text.check(value), !name.isEmpty else {
        throw Refusal(reason: "gives \"\(number.brief)\" no name")
      }
      labels[number] = name
    }
    return labels
  }

  private static func columns(
    _ table: [String: RawValue]
  ) throws(Refusal) -> [String: String] {
    var columns: [String: String] = [:]
    for (name, value) in table.sorted(by: { $0.key < $1.key }) {
      guard case .text(let text) = value, isLine(text), !text.isEmpty else {
        throw Refusal(reason: "gives \"\(name.brief)\" no column")
      }
      columns[name] = text
    }
    return columns
  }

  private static func choices(
    _ values: [RawValue], _ words: [String]
  ) throws(Refusal) -> [String] {
    try values.map { value throws(Refusal) in
      guard case .text(let word) = value, words.contains(word) else {
        throw Refusal(
          reason:
            "must be \(Self.choices(words).wanted), and \(value.described) is none of them")
      }
      return word
    }
  }

  private static func numberURL(_ text: String) throws(Refusal) -> String {
    let template: URLTemplate
    do {
      template = try URLTemplate(text)
    } catch {
      throw Refusal(reason: "makes no sense: \(error.sentence)")
    }
    try checkNumber(template.placeholders)
    return text
  }

  /// A number that is dialled has no third party, and dialling without the number makes no sense.
  private static func checkNumber(_ placeholders: Set<Placeholder>) throws(Refusal) {
    if let stray = Placeholder.allCases.first(where: {
      placeholders.contains($0) && !Placeholder.ofNumbers.contains($0)
    }) {
      throw Refusal(
        reason:
          "has \(stray), of which a number knows nothing: there are {number}, {e164}, {station}")
    }
    guard placeholders.contains(.number) || placeholders.contains(.e164) else {
      throw Refusal(reason: "would call the same number always: write {number} or {e164} in it")
    }
  }

  private static func keys(_ values: [RawValue]) throws(Refusal) -> Set<Key> {
    var keys: Set<Key> = []
    for value in values {
      guard case .text(let name) = value else {
        throw Refusal(
          reason: "must be \(Self.keys.wanted), not a list with \(value.described) in it")
      }
      guard let key = Key(rawValue: name) else {
        throw Refusal(reason: "names an " + unknownKey(name))
      }
      guard key != .fixed else { throw Refusal(reason: "names itself, which means nothing") }
      keys.insert(key)
    }
    return keys
  }

  private static func lines(_ values: [RawValue]) throws(Refusal) -> [String] {
    try values.map { value throws(Refusal) in
      guard case .text(let text) = value, isLine(text) else {
        throw Refusal(
          reason: "must be \(Self.list.wanted), not a list with \(value.described) in it")
      }
      return text
    }
  }

  private static func words(
    _ table: [String: RawValue], _ meanings: [String]
  ) throws(Refusal) -> [String: String] {
    var words: [String: String] = [:]
    for (word, value) in table.sorted(by: { $0.key < $1.key }) {
      guard case .text(let meaning) = value, meanings.contains(meaning) else {
        let wanted = meanings.map { "\"\($0)\"" }.joined(separator: ", ")
        throw Refusal(
          reason: "gives \"\(word.brief)\" \(value.described), which is none of \(wanted)")
      }
      words[word] = meaning
    }
    return words
  }

  private static func isLine(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      ![.control, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
    return ["http://", "https://"].contains { scheme in
      text.lowercased().hasPrefix(scheme)
        && !text.dropFirst(scheme.count).prefix { !"/?#:".contains($0) }.isEmpty
    }
  }
}
