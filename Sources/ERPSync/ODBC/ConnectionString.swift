/// A connection string of ODBC, taken apart: `Driver={PostgreSQL Unicode};Server=erp.example`.
///
/// Names in any case; a value in braces may hold `;`, and `}}` stands for `}` (ODBC, SQLDriverConnect).
struct ConnectionString: Hashable, Sendable {
  private var pairs: [(name: String, value: String)] = []

  /// Takes a text apart, scalar by scalar as a driver does; what is no `name=value` is left out.
  init(_ text: String) {
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let name = rest.prefix { $0 != "=" && $0 != ";" }
      rest = rest[name.endIndex...]
      guard rest.first == "=" else {
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst()
      let value = Self.value(&rest)
      let trimmed = name.drop { $0 == " " || $0 == "\n" }
      if !trimmed.isEmpty { pairs.append((String(trimmed), value)) }
    }
  }

  private static func value(_ rest: inout Substring.UnicodeScalarView) -> String {
    guard rest.first == "{" else {
      let value = rest.prefix { $0 != ";" }
      rest = rest[value.endIndex...].dropFirst()
      return String(value)
    }
    var value = String.UnicodeScalarView()
    rest = rest.dropFirst()
    while let scalar = rest.popFirst() {
      if scalar == "}" {
        guard rest.first == "}" else { break }
        rest = rest.dropFirst()
      }
      value.append(scalar)
    }
    rest = rest.drop { $0 != ";" }.dropFirst()
    return String(value)
  }

  /// The value under one of these names, the first that is there.
  subscript(names: String...) -> String? {
    pairs.first { pair in names.contains { $0.lowercased() == pair.name.lowercased() } }?.value
  }

  /// Sets a value in place of the earlier one.
  mutating func set(_ name: String, _ value: String) {
    pairs.removeAll { $0.name.lowercased() == name.lowercased() }
    pairs.append((name, value))
  }

  /// Sets a value unless the text said something else.
  mutating func add(_ name: String, _ value: String) {
    if self[name] == nil { pairs.append((name, value)) }
  }

  /// The text, as a driver reads it.
  var text: String {
    pairs.map { "\($0.name)=\(Self.quoted($0.value))" }.joined(separator: ";")
  }

  /// Where it leads, without user and password: `PostgreSQL Unicode, erp.example, database erp`.
  var place: String {
    let name = self["DSN"].map { "the data source \($0)" } ?? self["Driver"]
    let server = self["Server", "Servername", "Host"]
    let database = self["Database", "DB"].map { "database \($0)" }
    let parts = [name, server, database].compactMap(\.self)
    return parts.isEmpty ? "the ERP" : parts.joined(separator: ", ")
  }

  private static func quoted(_ value: String) -> String {
    let scalars = value.unicodeScalars
    let isPlain = scalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "-_./:@ ".unicodeScalars.contains($0)
    }
    guard !isPlain || scalars.first == " " || scalars.last == " " else { return value }
    var quoted = "{".unicodeScalars
    for scalar in scalars {
      if scalar == "}" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    quoted.append("}")
    return String(quoted)
  }

  static func == (a: ConnectionString, b: ConnectionString) -> Bool { a.text == b.text }
  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
