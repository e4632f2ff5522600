internal import NumberForms

/// What stands ahead in a phone field decides what a mark or a word behind a number means.
extension PhoneField {
  /// Whether another ending of the number before a comma follows: a blank, and a few digits with nothing
  /// behind them, perhaps in groups as the number's own.
  static func isEnding(_ scalars: ArraySlice<Unicode.Scalar>, behind run: String) -> Bool {
    var rest = scalars.drop { $0 == " " }
    guard rest.startIndex > scalars.startIndex else { return false }
    if isGrouped(rest, as: run) { return true }
    let word = rest.prefix(while: isLetter)
    if !word.isEmpty {
      let text = String(String.UnicodeScalarView(word))
      rest = rest[word.endIndex...].drop { " .:".unicodeScalars.contains($0) }
      guard
        SpokenExtension.isDirectDial(text) || (rest.first == "-" && FieldWord(text) == .telephone)
      else { return false }
    }
    return isEndings(rest)
  }

  /// Whether it begins with two groups of digits as long as the last ones of the number, with nothing behind them:
  /// `01 99 00 12 34, 31 65`.
  private static func isGrouped(_ rest: ArraySlice<Unicode.Scalar>, as run: String) -> Bool {
    let text = rest.prefix { ("0"..."9").contains($0) || " .-".unicodeScalars.contains($0) }
    let (ending, groups) = (
      FieldGroup.groups(of: String(String.UnicodeScalarView(text))), FieldGroup.groups(of: run)
    )
    guard ending.count == 2, groups.count > 3, let last = groups.last,
      ending[1].before == last.before, isEnd(rest[text.endIndex...])
    else { return false }
    return zip(ending, groups.suffix(2)).allSatisfy { $0.keys.utf8.count == $1.keys.utf8.count }
      && ending.allSatisfy { $0.keys.utf8.count < 3 }
  }

  /// Whether nothing that belongs to the digits before follows.
  static func isEnd(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    rest.first { $0 != " " }.map { ",;/&)".unicodeScalars.contains($0) } ?? true
  }

  /// Whether it begins with an ending, behind which nothing stands but another: `23`, `23, 24`, `23 et 24`.
  static func isEndings(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    let rest = rest.first == "-" ? rest.dropFirst() : rest
    let digits = rest.prefix { ("0"..."9").contains($0) }
    // `12, 030/123456`.
    let isArea = digits.first == "0" && rest[digits.endIndex...].first == "/"
    guard (1...4).contains(digits.count), !isArea else { return false }
    guard !isEnd(rest[digits.endIndex...]) else { return true }
    let behind = rest[digits.endIndex...].drop { $0 == " " }
    let word = behind.prefix(while: isLetter)
    return orWords.contains(String(String.UnicodeScalarView(word)).lowercased())
      && isEndings(behind[word.endIndex...].drop { $0 == " " })
  }

  /// Whether another number of the same area follows without it: groups as long as the last of the run,
  /// `(030) 12 34 56, 12 34 57`.
  static func isLocal(_ scalars: ArraySlice<Unicode.Scalar>, behind run: String) -> Bool {
    let rest = scalars.drop { $0 == " " }
    let text = rest.prefix { ("0"..."9").contains($0) || " .-".unicodeScalars.contains($0) }
    let next = rest[text.endIndex...].first
    guard rest.startIndex > scalars.startIndex, let first = text.first, ("1"..."9").contains(first),
      next.map({ ",;/&(\n".unicodeScalars.contains($0) }) ?? true
    else { return false }
    let others = FieldGroup.groups(of: String(String.UnicodeScalarView(text)))
    let groups = FieldGroup.groups(of: run)
    let pairs = zip(groups.suffix(others.count), others).map {
      abs($0.keys.utf8.count - $1.keys.utf8.count)
    }
    // A mobile's first group may have a digit more.
    return groups.count > others.count
      && others.reduce(0) { $0 + $1.keys.utf8.count } >= shortestLocal
      && pairs.dropFirst().allSatisfy { $0 == 0 } && pairs[0] <= (pairs.count > 1 ? 1 : 0)
  }

