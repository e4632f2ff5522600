/// What is taken off the ends of a run that is no part of a number: hours, dates, other digits.
extension PhoneField {
  /// Takes the last ending off again, if there is one.
  @discardableResult
  static func cutEnding(_ run: inout String) -> Bool {
    guard let joint = run.lastIndex(where: { "~|".contains($0) }),
      DialString.digitCount(String(run[joint...])) < 5
    else { return false }
    run = String(run[..<joint])
    return true
  }

  /// Takes the hours off that stand behind a number, `8`, `(8-17`, if there are; not what is grouped as the rest
  /// of it is, unless the word for hours stands right behind it.
  static func cutHours(_ run: inout String, isRightBefore: Bool = false) -> Bool {
    while run.last == " " { run.removeLast() }
    let groups = FieldGroup.groups(of: run)[...]
    var rest = groups
    while groups.count - rest.count < 2, let last = rest.last, last.keys.utf8.count <= 2,
      Int(last.keys).map({ $0 <= 24 }) ?? false
    {
      rest.removeLast()
      if !last.has("-") { break }
    }
    guard rest.count < groups.count, let last = rest.last, DialString.digitCount(rest.text) > 5,
      let hours = groups[rest.endIndex...].first,
      isRightBefore || hours.before != last.before || hours.keys.utf8.count != last.keys.utf8.count
    else { return false }
    run = rest.text
    return true
  }

  /// Takes the digit off before a word that it counts, `2. Stock`, and those that a bracket and a word set off: `(4 linee)`.
  static func cutCount(_ run: inout String) {
    guard run.last == " " else { return }
    let groups = FieldGroup.groups(of: run)
    guard let last = groups.last,
      last.has("(")
        ? last.keys.utf8.count < 3
        : run.hasSuffix(". ") && last.keys.utf8.count == 1 && last.before == " "
    else { return }
    let rest = groups.dropLast().text
    if DialString.digitCount(rest) > 5 { run = rest }
  }

  /// The number behind the digit by which a label counts: `Tél.2 06 39 98 00 11`.
  static func behindCount(_ run: String) -> String? {
    let groups = FieldGroup.groups(of: run)
    guard let first = groups.first, first.keys.utf8.count == 1, first.keys != "0",
      let next = groups.dropFirst().first, next.keys.utf8.count > 1,
      "0+".contains(next.keys.first ?? " ") || next.has("/")
    else { return nil }
    return behindShort(run)
  }

  /// The number before the first or the last slash or dash that stands between two, and what is behind it.
  static func cut(_ run: String, isLast: Bool) -> (head: String, tail: String)? {
    let groups = FieldGroup.groups(of: run)[...]
    let places = groups.indices.dropFirst().filter { index in
      let (before, tail) = (groups[index].before, groups[index...])
      return (before.contains("/") || groups[index].isDashApart)
        && DialString.digitCount(groups[..<index].text) >= shortestLocal
        && DialString.digitCount(tail.text) >= shortestBehind
        && (before.contains { " (".contains($0) } || "0+".contains(tail[index].keys.first ?? " "))
    }
    guard let place = isLast ? places.last : places.first else { return nil }
    return (groups[..<place].text, groups[place...].text)
  }

  /// The fewest digits of a number that stands by itself behind another.
  private static let shortestBehind = 8

  static func isYear(_ run: String) -> Bool {
    guard run.utf8.count < 9 else { return false }
    let year = run.filter { !" .-()/".contains($0) }
    return year.utf8.count == 4 && (Int(year).map { (1950..<2100).contains($0) } ?? false)
  }

  /// Takes off until when the number was right, `… bis 2020`, if that stands there, and not another ending of it.
  static func cutEnd(_ run: inout String, hadDate: Bool) -> Bool {
    guard run.utf8.contains(UInt8(ascii: "~")), let joint = run.lastIndex(of: "~") else {
      return false
    }
    let end = String(run[run.index(after: joint)...])
    guard DialString.digitCount(end) == 0 ? hadDate : isYear(end) else { return false }
    let head = run[..<joint]
    // `… 2010 bis 2012`.
    let year = end.filter(\.isNumber)
    if let last = FieldGroup.groups(of: String(head)).last, last.keys.utf8.count == 4,
      !year.isEmpty, year > last.keys
    {
      return false
    }
    run = String(head)
    return true
  }

  /// The number behind the digits of which the words before them speak: `code 1234, 06 39 98 00 11`; it begins as one, or
  /// is held together where these are set off: `#1234567 212-555-0123`.
  static func behindShort(_ run: String) -> String? {
    let groups = FieldGroup.groups(of: run)[...]
    let others = groups.dropFirst()
    guard let first = groups.first, let next = others.first else { return nil }
    let isBegun = first.isShort && (next.keys.hasPrefix("0") || next.keys.hasPrefix("+"))
    let isHeld =
      next.before == " " && others.count > 2 && others.dropFirst().allSatisfy(\.isTight)
    guard isBegun || isHeld || next.has("/(") else { return nil }
    let rest = (next.has("(") ? "(" : "") + others.text
    return DialString.digitCount(rest) > 8 ? rest : nil
  }

  /// Whether so few digits stand there that more of the number may follow.
  static func isPart(_ run: String) -> Bool {
    isBegun(run) || (1...8).contains(DialString.digitCount(run))
  }

  /// Whether the first digits of a number stand there, as of an area or of a country, but none whole.
  static func isBegun(_ run: String) -> Bool {
    guard let first = FieldGroup.groups(of: run).first, DialString.digitCount(run) < 9 else {
      return false
    }
    return first.keys.utf8.count <= 5 && (first.keys.hasPrefix("0") || first.keys.hasPrefix("+"))
  }

  /// The number behind a `*` or a `#` that only parts it from the one before, or counts it: `01 99 00 10 01 * 06 39 98 00 11`,
  /// `#1 212-555-0123`.
  static func behindMark(_ run: String) -> String? {
    guard let mark = run.first, "*#".contains(mark) else { return nil }
    let groups = FieldGroup.groups(of: run)[...]
    let isCounted = mark == "#" && groups.count > 1 && groups[0].keys.utf8.count == 2
    let rest = isCounted ? groups.dropFirst().text[...] : run.dropFirst().drop { $0 == " " }
    guard isCounted || (rest.first.map { "0+(".contains($0) } ?? false),
      isCounted || DialString.digitCount(String(rest)) > 8,
      !rest.contains(where: { "*#".contains($0) })
    else { return nil }
    return String(rest)
  }
}
