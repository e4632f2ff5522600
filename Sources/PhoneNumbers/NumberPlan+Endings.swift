internal import Telephony

/// Numbers of which only the ends are written, and numbers side by side.
extension NumberPlan {
  /// All numbers of a run whose endings are written behind slashes; nil when there are none.
  ///
  ///     069/90009-10/11         the direct numbers 10 and 11
  ///     089 99998-0 / -47       the switchboard, and 47 in the place of its 0
  ///     01 99 00 20 22/23       as many last digits as the ending has
  ///
  /// An ending that is longer than the group it would replace is something else: an extension.
  func endings(of run: String, _ reader: PlanReader) -> [PhoneNumber]? {
    guard run.utf8.contains(UInt8(ascii: "/")) else { return nil }
    var parts = run.split(separator: "/").map { $0.trimmingBlanks }
    guard parts.count > 1 else { return nil }
    var head = String(parts.removeFirst())
    // A slash behind the area code.
    while DialString.digitCount(head) <= 5, !parts.isEmpty { head += "/" + parts.removeFirst() }
    let endings = parts.map { $0.first == "-" ? $0.dropFirst().trimmingBlanks : $0 }
    guard !endings.isEmpty, endings.allSatisfy({ (1...4).contains($0.utf8.count) && $0.isDigits }),
      let first = reader.number(DialString(head)), first.kind == .complete
    else { return nil }
    var numbers = [first]
    for ending in endings {
      guard let text = replacing(endOf: head, by: ending),
        let number = reader.number(DialString(text)), number.kind == .complete
      else { return nil }
      if !numbers.contains(number) { numbers.append(number) }
    }
    return numbers
  }

  private func replacing(endOf head: String, by ending: Substring) -> String? {
    if let hyphen = head.lastIndex(of: "-") {
      let direct = head[head.index(after: hyphen)...].trimmingBlanks
      if direct.isDigits, (1...5).contains(direct.utf8.count) {
        return String(head[...hyphen]) + ending
      }
    }
    let group = head.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
    // Of digits without groups, two at the most: more may be an extension.
    guard ending.utf8.count <= (group > 4 ? 2 : group) else { return nil }
    return String(head.dropLast(ending.utf8.count)) + ending
  }

  /// The field with its ranges written out: `30.22 à 25` is `30.22/23/24/25`.
  static func withRanges(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 > 0x40 }) else { return text }
    var words = text.split(separator: " ")
    var index = 1
    while index + 1 < words.count {
      let (before, end) = (words[index - 1], words[index + 1])
      let begin = before.utf8.count > end.utf8.count ? before.suffix(end.utf8.count) : ""
      guard rangeWords.contains(words[index].lowercased()), (1...4).contains(end.utf8.count),
        end.isDigits, begin.isDigits, let from = Int(begin), let to = Int(end), from < to,
        to - from <= longestRange
      else {
        index += 1
        continue
      }
      let all = ((from + 1)...to).map { number in
        let digits = String(number)
        return "/" + String(repeating: "0", count: max(0, end.utf8.count - digits.utf8.count))
          + digits
      }
      words[index - 1] += all.joined()
      words.removeSubrange(index...(index + 1))
    }
    return words.joined(separator: " ")
  }

  private static let rangeWords: Set = ["à", "a", "au", "bis", "to", "al", "tot"]
  /// How many numbers a range may have: a longer one is a block that nobody lists.
  private static let longestRange = 100

  /// Numbers that stand side by side with nothing but blanks between them, where numbers have no fixed length; nil
  /// when the run is none of that.
  ///
  /// Each must be whole by itself and begin as numbers do. When there are several ways to part them, nobody knows
  /// which is meant: the evenest one is taken, and its numbers match weakly (R51).
  func sideBySide(_ run: String, _ reader: PlanReader) -> [PhoneNumber]? {
    let groups = run.split(separator: " ")
    guard (2...12).contains(groups.count), DialString.digitCount(run) >= 2 * Self.shortest,
      run.utf8.contains(UInt8(ascii: "+"))
        || Region.countryCode(reader.region).map(Region.isOpen(countryCode:)) == true
    else { return nil }
    var ways: [[CountryNumber]] = []
    part(groups[...], [], reader, &ways)
    ways = ways.filter { $0.count > 1 }
    guard let first = ways.first else { return nil }
    if ways.count == 1 { return first.map { PhoneNumber(.complete, $0.e164) } }
    let best = ways.min { a, b in
      a.count != b.count ? a.count < b.count : Self.unevenness(a) < Self.unevenness(b)
    }
    return (best ?? first).map { PhoneNumber(.fragment, String($0.e164.dropFirst())) }
  }

  private func part(
    _ groups: ArraySlice<Substring>, _ before: [CountryNumber], _ reader: PlanReader,
    _ ways: inout [[CountryNumber]]
  ) {
    guard let first = groups.first else { return ways.append(before) }
    let lead = first.first { $0 != "(" }
    guard ways.count < 50, before.count < 4,
      lead == "0" || lead == "+" || Region.trunkPrefix(reader.region).isEmpty || before.isEmpty
    else { return }
    var text = ""
    for (count, group) in groups.enumerated() {
      text += (text.isEmpty ? "" : " ") + group
      guard DialString.digitCount(text) <= PlanReader.longest else { return }
      guard let number = reader.standing(DialString(text)), number.isWhole,
        (Self.shortest...Self.longestNational).contains(number.significant.utf8.count)
      else { continue }
      part(groups.dropFirst(count + 1), before + [number], reader, &ways)
    }
  }

  private static func unevenness(_ numbers: [CountryNumber]) -> Int {
    let lengths = numbers.map { $0.significant.utf8.count }
    return (lengths.max() ?? 0) - (lengths.min() ?? 0)
  }

  /// The shortest number that is told from a part of another, and the longest that plans give to subscribers
  /// (German numbers have 11 digits behind the zero) [digits].
  private static let shortest = 7
  private static let longestNational = 11
}

extension Substring {
  fileprivate var isDigits: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }
  fileprivate var trimmingBlanks: Substring {
    let rest = drop { $0 == " " }
    guard let last = rest.lastIndex(where: { $0 != " " }) else { return rest }
    return rest[...last]
  }
}
