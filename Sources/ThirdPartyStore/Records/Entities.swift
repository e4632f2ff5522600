extension String {
  /// The text without the entities of a page of the Web, which some programs keep in their tables: `Durand &amp; Fils`,
  /// `L&#039;Ours`, `Caf&eacute;`.
  package var withoutEntities: String {
    // Nearly all texts have none.
    guard utf8.contains(UInt8(ascii: "&")), utf8.contains(UInt8(ascii: ";")) else { return self }
    var text = ""
    var rest = self[...]
    while let start = rest.firstIndex(of: "&") {
      text += rest[..<start]
      let tail = rest[rest.index(after: start)...]
      guard let end = tail.prefix(Entity.longest).firstIndex(of: ";"),
        let meant = Entity.text(String(tail[..<end]))
      else {
        text += "&"
        rest = tail
        continue
      }
      text += meant
      rest = tail[tail.index(after: end)...]
    }
    return text + rest
  }

  /// Whether the text ends in an entity but for its semicolon.
  var endsInOpenEntity: Bool {
    guard utf8.contains(UInt8(ascii: "&")), let start = lastIndex(of: "&") else { return false }
    let name = self[index(after: start)...]
    return name.count < Entity.longest && Entity.text(String(name)) != nil
  }
}

/// What stands between `&` and `;` for a character (HTML).
private enum Entity {
  /// With its semicolon.
  static let longest = 9

  /// The character; nil when it is none.
  static func text(_ name: String) -> String? {
    if name.first == "#" { return scalar(name.dropFirst()).map { String($0) } }
    if let known = named[name] { return known }
    guard let letter = name.first, letter.isASCII, letter.isLetter else { return nil }
    return marks[String(name.dropFirst())].map { mark in
      let apart = "\(letter)\(mark)"
      return composed[apart] ?? apart
    }
  }

  /// The character that has this number, unless it is one of those that control.
  private static func scalar(_ number: Substring) -> Unicode.Scalar? {
    let isHex = number.first == "x" || number.first == "X"
    guard let value = UInt32(isHex ? number.dropFirst() : number, radix: isHex ? 16 : 10),
      let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .control
    else { return nil }
    return scalar
  }

  private static let named = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "szlig": "ß",
    "aelig": "æ", "AElig": "Æ", "oelig": "œ", "OElig": "Œ", "oslash": "ø", "Oslash": "Ø",
    "rsquo": "\u{2019}", "plus": "+", "lpar": "(", "rpar": ")",
  ]
  /// Letters with their marks by themselves, as keyboards write them: equal as strings, and not in a database.
  private static let composed = Dictionary(
    (0xC0...0x17F).compactMap(Unicode.Scalar.init).map { (String($0), String($0)) },
    uniquingKeysWith: { first, _ in first })
  /// The marks over and under letters: `eacute`, `ccedil`.
  private static let marks = [
    "acute": "\u{301}", "grave": "\u{300}", "circ": "\u{302}", "uml": "\u{308}",
    "tilde": "\u{303}", "ring": "\u{30A}", "cedil": "\u{327}",
  ]
}
