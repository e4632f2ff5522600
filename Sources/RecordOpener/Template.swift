import TextForms

/// Text with placeholders; `{{` and `}}` stand for the braces themselves.
struct Template: Hashable, Sendable {
  /// A piece of a template.
  enum Part: Hashable, Sendable {
    case text(String)
    case placeholder(Placeholder)
  }

  private(set) var parts: [Part] = []

  /// Takes the text apart, scalar by scalar: a brace is one whatever mark stands over it. An unknown or
  /// unclosed placeholder is an ``OpenError/badTarget(_:)``.
  init(_ text: String) throws(OpenError) {
    var literal = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let character = rest.popFirst() {
      guard character == "{" || character == "}" else {
        literal.append(character)
        continue
      }
      if rest.first == character {
        rest.removeFirst()
        literal.append(character)
      } else if character == "}" {
        literal.append(character)
      } else {
        guard let end = rest.firstIndex(of: "}") else {
          throw .badTarget(
            "\"{\" without \"}\" in \"\(text.brief)\"; write \"{{\" for the brace itself")
        }
        let name = String(rest[..<end])
        guard let placeholder = Placeholder(rawValue: name) else {
          throw .badTarget(
            "unknown placeholder {\(name.brief)}: the placeholders are \(Placeholder.all)")
        }
        if !literal.isEmpty { parts.append(.text(String(literal))) }
        literal = String.UnicodeScalarView()
        parts.append(.placeholder(placeholder))
        rest = rest[rest.index(after: end)...]
      }
    }
    if !literal.isEmpty { parts.append(.text(String(literal))) }
  }

  /// The placeholder that the text begins with, if it does.
  var leading: Placeholder? {
    if case .placeholder(let placeholder) = parts.first { placeholder } else { nil }
  }

  /// What there is to fill in.
  var placeholders: Set<Placeholder> {
    Set(
      parts.compactMap { if case .placeholder(let placeholder) = $0 { placeholder } else { nil } })
  }

  /// The text with the values in place, each passed through `encode` first.
  func filled(with values: RecordValues, encode: (String) -> String = { $0 }) -> String {
    parts.reduce(into: "") { result, part in
      switch part {
      case .text(let text): result += text
      case .placeholder(let placeholder): result += encode(values[placeholder])
      }
    }
  }
}
