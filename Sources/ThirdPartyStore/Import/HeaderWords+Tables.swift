/// What the headers of one file have in common: the name of their table, apart or glued to each of them.
extension HeaderWords {
  /// What the headers of one file say. A word that nobody knows and that stands at the same end of all but one of them
  /// names their table, and is left out: `CLI_NOM`, `CLI_TEL`.
  static func of(_ texts: [String]) -> [HeaderWords] {
    var words = unglued(texts.map { HeaderWords($0) })
    // Neither letter names a table: `f_name,l_name`.
    let parts = ["f_name", "l_name"].map { part in texts.firstIndex { $0.lowercased() == part } }
    if let first = parts[0], let last = parts[1] {
      words[first] = HeaderWords("first name")
      words[last] = HeaderWords("last name")
    }
    let named = words.filter { !$0.words.isEmpty }
    for isFirst in [true, false] {
      let end = { (words: [String]) in isFirst ? words.first : words.last }
      guard named.count > 2,
        let mark =
          (end(named[0].words).map { [$0] } ?? [] + (end(named[1].words).map { [$0] } ?? []))
          .first(where: { mark in
            !vocabulary.contains(mark)
              && named.count { $0.words.count > 1 && end($0.words) == mark } >= named.count - 1
          })
      else { continue }
      return words.map { $0.words.count > 1 && end($0.words) == mark ? $0.without(isFirst) : $0 }
    }
    return words
  }

  /// The same, where headers begin with the letters of their table and go on with words that are known: `CLINOM`,
  /// `CLITEL`. Not where another names somebody or a telephone: `Wifename` beside `Name`.
  private static func unglued(_ all: [HeaderWords]) -> [HeaderWords] {
    let cuts = all.map { words -> (mark: String, rest: [String])? in
      guard words.words.count == 1, let word = words.words.first, !vocabulary.contains(word) else {
        return nil
      }
      for length in 2...5 where length + 2 < word.count {
        let rest = parted(String(word.dropFirst(length)))
        if rest.allSatisfy(vocabulary.contains) { return (String(word.prefix(length)), rest) }
      }
      return nil
    }
    let marks = Dictionary(grouping: cuts.compactMap(\.self), by: \.mark).filter { $1.count > 2 }
    guard !marks.isEmpty else { return all }
    let unglued = zip(all, cuts).map { words, cut in
      cut.flatMap { marks[$0.mark] == nil ? nil : HeaderWords(words: $0.rest, isOfTable: true) }
    }
    let isWhole = zip(all, unglued).allSatisfy { words, unglued in
      unglued != nil || !(words.column.map { $0.isName || $0.isNumber } ?? false)
    }
    return isWhole ? zip(all, unglued).map { $1 ?? $0 } : all
  }

  private func without(_ isFirst: Bool) -> HeaderWords {
    HeaderWords(words: Array(isFirst ? words.dropFirst() : words.dropLast()), isOfTable: true)
  }

  /// A word in the two that it is put together of, where nobody knows it and both are known: `NOMCLIENT`, `TELFIXE`.
  static func parted(_ word: String) -> [String] {
    guard word.utf8.count > 5, word.utf8.count < 25, word.utf8.allSatisfy({ $0 < 0x80 }),
      !vocabulary.contains(word)
    else { return [word] }
    for cut in 3...(word.utf8.count - 3) {
      let (head, tail) = (String(word.prefix(cut)), String(word.dropFirst(cut)))
      if vocabulary.contains(head), vocabulary.contains(tail) { return [head, tail] }
    }
    return [word]
  }
}
