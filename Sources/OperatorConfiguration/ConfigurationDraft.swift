/// The operator's file as it would be written: what stands in it, with other values for some keys.
///
/// Comments are not kept.
public struct ConfigurationDraft: Sendable {
  private let directories: Directories
  private var values: [Key: SettingValue]
  /// Whether there is a file already.
  public let replacesFile: Bool

  /// A draft that begins with the operator's file, if there is one.
  ///
  /// Throws everything that is wrong in it.
  public init(_ directories: Directories) throws(ConfigurationError) {
    self.directories = directories
    let file = directories.operatorConfiguration
    let layer = Layer(file: file, .operator(file: file))
    guard layer.problems.isEmpty else { throw ConfigurationError(problems: layer.problems) }
    values = layer.entries.mapValues(\.value)
    let content = try? TextFile.content(of: file)
    replacesFile = content != nil
  }

  /// Gives the key of this name a value: a text as it is, a list or a table as a file writes it; an empty text takes
  /// the key out.
  ///
  /// Throws what is wrong with the name or the value.
  public mutating func set(_ name: String, _ text: String) throws(ConfigurationError) {
    guard !text.isEmpty else { return clear(name) }
    let said = Layer(.commandLine, [name: text])
    guard said.problems.isEmpty else {
      throw ConfigurationError(said.problems.map(\.sentence).joined(separator: "\n"))
    }
    values.merge(said.entries.mapValues(\.value)) { $1 }
  }

  /// Takes out the key of this name.
  public mutating func clear(_ name: String) {
    if let key = Key(rawValue: name) { values[key] = nil }
  }

  /// Takes out every key of a table, such as `asterisk`.
  public mutating func clear(table: String) {
    values = values.filter { !$0.key.rawValue.hasPrefix(table + ".") }
  }

  /// Whether a key of the table has a value here.
  public func holds(table: String) -> Bool {
    values.keys.contains { $0.rawValue.hasPrefix(table + ".") }
  }

  /// The value of the key of this name as an operator reads it; nil when the draft says none.
  public func value(of name: String) -> String? {
    Key(rawValue: name).flatMap { values[$0]?.plain }
  }

  /// The settings as they would be, with the machine's files and this.
  ///
  /// Throws what does not go together.
  public func settings() throws(ConfigurationError) -> Settings {
    try Settings.load(
      directories,
      operatorLayer: Layer(text: text, .operator(file: directories.operatorConfiguration)))
  }

  /// The file: keys in their usual order, those of tables behind the others.
  public var text: String {
    var lines = ["# Written by screenpop setup. Every key: screenpop.toml(5)."]
    var table = ""
    let keys = Key.allCases.filter { values[$0] != nil }
    let plain = keys.filter { !$0.rawValue.contains(".") }
    for key in plain + keys.filter({ $0.rawValue.contains(".") }) {
      let parts = key.rawValue.split(separator: ".", maxSplits: 1)
      if parts.count == 2, parts[0] != table {
        table = String(parts[0])
        lines += ["", "[\(table)]"]
      }
      lines += values[key].map { ["\(parts[parts.count - 1]) = \($0.toml)"] } ?? []
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
