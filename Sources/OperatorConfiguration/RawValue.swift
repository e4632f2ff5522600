import RecordOpener
import TOMLKit
import TextForms

/// A value before it is checked: what a file holds, or what was written as text.
enum RawValue: Equatable {
  case text(String)
  case flag(Bool)
  case number(Int)
  case list([RawValue])
  case table([String: RawValue])
  /// Anything else, by what it is called in a sentence.
  case other(String)

  /// A value of a TOML document.
  init(_ value: any TOMLValueConvertible) {
    switch value.type {
    case .string: self = .text(value.string ?? "")
    case .bool: self = .flag(value.bool ?? false)
    case .int: self = .number(value.int ?? 0)
    case .array: self = .list(value.array?.map { RawValue($0) } ?? [])
    case .table:
      self = .table(
        (value.table ?? TOMLTable()).reduce(into: [:]) { $0[$1.0] = RawValue($1.1) })
    case .double: self = .other("a number with a point")
    case .date, .time, .dateTime: self = .other("a date or time")
    }
  }

  /// What was said on the command line or chosen on the screen, read as the kind of value that is
  /// wanted.
  init(_ text: String, for kind: ValueKind) {
    switch kind {
    case .flag where text == "true" || text == "false": self = .flag(text == "true")
    case .number: self = Int(text).map { .number($0) } ?? .text(text)
    case .list, .choices, .command, .numberCommand, .keys, .labels, .columns, .words, .open,
      .openings:
      // As a file writes it; no other kind has values that begin so.
      let isWritten = text.hasPrefix("[") || text.hasPrefix("{")
      let table = isWritten ? try? TOMLTable(string: TOMLText.harmless("x=" + text)) : nil
      self = table?["x"].map { RawValue($0) } ?? .text(text)
    default: self = .text(text)
    }
  }

  /// The value in a sentence: `"text"`, `25`, `a list`.
  var described: String {
    switch self {
    case .text(let text): "\"\(text.brief)\""
    case .flag(let flag): "\(flag)"
    case .number(let number): "\(number)"
    case .list: "a list"
    case .table: "a table"
    case .other(let name): name
    }
  }
}
