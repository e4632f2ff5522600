/// Reads the fields of a block one by one, and keeps everything that is wrong with them.
struct CTIFieldCheck {
  private let fields: CTIFields
  private var problems: [CTIBlockError.Problem] = []

  /// A check of these fields.
  init(_ fields: CTIFields) { self.fields = fields }

  /// Throws what was found.
  func finish() throws(CTIBlockError) {
    if !problems.isEmpty { throw CTIBlockError(problems: problems) }
  }

  /// `1`, or `0` and empty.
  mutating func flag(_ field: CTIField) -> Bool {
    let text = fields[field]
    if !["", "0", "1"].contains(text) { note(field, "\"\(text)\" is neither 0 nor 1") }
    return text == "1"
  }

  /// One of some words, in any case; nil when it is empty.
  mutating func word(_ field: CTIField, among words: [String]) -> String? {
    let text = fields[field]
    if text.isEmpty { return nil }
    let word = words.first { $0.lowercased() == text.lowercased() }
    if word == nil {
      note(field, "\"\(text)\" is not known: write \(words.joined(separator: ", ")) or nothing")
    }
    return word
  }

  /// A text on one line.
  mutating func line(_ field: CTIField) -> String {
    let text = fields[field]
    if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      note(field, "it has more than one line: write it on one")
    }
    return text
  }

  /// A text with variables.
  mutating func template(_ field: CTIField) -> CTITemplate {
    let template = CTITemplate(fields[field])
    for name in template.unknown {
      note(field, "\(name) is no variable: there are $ident$, $telorg$ and $teldest$")
    }
    return template
  }

  /// The address of a server.
  mutating func address(_ field: CTIField, isNeeded: Bool) -> CTITemplate {
    let text = line(field)
    if text.isEmpty {
      if isNeeded { note(field, "it is empty: write the address of the CTI server") }
    } else if !Self.isAddress(text) {
      note(field, "\"\(text)\" is no address: begin it with http:// or https:// and a host")
    }
    return template(field)
  }

  /// The headers.
  mutating func headers(_ field: CTIField) -> [CTIHeader] {
    var faults: [String] = []
    let list = CTIHeader.list(fields[field]) { faults.append($0) }
    for fault in faults { note(field, fault) }
    return list
  }

  /// The places of number and event in the answer.
  mutating func answer(isNeeded: Bool) -> CTIAnswerForm? {
    let type = word(.answerType, among: ["json", "xml"])
    switch type {
    case "json":
      let number = jsonPath(.jsonNumber, isNeeded: isNeeded)
      let event = jsonPath(.jsonEvent, isNeeded: false)
      return number.map { .json(number: $0, event: event) }
    case "xml":
      let number = xmlPlace(
        .xmlNumber, .xmlNumberInAttribute, .xmlNumberAttribute, isNeeded: isNeeded)
      let event = xmlPlace(.xmlEvent, .xmlEventInAttribute, .xmlEventAttribute, isNeeded: false)
      return number.map { .xml(number: $0, event: event) }
    default:
      if isNeeded, fields[.answerType].isEmpty {
        note(.answerType, "it is empty: write json or xml")
      }
      return nil
    }
  }

  private mutating func jsonPath(_ field: CTIField, isNeeded: Bool) -> JSONPath? {
    let text = fields[field]
    guard !text.isEmpty else {
      if isNeeded {
        note(field, "it is empty: write where the number is, such as tel or call.from")
      }
      return nil
    }
    guard let path = JSONPath(text) else {
      note(field, "\"\(text)\" is no path: write one such as tel, call.from or calls[1].tel")
      return nil
    }
    return path
  }

  private mutating func xmlPlace(
    _ field: CTIField, _ inAttribute: CTIField, _ attribute: CTIField, isNeeded: Bool
  ) -> XMLPlace? {
    let isInAttribute = flag(inAttribute)
    let text = fields[field]
    guard !text.isEmpty else {
      if isNeeded { note(field, "it is empty: write the element that holds the number") }
      return nil
    }
    if isInAttribute, fields[attribute].isEmpty {
      note(attribute, "it is empty, but \(inAttribute.rawValue) is 1: write the attribute's name")
    }
    guard let place = XMLPlace(path: text, attribute: isInAttribute ? fields[attribute] : nil)
    else {
      note(field, "\"\(text)\" is no path: write an element such as tel or call/tel")
      return nil
    }
    return place
  }

  private static func isAddress(_ text: String) -> Bool {
    guard let scheme = text.firstRange(of: "://"),
      ["http", "https"].contains(text[..<scheme.lowerBound].lowercased())
    else { return false }
    let authority = text[scheme.upperBound...].prefix { !"/?#".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    return !host.isEmpty && !host.hasPrefix(":") && !host.contains(where: \.isWhitespace)
  }

  private mutating func note(_ field: CTIField, _ sentence: String) {
    problems.append(.init(field, sentence, line: fields.lines[field] ?? fields.line))
  }
}
