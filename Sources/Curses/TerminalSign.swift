/// What a terminal is asked for beside showing frames: to have its user look.
public enum TerminalSign: Hashable, Sendable {
  case bell
  /// What the title of the terminal's window says; nil: what it said before.
  case title(String?)
  /// A notification of the terminal's own, under a number by which it is taken back.
  case notice(number: Int, title: String, text: String)
  /// Takes a notification back, where the terminal can.
  case withdraw(number: Int)
  /// Puts a text on the clipboard, where the terminal lets programs do that.
  case copy(String)
}

extension TerminalSign {
  /// Whether nobody needs it any more when the other follows.
  func isOverruled(by other: TerminalSign) -> Bool {
    switch (self, other) {
    case (.bell, .bell), (.title, .title), (.copy, .copy): true
    case (.notice(let mine, _, _), .notice(let theirs, _, _)),
      (.notice(let mine, _, _), .withdraw(let theirs)):
      mine == theirs
    default: false
    }
  }
}
