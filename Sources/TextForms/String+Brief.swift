extension String {
  /// The text as a sentence quotes it: on one line and harmless, without escape sequences, and what is longer
  /// than 200 characters ends in `…`.
  package var brief: String {
    let text = PlainText.cleaned(withoutSequences, limit: 201)
    return text.count > 200 ? text.prefix(200) + "…" : text
  }

  /// Without what programs colour their messages with (ECMA-48, 5.4: escape, `[`, parameters, one final
  /// byte); a lone escape takes no text with it.
  private var withoutSequences: String {
    var kept = String.UnicodeScalarView()
    var rest = unicodeScalars.prefix(4096)
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1B}" else {
        kept.append(scalar)
        continue
      }
      guard rest.first == "[" else { continue }
      rest.removeFirst()
      while let scalar = rest.popFirst(), !("@"..."~").contains(scalar) {}
    }
    return String(kept)
  }
}
