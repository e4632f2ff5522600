import Canvas

extension KeyPress {
  /// The key as help prints it, with the operator's words for the keys that have one.
  func name(enter: String, escape: String, space: String, delete: String) -> String {
    switch self {
    case .character(" "): space
    case .character(let character): String(character)
    case .key(let key):
      switch key {
      case .enter: enter
      case .escape: escape
      case .delete: delete
      case .tab: "Tab"
      case .backtab: "⇧Tab"
      case .backspace: "⌫"
      case .insert: "Ins"
      case .up: "↑"
      case .down: "↓"
      case .left: "←"
      case .right: "→"
      case .home: "Home"
      case .end: "End"
      case .pageUp: "PgUp"
      case .pageDown: "PgDn"
      case .function(let number): "F\(number)"
      case .control(let letter): "^\(letter.uppercased())"
      }
    }
  }
}
