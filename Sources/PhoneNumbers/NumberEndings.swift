/// A number of which others have only another end: `…20 22/23`, `…22 à 25`, `…-10/11`, `…-0 / -47`.
struct NumberEndings {
  /// The beginning that all numbers of a company have, in E.164, where a hyphen shows what is dialled behind it:
  /// `+496990009` of `069/90009-0`. Only where numbers have no fixed length, and so neither have these ends.
  let exchange: String?
  /// The whole number before the endings, and what it is of.
  let whole: CountryNumber
  let groups: ArraySlice<FieldGroup>
  /// The latest number.
  private var number: String
  private let countryCode: Int
  private let isNational: Bool
  /// How many digits each group of the number has.
  private var lengths: [Int]
  private var lastDigits: Int { lengths.last ?? 0 }

  /// The number, which is of these groups.
  init(_ read: CountryNumber, _ groups: ArraySlice<FieldGroup>) {
    (whole, self.groups) = (read, groups)
    number = read.e164
    countryCode = read.countryCode
    isNational = read.origin == .national
    lengths = groups.map { DialString.digitCount($0.keys) }
    exchange = Self.exchange(read, groups)
  }

  /// A hyphen shows the exchange when it is the only one or zeros follow it, and when more than an area code
  /// stands before it.
  private static func exchange(_ read: CountryNumber, _ groups: ArraySlice<FieldGroup>) -> String? {
    guard groups.count > 1, let last = groups.last, last.isShort, last.isHyphened,
      last.isZeros || !groups.dropFirst().dropLast().contains(where: { $0.has("-") }),
      Region.isOpen(countryCode: read.countryCode)
    else { return nil }
    let e164 = read.e164
    guard e164.hasSuffix(last.keys), let area = read.areaDigits else { return nil }
    let own = read.significant.utf8.count - last.keys.utf8.count - max(area, 1)
    return own >= shortestExchange ? String(e164.dropLast(last.keys.utf8.count)) : nil
  }

  private static let shortestExchange = 3
  /// The most numbers that `00 à 99` means.
  static let longestRange = 100

  /// Goes on behind another number in the same area, which is of these groups.
  mutating func move(to read: CountryNumber, _ groups: ArraySlice<FieldGroup>) {
    number = read.e164
    lengths = groups.map { DialString.digitCount($0.keys) }
  }

  /// The numbers that have these ends, in order; none of an end that cannot be one.
  mutating func add(
    _ groups: ArraySlice<FieldGroup>, in reader: PlanReader
  ) -> [FieldReader.Candidate] {
    var candidates: [FieldReader.Candidate] = []
    for group in groups {
      guard let (next, isCertain) = exchange.map({ self.direct($0, group) }) ?? changed(group)
      else {
        continue
      }
      for between in group.has("~") ? Self.between(number, next) : [] {
        candidates += candidate(between, isCertain, reader)
      }
      candidates += candidate(next, isCertain, reader)
      number = next
      if exchange != nil { lengths = [group.keys.utf8.count] }
    }
    return candidates
  }

  /// Another direct number behind the exchange: sure when it has a hyphen of its own or is as long as the first.
  private func direct(_ exchange: String, _ group: FieldGroup) -> (String, Bool)? {
    let isAlike = group.keys.utf8.count == lastDigits || group.has("-")
    return (exchange + group.keys, isAlike)
  }

  /// The number with its last digits changed. Ends go up, and are as long as the last group, or count on:
  /// `0123/24`, `22 - 23 - 24`. With a single dash before it, it may be an extension as well, and behind a comma
  /// something else that is told of the number: sure only where it counts on. Down they go only where a word says that
  /// it is one, or where three digits or more take the place of as many, and never surely.
  private func changed(_ group: FieldGroup) -> (String, Bool)? {
    let (end, length) = (group.keys, group.keys.utf8.count)
    guard length < number.utf8.count - 4 else { return nil }
    let isAlike =
      length == lengths.suffix(group.parts).reduce(0, +)
      || (group.parts == 1 && lastDigits > 4 && length == 2)
    let isUp = String(number.suffix(length)) < end
    // Of a number in one group nothing says how long an end is.
    guard
      isUp
        || ((group.isLabelled || (isAlike && length > 2 && group.parts == 1))
          && number.suffix(length) != end),
      isAlike || length < 3 || lengths.count == 1
    else { return nil }
    let next = String(number.dropLast(length)) + end
    // A hyphen alone may stand before an extension.
    let countsOn =
      !group.isHyphened && Self.follows(next, number) && (isAlike || !group.isDashApart)
    let isSure =
      isAlike && isUp && !group.isHyphened && !group.isDashApart && !group.isListed
    return (next, countsOn || isSure)
  }

  /// The next number, if that is what the group ends.
  func next(_ group: FieldGroup, in reader: PlanReader) -> CountryNumber? {
    guard let (next, _) = changed(group), Self.follows(next, number) else { return nil }
    return candidate(next, true, reader).first?.read
  }

  private static func follows(_ next: String, _ number: String) -> Bool {
    guard let before = Int(number.dropFirst()), let after = Int(next.dropFirst()) else {
      return false
    }
    return after - before == 1
  }

  /// The numbers between two of the same length.
  static func between(_ first: String, _ last: String) -> [String] {
    guard first.utf8.count == last.utf8.count, let from = Int(first.dropFirst()) else { return [] }
    guard let to = Int(last.dropFirst()), to > from, to - from < longestRange else { return [] }
    return (from..<to).dropFirst().map { "+\($0)" }
  }

  private func candidate(
    _ e164: String, _ isCertain: Bool, _ reader: PlanReader
  ) -> [FieldReader.Candidate] {
    guard let read = reader.standing(DialString(e164)), read.countryCode == countryCode else {
      return []
    }
    return [
      FieldReader.Candidate(
        read, isCertain: isCertain, exchange: exchange, isNational: isNational)
    ]
  }
}