  /// The fewest digits of a number that is written without its area.
  static let shortestLocal = 6

  /// Whether an apostrophe stands between two letters: `jusqu'en`, `l'ancien`.
  static func isElision(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    ["'", "’"].contains(scalars[index]) && index > 0 && isLetter(scalars[index - 1])
      && index + 1 < scalars.count && isLetter(scalars[index + 1])
  }

  /// The run with a joint behind it, where the word says that another ending follows: `-0 / Fax -57`, `-0 (DW: 12)`.
  /// And how far ahead that begins.
  static func ending(
    _ word: String, behind scalars: ArraySlice<Unicode.Scalar>, _ held: String
  ) -> (run: String, ahead: Int)? {
    guard let last = held.last, !("0"..."9").contains(last), DialString.digitCount(held) > 5 else {
      return nil
    }
    let isDirect = SpokenExtension.isDirectDial(word)
    guard isDirect || (FieldWord(word) == .telephone && !SpokenExtension.isExtension(word)) else {
      return nil
    }
    let rest = scalars.drop { " .:".unicodeScalars.contains($0) }
    let end = rest.first == "-" ? rest.dropFirst().drop { $0 == " " } : rest
    let digits = end.prefix { ("0"..."9").contains($0) }
    // `… 12 34 / Fax 21`, `…1234 (fax 21)`: digits like the last ones, and nothing behind them.
    let lastCount = FieldGroup.groups(of: held).last?.keys.utf8.count ?? 0
    let mark = held.last { $0 != " " }
    let isAlike =
      (mark == "/" || (isFax(word) && !(mark?.isNumber ?? true)))
      && (lastCount == digits.count || (lastCount > 5 && digits.count == 2))
      && digits.count > 1 && isEndings(end)
    guard end.startIndex > scalars.startIndex, (1...5).contains(digits.count),
      isDirect || rest.first == "-" || isAlike
    else { return nil }
    let head = held.prefix(through: held.lastIndex(where: \.isNumber) ?? held.startIndex)
    // The direct number stands beside that of the switchboard, not behind it.
    let isBeside = !isDirect || ["-0", "-00"].contains(where: head.hasSuffix)
    let joint = isDirect || rest.first == "-" ? (isBeside ? "|-" : "-") : "|="
    return (head + joint, end.startIndex - scalars.startIndex)
  }

  /// Whether the word is for a fax: another number, where `bureau 12` may be a room and `tél. 2` a rank.
  private static func isFax(_ word: String) -> Bool {
    ["fax", "telefax", "telecopie", "télécopie"].contains(word.lowercased())
  }

  /// Whether the letter stands for digits that are dialled to choose a carrier, which is how numbers are printed in
  /// Brazil: `0xx11 2345-6789`.
  static func isCarrier(
    at index: Int, in scalars: [Unicode.Scalar], behind run: String
  ) -> Bool {
    guard scalars[index] == "x" || scalars[index] == "X", run.last == "0",
      DialString.digitCount(run) == 1, index + 2 < scalars.count,
      scalars[index + 1] == scalars[index]
    else { return false }
    return !isLetter(scalars[index + 2])
  }

  /// Whether a question mark before it asks whether the number is right, and does not stand for a lost character or in
  /// an address of the Web.
  static func isQuestion(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    scalars.first.map { $0.properties.isWhitespace || "?)],;/.!".unicodeScalars.contains($0) }
      ?? true
  }

  /// Whether an arrow ends there: `->`, `=>`, `→`.
  static func isArrow(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    switch scalars[index] {
    case "→", "⇒", "➔", "➜": true
    case ">": index > 0 && (scalars[index - 1] == "-" || scalars[index - 1] == "=")
    default: false
    }
  }
}
