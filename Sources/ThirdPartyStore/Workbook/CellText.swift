import TextForms

/// The text of a cell, which stands in pieces of one style each; how they are pronounced is no part of it.
struct CellText {
  private var bytes: [UInt8] = []
  private var isOpen = false
  private var isPhonetic = false

  mutating func take(_ text: ArraySlice<UInt8>) {
    if isOpen, !isPhonetic { bytes += text }
  }

  mutating func take(_ tag: MarkupTag) {
    switch tag.name {
    case "t", "v": isOpen = !tag.isEmpty
    case "/t", "/v": isOpen = false
    case "rph": isPhonetic = !tag.isEmpty
    case "/rph": isPhonetic = false
    default: break
    }
  }

  /// The whole text; the next one begins. Line ends may be written `_x000D_` (ST_Xstring).
  mutating func end() -> String {
    defer { self = CellText() }
    let text = String(decoding: bytes, as: UTF8.self).withoutEntities
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text.trimmed }
    return text.replacing("_x000D_", with: "\n").replacing("_x000A_", with: "\n").trimmed
  }
}

/// The texts of a workbook to which its cells refer by number (ECMA-376 part 1, 18.4.9).
enum SharedTexts {
  static func read(_ bytes: [UInt8]) -> [String] {
    var markup = MarkupScanner(bytes)
    var texts: [String] = []
    var text = CellText()
    while let piece = markup.next() {
      switch piece {
      case .text(let more): text.take(more)
      case .tag(let tag):
        text.take(tag)
        if tag.name == "/si" || (tag.name == "si" && tag.isEmpty) { texts.append(text.end()) }
      }
    }
    return texts
  }
}
