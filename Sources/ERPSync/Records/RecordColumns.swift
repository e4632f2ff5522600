import ThirdPartyStore

/// What columns are made of out of the fields of a record, as templates: `id = "C{No}"`, `kind = "customer"`.
///
/// Where all fields of a template are empty, the column is.
struct RecordColumns: Hashable, Sendable {
  private enum Part: Hashable {
    case text(String)
    case field(String)
  }

  private var templates: [String: [Part]] = [:]

  /// The names of the columns; empty: the fields bear those of the columns themselves.
  var names: [String] { templates.keys.sorted() }
  /// The names of the fields that are needed.
  var fields: [String] {
    Set(
      templates.values.joined().compactMap { part in
        if case .field(let name) = part { name } else { nil }
      }
    ).sorted()
  }

  /// The columns that an exception number may have.
  static let ofExceptions = ["number", "collaborator", "comment"]

  /// Gives a column a template; throws when there is no such column, or a brace is left open.
  mutating func name(
    _ column: String, _ template: String, _ file: String,
    known: [String] = ERPColumn.allCases.map(\.rawValue)
  ) throws(ERPError) {
    guard known.contains(column) else {
      throw ERPError(
        .badProfile,
        "\(file): there is no column \"\(ODBC.line(column.utf8))\": there are "
          + known.joined(separator: ", "))
    }
    guard let parts = Self.parts(template) else {
      throw ERPError(
        .badProfile,
        "\(file): the column \(column) must be text with fields in braces, such as \"C{No}\"")
    }
    templates[column] = parts
  }

  private static func parts(_ template: String) -> [Part]? {
    var parts: [Part] = []
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else { return nil }
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      let name = rest[rest.index(after: open)..<close]
      guard !name.isEmpty else { return nil }
      parts.append(.field(String(name)))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return parts.isEmpty ? nil : parts
  }

  /// The value of a column, for the fields of a record; nil when there is none.
  func value(of column: String, _ field: (String) -> String?) -> String? {
    guard let parts = templates[column] else {
      return names.isEmpty ? Self.checked(field(column), column) : nil
    }
    var (text, isSaid, hasFields) = ("", false, false)
    for part in parts {
      switch part {
      case .text(let words): text += words
      case .field(let name):
        hasFields = true
        guard let value = field(name)?.trimmed, !value.isEmpty else { continue }
        isSaid = true
        text += value
      }
    }
    return isSaid || !hasFields ? Self.checked(text, column) : nil
  }

  private static func checked(_ text: String?, _ column: String) -> String? {
    guard let text else { return nil }
    if column == ERPColumn.changed.rawValue { return ZonedTime.inUTC(text) ?? text }
    return text.utf8.count > ODBCRows.longestValue
      ? String(decoding: text.utf8.prefix(ODBCRows.longestValue), as: UTF8.self) : text
  }
}
