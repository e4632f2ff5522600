/// A line of text that is being typed.
public struct TextField: Hashable, Sendable {
  /// What stands in the field.
  public private(set) var text: [Character]
  /// Before which character the cursor is.
  public private(set) var cursor: Int

  /// The longest text [characters].
  static let limit = 500

  /// A field with this text, the cursor at its end.
  init(_ text: String = "") {
    self.text = Array(text.prefix(Self.limit))
    cursor = self.text.count
  }

  /// The text without blanks around it.
  var value: String {
    let inner = text.drop { $0.isWhitespace }
    let end = inner.lastIndex { !$0.isWhitespace }.map { $0 + 1 } ?? inner.startIndex
    return String(inner[..<end])
  }

  /// Puts typed or pasted text at the cursor; line ends and tabs become blanks, control and format
  /// characters are left out (R43): what is typed is kept, and shown elsewhere too.
  mutating func insert(_ typed: String) {
    let room = Self.limit - text.count
    let plain = typed.lazy.map { $0.isNewline || $0 == "\t" ? " " : $0 }
      .filter { !$0.isControl }.prefix(max(0, room))
    text.insert(contentsOf: plain, at: cursor)
    cursor += plain.count
  }

  mutating func deleteBackwards() {
    guard cursor > 0 else { return }
    cursor -= 1
    text.remove(at: cursor)
  }

  mutating func deleteForwards() {
    guard cursor < text.count else { return }
    text.remove(at: cursor)
  }

  mutating func clear() { self = TextField() }

  mutating func move(by steps: Int) { cursor = min(max(0, cursor + steps), text.count) }
  mutating func moveToStart() { cursor = 0 }
  mutating func moveToEnd() { cursor = text.count }
}

extension Character {
  /// Whether the character does something rather than shows something.
  fileprivate var isControl: Bool {
    guard let scalar = unicodeScalars.first else { return true }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
