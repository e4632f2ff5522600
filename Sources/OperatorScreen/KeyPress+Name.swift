import Canvas

extension KeyPress {
  /// The key as help prints it, with the operator's words for the keys that have one.
  func name(_ words: KeyWords) -> String {
    switch self {
    case .character(" "): words.space
    case .character(let character): String(character)
    case .key(let key):
      switch key {
      case .enter: words.enter
      case .escape: words.escape
      case .delete: words.delete
      case .tab: "Tab"
      case .backtab: words.shift + "+Tab"
      case .backspace: "⌫"
      case .insert: words.insert
      case .up: "↑"
      case .down: "↓"
      case .left: "←"
      case .right: "→"
      case .home: words.home
      case .end: words.end
      case .pageUp: words.pageUp
      case .pageDown: words.pageDown
      case .function(let number): "F\(number)"
      case .control(let letter): "^\(letter.uppercased())"
      }
    }
  }
}

/// What stands on the keys that bear a word.
struct KeyWords {
  var enter, escape, space, delete, insert, shift, home, end, pageUp, pageDown: String

  static let english = KeyWords(
    enter: "Enter", escape: "Esc", space: "Space", delete: "Del", insert: "Ins", shift: "Shift",
    home: "Home", end: "End", pageUp: "PgUp", pageDown: "PgDn")
  static let french = KeyWords(
    enter: "Entrée", escape: "Échap", space: "Espace", delete: "Suppr", insert: "Inser",
    shift: "Maj", home: "Début", end: "Fin", pageUp: "Pg préc", pageDown: "Pg suiv")
  static let german = KeyWords(
    enter: "Enter", escape: "Esc", space: "Leertaste", delete: "Entf", insert: "Einfg",
    shift: "Umschalt", home: "Pos1", end: "Ende", pageUp: "Bild ↑", pageDown: "Bild ↓")
}
