import Canvas
import Telephony

/// A piece of a line: text with one meaning, and what a click on it means.
struct Span {
  var text: String
  var role: Role = .plain
  var target: Target?

  init(_ text: String, _ role: Role = .plain, target: Target? = nil) {
    self.text = text
    self.role = role
    self.target = target
  }
}

extension [Span] {
  /// How many columns they take side by side.
  var columns: Int { reduce(0) { $0 + Frame.columns(of: $1.text) } }
}

/// One line of a window: pieces from the left, one at the right edge.
struct Line {
  var left: [Span]
  var right: Span?
  /// What stands before that, where there is room; the left pieces go before it.
  var middle: Span?
  /// How many columns the left pieces keep when the right one is long; nil: those of a few letters.
  var kept: Int?
  /// What a click anywhere on the line means, where no piece says otherwise.
  var target: Target?
  /// The operator's selection lies on it.
  var isSelected = false
  /// Before which column the cursor stands.
  var cursor: Int?

  init(_ left: [Span], right: Span? = nil, target: Target? = nil, isSelected: Bool = false) {
    self.left = left
    self.right = right
    self.target = target
    self.isSelected = isSelected
  }

  /// A line of one piece.
  init(_ text: String, _ role: Role = .plain) { self.init([Span(text, role)]) }

  static let empty = Line([])

  /// Whether its text says already that it is selected.
  var isMarked: Bool { left.first?.text == "> " }

  /// The line with a sign of the selection in its text.
  var marked: Line {
    var line = self
    line.left.insert(Span("> "), at: 0)
    line.cursor = cursor.map { $0 + 2 }
    return line
  }
}

/// What a click means.
enum Target: Hashable, Sendable {
  case button(Call.ID)
  case attach(Call.ID)
  case call(Call.ID)
  case match(Call.ID, Int)
  case line(String)

  /// The call that it is a part of.
  var call: Call.ID? {
    switch self {
    case .button(let id), .attach(let id), .call(let id), .match(let id, _): id
    case .line: nil
    }
  }
}
