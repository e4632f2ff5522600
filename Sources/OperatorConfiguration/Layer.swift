import RecordOpener
import SystemPackage
import TOMLKit
import TextForms

/// What one origin says.
struct Layer: Hashable, Sendable {
  /// A value and the line of its file.
  struct Entry: Hashable, Sendable {
    let value: SettingValue
    let line: Int?
    /// The line in which a long text begins.
    var textLine: Int?
  }

  let origin: Origin
  private(set) var entries: [Key: Entry] = [:]
  /// What could not be taken, in the order of the lines.
  private(set) var problems: [ConfigurationProblem] = []

  /// What was chosen or said, by name of key.
  init(_ origin: Origin, _ choices: [String: String]) {
    self.origin = origin
    for (name, text) in choices.sorted(by: { $0.key < $1.key }) {
      guard let key = Key(rawValue: name) else {
        complain(unknownKey(name), nil)
        continue
      }
      set(key, RawValue(text, for: key.kind), nil)
    }
  }

  /// What a file says; nothing when there is none.
  init(file path: String, _ origin: Origin) {
    self.origin = origin
    defer { problems.sort { ($0.line ?? 0) < ($1.line ?? 0) } }
    let bytes: [UInt8]
    do {
      guard let content = try TextFile.content(of: path) else { return }
      bytes = content
    } catch {
      complain("the file cannot be read: \(error.reason)", nil)
      return
    }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      complain("the text is not UTF-8: save the file in that encoding", Self.firstBadLine(bytes))
      return
    }
    read(text)
  }

  /// What a text says that a file could hold.
  init(text: String, _ origin: Origin) {
    self.origin = origin
    read(text)
  }

  private mutating func read(_ text: String) {
    guard let (table, text) = parse(text) else { return }
    let lines = KeyLines(text)
    read(table, below: "", lines)
  }

  /// Takes a table's values: the key of `port` in the table `[asterisk]` is `asterisk.port`.
  private mutating func read(_ table: TOMLTable, below prefix: String, _ lines: KeyLines) {
    for (part, value) in table {
      let name = prefix + part
      if let key = Key(rawValue: name) {
        set(key, RawValue(value), lines[name])
        entries[key]?.textLine = lines.text(of: name)
      } else if let inner = value.table, Key.tables.contains(name) {
        read(inner, below: name + ".", lines)
      } else if Key.tables.contains(name) {
        complain("\"\(name)\" is a table: write [\(name)] on a line of its own", lines[name])
      } else {
        complain(unknownKey(name), lines[name])
      }
    }
  }

  private mutating func complain(_ sentence: String, _ line: Int?) {
    problems.append(ConfigurationProblem(place: origin.place, line: line, sentence: sentence))
  }

  private mutating func set(_ key: Key, _ raw: RawValue, _ line: Int?) {
    if key == .fixed {
      guard case .machine = origin else {
        complain("\"fixed\" holds only in the machine's file: move it there", line)
        return
      }
    }
    do {
      entries[key] = Entry(value: try key.kind.check(raw), line: line)
    } catch {
      complain("\"\(key.rawValue)\" \(error.reason)", line)
    }
  }

  /// The document without the lines that are wrong by themselves, each of which is a problem; nil when
  /// the rest cannot be told either.
  private mutating func parse(_ text: String) -> (table: TOMLTable, text: String)? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while problems.count < Self.mostSyntaxErrors {
      let rest = lines.joined(separator: "\n")
      switch Self.table(rest) {
      case .success(let table):
        return (table, rest)
      case .failure(let error):
        let line = error.source.begin.line
        let column = error.source.begin.column
        complain("this is not TOML (column \(column)): \(error.description.brief)", line)
        // A line that gives the same error alone can be judged, and left out, alone. What an open
        // quote or bracket means for the lines below cannot be told.
        guard lines.indices.contains(line - 1),
          case .failure(let alone) = Self.table(String(lines[line - 1])),
          alone.description == error.description
        else { return nil }
        lines[line - 1] = ""
      }
    }
    return nil
  }

  /// After so many the rest is not looked at: the file is something else.
  private static let mostSyntaxErrors = 20

  private static func table(_ text: String) -> Result<TOMLTable, TOMLParseError> {
    do {
      return .success(try TOMLTable(string: TOMLText.harmless(text)))
    } catch let error as TOMLParseError {
      return .failure(error)
    } catch {
      preconditionFailure("TOMLTable throws nothing but TOMLParseError, and threw \(error)")
    }
  }

  private static func firstBadLine(_ bytes: [UInt8]) -> Int {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let good = lines.prefix { String(validating: $0, as: UTF8.self) != nil && !$0.contains(0) }
    return good.count + 1
  }
}
