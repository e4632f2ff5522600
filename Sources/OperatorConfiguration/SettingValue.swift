import RecordOpener

/// A checked value.
enum SettingValue: Hashable, Sendable {
  case text(String)
  case flag(Bool)
  case number(Int)
  case open(OpenTarget)
  case keys(Set<Key>)
  case list([String])
  case words([String: String])
  /// How records open, by what was called.
  case openings([String: SettingValue])

  /// The value as a configuration file writes it.
  var toml: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .flag(let flag): "\(flag)"
    case .number(let number): "\(number)"
    case .open(.card): Self.quoted("card")
    case .open(.url(let template)): Self.quoted(template.text)
    case .open(.command(let command)): Self.list(command.words)
    case .keys(let keys): Self.list(Key.allCases.filter(keys.contains).map(\.rawValue))
    case .list(let words): Self.list(words)
    case .words(let words): Self.table(words.mapValues(Self.quoted))
    case .openings(let openings): Self.table(openings.mapValues(\.toml))
    }
  }

  /// The value as an operator reads it: text without its quotes.
  var plain: String {
    switch self {
    case .text(let text): text
    case .open(.card): "card"
    case .open(.url(let template)): template.text
    default: toml
    }
  }

  private static func list(_ words: [String]) -> String {
    "[" + words.map(quoted).joined(separator: ", ") + "]"
  }

  /// A table of values that are written as a file writes them.
  private static func table(_ words: [String: String]) -> String {
    let pairs = words.sorted { $0.key < $1.key }.map { "\(quoted($0.key)) = \($0.value)" }
    return pairs.isEmpty ? "{}" : "{ " + pairs.joined(separator: ", ") + " }"
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\n": "\\n"
      case _ where scalar.properties.generalCategory == .control:
        "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
          + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}
