import TOMLKit
import TextForms

/// A profile as TOML, whose keys are taken one after the other; what is left over in the end is unknown.
struct ProfileTable {
  /// For sentences: `odoo.toml`, and `[[odata]]` behind it inside a table.
  private var file: String
  private var values: [String: any TOMLValueConvertible] = [:]
  private var known: [String] = []
  private var missing: [String] = []

  /// Reads the file of this name.
  init(_ bytes: [UInt8], of file: String) throws(ERPError) {
    do {
      let text = String(decoding: bytes, as: UTF8.self)
      self.init(try TOMLTable(string: TOMLText.harmless(text)), of: file)
    } catch let error as TOMLParseError {
      throw ERPError(
        .badProfile, "\(file):\(error.source.begin.line): this is not TOML: \(error.description)")
    } catch {
      throw ERPError(.badProfile, "\(file): this is not TOML: \(error)")
    }
  }

  private init(_ table: TOMLTable, of file: String) {
    self.file = file
    for (key, value) in table { values[key] = value }
  }

  /// Whether the key is there; any type will do.
  func has(_ key: String) -> Bool { values[key] != nil }

  /// A text; empty when it is not there.
  mutating func text(_ key: String, isNeeded: Bool = false) throws(ERPError) -> String {
    try take(key, "a text", isNeeded) { $0.string } ?? ""
  }

  /// A number from 0.
  mutating func number(_ key: String) throws(ERPError) -> Int? {
    try take(key, "a number from 0") { value in value.int.flatMap { $0 >= 0 ? $0 : nil } }
  }

  /// A program and its arguments; empty when it is not there.
  mutating func command(_ key: String, isNeeded: Bool = false) throws(ERPError) -> [String] {
    let words = try take(key, "a list [\"program\", \"argument\"]", isNeeded, Self.words) ?? []
    guard let program = words.first else { return [] }
    guard !program.isEmpty, program.hasPrefix("/") || !program.contains("/"),
      !program.contains("{"), !words.contains(where: { $0.utf8.contains(0) })
    else {
      throw ERPError(
        .badProfile,
        "\(file): the program of \(key) must be a name that is looked for in PATH, or an absolute path"
      )
    }
    return words
  }

  private static func words(_ value: any TOMLValueConvertible) -> [String]? {
    guard let array = value.array else { return nil }
    let words: [String] = array.compactMap { $0.string }
    return words.count == array.count && !words.isEmpty ? words : nil
  }

  /// A table of texts.
  mutating func texts(_ key: String) throws(ERPError) -> [String: String] {
    try take(key, "a table of texts") { value in
      var texts: [String: String] = [:]
      for (name, value) in value.table ?? TOMLTable() {
        guard let text = value.string else { return nil }
        texts[name] = text
      }
      return value.table.map { _ in texts }
    } ?? [:]
  }

  /// A table; nil when it is not there.
  mutating func table(_ key: String) throws(ERPError) -> ProfileTable? {
    try take(key, "a table") { $0.table }.map { ProfileTable($0, of: "\(file), [\(key)]") }
  }

  /// The tables of a list; empty when it is not there.
  mutating func tables(_ key: String, below: String = "") throws(ERPError) -> [ProfileTable] {
    let tables = try take(key, "a list of tables, [[\(key)]]") { value -> [TOMLTable]? in
      guard let array = value.array else { return nil }
      let tables: [TOMLTable] = array.compactMap { $0.table }
      return tables.count == array.count ? tables : nil
    }
    return (tables ?? []).map { ProfileTable($0, of: "\(file), [[\(below)\(key)]]") }
  }

  /// The names of what is left, and the lists of tables under them: `[[piece.phone]]`.
  mutating func lists(_ key: String) throws(ERPError) -> [String: [ProfileTable]] {
    guard var table = try table(key) else { return [:] }
    var lists: [String: [ProfileTable]] = [:]
    for name in table.values.keys {
      table.file = file
      lists[name] = try table.tables(name, below: "\(key).")
    }
    return lists
  }

  /// Throws when something is left over, or was missing.
  func end() throws(ERPError) {
    guard let key = values.keys.min() else {
      guard missing.isEmpty else {
        throw fault("\(missing.joined(separator: " and ")) is missing")
      }
      return
    }
    throw ERPError(
      .badProfile,
      "\(file): \"\(ODBC.line(key.utf8))\" is unknown here: there are \(known.joined(separator: ", "))"
    )
  }

  /// A sentence on what is wrong in the file.
  func fault(_ words: String) -> ERPError { ERPError(.badProfile, "\(file): \(words)") }

  private mutating func take<Value>(
    _ key: String, _ type: String, _ isNeeded: Bool = false,
    _ read: (any TOMLValueConvertible) -> Value?
  ) throws(ERPError) -> Value? {
    known.append(key)
    guard let value = values.removeValue(forKey: key) else {
      if isNeeded { missing.append(key) }
      return nil
    }
    guard let read = read(value) else {
      throw fault("\"\(key)\" is unknown or of another type than it must be: \(type)")
    }
    return read
  }
}
