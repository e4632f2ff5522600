internal import Telephony

/// Reads the runs of a phone field in one region.
///
/// What is typed decides, before the library's "possible" glues digits together, which in a plan of open
/// lengths it nearly always can: `069/90009-10/11` are two numbers, and so are `069/90009125 0176/04069013`.
/// A run is one number, numbers with other endings, or several numbers; where it can be read in several ways
/// that exclude each other, all are kept and none is certain.
struct FieldReader {
  let reader: PlanReader
  /// Whether only numbers that stand by themselves are looked for.
  var isStrict = false

  /// A complete number of a run.
  struct Candidate {
    var read: CountryNumber
    var isCertain: Bool
    /// The beginning that all numbers of the same company have, where a hyphen shows it.
    var exchange: String?
    /// Whether its country is not written.
    var isNational: Bool
    /// Whether what is dialled before it at home is not written either.
    var isWithoutTrunk = false

    init(
      _ read: CountryNumber, isCertain: Bool = true, exchange: String? = nil,
      isNational: Bool? = nil
    ) {
      self.read = read
      self.isCertain = isCertain
      self.exchange = exchange
      self.isNational = isNational ?? (read.origin == .national)
    }
  }

  /// Whether somebody could make out whose plan it is: numbers without their country are incomplete otherwise.
  var knowsCountry: Bool { reader.region != NumberPlan.unknownRegion }

  /// What a run holds.
  struct Reading {
    /// The complete numbers that stand by themselves.
    var candidates: [Candidate] = []
    /// Numbers of which something was lost, extensions and fragments.
    var others: [PhoneNumber] = []
    /// What another ending would end.
    var base: NumberEndings?
  }

  /// The fewest digits of a number that another stands beside or that has endings, without its country.
  private static let shortestBeside = 5

  /// What the run holds; `former`: the number of the run before, whose area a number without one may share.
  func read(_ run: String, behind former: NumberEndings? = nil) -> Reading {
    var reading = Reading()
    var groups = FieldGroup.groups(of: run).prefix(40).withJoinedEndings
    if let code = Region.countryCode(reader.region), Self.exchangeCodes.contains(code) {
      groups = groups.withHyphenedEndings
    }
    for piece in Self.pieces(groups) {
      if piece.count == 1, piece[piece.startIndex].isShort, var base = reading.base {
        reading.candidates += base.add(piece, in: reader)
        reading.base = base
        continue
      }
      if var base = reading.base, !stands(piece), let local = local(piece, behind: base) {
        reading.candidates.append(local)
        base.move(to: local.read, piece)
        reading.base = base
        continue
      }
      if let former, reading.base == nil, !stands(piece), var local = local(piece, behind: former) {
        // Words stand between.
        local.isCertain = false
        reading.candidates.append(local)
        continue
      }
      let next = self.piece(piece)
      reading.candidates += next.candidates
      reading.others += next.others
      reading.base = next.base
    }
    return reading
  }

  /// The groups between the words for "or".
  private static func pieces(_ groups: ArraySlice<FieldGroup>) -> [ArraySlice<FieldGroup>] {
    var pieces: [ArraySlice<FieldGroup>] = []
    var start = groups.startIndex
    for index in groups.indices where index > start && groups[index].has("|") {
      pieces.append(groups[start..<index])
      start = index
    }
    return start < groups.endIndex ? pieces + [groups[start...]] : pieces
  }

  private func piece(_ groups: ArraySlice<FieldGroup>) -> Reading {
    let whole = reader.standing(DialString(groups.text))
    if let several = segmented(groups, whole) { return several }
    if let ended = withEndings(groups, whole) { return ended }
    if whole.map({ $0.fit != .valid && !Region.isOpen(countryCode: $0.countryCode) }) ?? true,
      groups.last?.before != groups.dropLast().last?.before || (whole != nil && groups.endsInOne),
      let headed = withoutSetOff(groups)
    {
      return headed
    }
    if let whole { return one(whole, groups) }
    let split = FieldSplit(groups, reader)
    if split.isWhole, let reading = several(split) { return reading }
    // Nothing that long is the end of a number.
    let number = isStrict ? nil : reader.number(DialString(groups.text))
    if let number, number.kind == .complete || number.kind == .extension {
      return Reading(others: [told(number, groups)])
    }
    let some = loosely(groups)
    if split.leftover > 0, let some, some.candidates.count > 1 { return some }
    let isOneWay = split.solutions.count == 1
    if let reading = withoutSetOff(groups, orTooMany: isOneWay) ?? several(split) { return reading }
    if let number, number.kind == .national { return Reading(others: [number]) }
    if let some { return some }
    if let both = glued(groups.text) { return both }
    if isStrict { return Reading() }
    let parts = groups.text.split(separator: "/").compactMap {
      reader.number(DialString(String($0)))
    }
    let isExtensions = parts.allSatisfy { $0.kind == .extension && $0.key.utf8.count > 2 }
    if parts.count > 1, isExtensions || (!knowsCountry && parts.allSatisfy { $0.tail != nil }) {
      return Reading(others: parts)
    }
    guard let number, number.key.utf8.count <= Self.longestFragment else { return Reading() }
    return Reading(others: [number])
  }

  /// Ten digits do not say their country where nobody wrote its code by itself: `646 555 0123`, of New York or New Zealand.
  private func told(_ number: PhoneNumber, _ groups: ArraySlice<FieldGroup>) -> PhoneNumber {
    guard number.kind == .complete, let first = groups.first?.keys, !"0+".contains(first.prefix(1)),
      DialString.digitCount(groups.text) < 11,
      let read = CountryNumber(number.key, region: reader.region), !reader.isOwn(read)
    else { return number }
    return PhoneNumber(first == "\(read.countryCode)" ? .complete : .national, number.key)
  }

  /// The number before the few digits that a dash sets off, where all of it would be one of another country or of no range:
  /// `232 333 946 - 12`, `235 011 111-4`; `orTooMany`: or before a group too many, `01 99 00 31 61 62`.
  private func withoutSetOff(
    _ groups: ArraySlice<FieldGroup>, orTooMany: Bool = false
  ) -> Reading? {
    for start in groups.indices.dropFirst().reversed() {
      let (last, first) = (groups[start - 1], groups[start])
      let isEnding = first.has("-")
      let isEven = first.before == last.before && first.keys.utf8.count == last.keys.utf8.count
      // Digits that begin with a zero are another number that was cut off.
      guard first.isShort, isEnding || (orTooMany && isEven && !first.keys.hasPrefix("0")) else {
        break
      }
      guard FieldSplit.isTogether(groups[..<start], in: groups), let read = number(groups[..<start])
      else { continue }
      let isExchange = Self.exchangeCodes.contains(read.countryCode)
      guard isEnding || !isExchange else { break }
      var base = NumberEndings(read, groups[..<start])
      var candidates = [Candidate(read, exchange: base.exchange)]
      if isEnding { candidates += base.add(groups[start...], in: reader) }
      // Digits too many, grouped as those before them, are no ending: one of them all may be wrong.
      if isEven, !isExchange {
        for index in candidates.indices { candidates[index].isCertain = false }
      }
      return Reading(candidates: candidates, base: base)
    }
    return nil
  }

  /// The most digits of which only the end may be right: a German number with its trunk prefix has so many.
  private static let longestFragment = 13

  /// The run as a number with other endings behind it: `01 99 00 20 22/23`, `069/90009-10/11`.
  private func withEndings(
    _ groups: ArraySlice<FieldGroup>, _ whole: CountryNumber?
  ) -> Reading? {
    guard groups.count > 1, let last = groups.last, last.isEnding else { return nil }
    var first = groups.endIndex - 1
    while first - 1 > groups.startIndex, groups[first - 1].isEnding { first -= 1 }
    // Where lengths are fixed, a number that no range is assigned to is none.
    let isPerhapsOne =
      whole.map { $0.fit == .valid || Region.isOpen(countryCode: $0.countryCode) } ?? false
    for start in first..<groups.endIndex {
      let head = groups[..<start]
      let own = reader.standing(DialString(head.text))
      // A blank sets off an extension.
      let mayLackTrunk = !isPerhapsOne && (whole != nil || groups[start].before == "/")
      guard let read = own ?? (mayLackTrunk ? withoutTrunk(head) : nil),
        read.significant.utf8.count > Self.shortestBeside
      else { continue }
      var base = NumberEndings(read, head)
      var candidates = [Candidate(read, exchange: base.exchange)]
      candidates += base.add(groups[start...], in: reader)
      // Of what may as well be one number, nothing is certain.
      let isTold = candidates.count > groups.endIndex - start && candidates.allSatisfy(\.isCertain)
      for index in candidates.indices { candidates[index].isWithoutTrunk = own == nil }
      if let whole, isPerhapsOne, groups.isUniform || !isTold {
        candidates.append(Candidate(whole))
        for index in candidates.indices { candidates[index].isCertain = false }
      }
      return Reading(candidates: candidates, base: base)
    }
    return nil
  }

  /// The run as one number, unless it is several as well or rather.
  private func one(_ whole: CountryNumber, _ groups: ArraySlice<FieldGroup>) -> Reading {
    var readings: [CountryNumber] = []
    if whole.significant.utf8.count >= 2 * Self.shortestBeside,
      groups.dropFirst().contains(where: { FieldSplit.canBegin($0, reader) })
    {
      let split = FieldSplit(groups, reader, leaving: groups)
      if split.isWhole, let reading = several(split), reading.candidates.count > 1 {
        if split.isApart { return reading }
        if reading.candidates.allSatisfy({ $0.read.significant.utf8.count > Self.shortestBeside }) {
          readings += reading.candidates.map(\.read)
        }
      }
    }
    readings += withoutLast(groups)
    let base = NumberEndings(whole, groups)
    guard readings.isEmpty else {
      return Reading(candidates: ([whole] + readings).map { Candidate($0, isCertain: false) })
    }
    return Reading(candidates: [Candidate(whole, exchange: base.exchange)], base: base)
  }

  /// What the run is when its last group is an extension or an ending, and that is as likely as that it is the
  /// last digits: `069 90009 (12)`, `069 90009123 - 124`, `06/12345678-9` where a hyphen shows no exchange.
  private func withoutLast(_ groups: ArraySlice<FieldGroup>) -> [CountryNumber] {
    guard groups.count > 1, let last = groups.last, last.isShort,
      last.isHyphened || last.isDashApart || last.has("("),
      !groups.isUniform || last.keys.utf8.count == 1
    else { return [] }
    // `02/1234567-8-9`.
    var start = groups.endIndex - 1
    while start - 1 > groups.startIndex, last.keys.utf8.count == 1,
      groups[start - 1].before == last.before, groups[start - 1].keys.utf8.count == 1
    {
      start -= 1
    }
    guard let head = reader.standing(DialString(groups[..<start].text)),
      head.significant.utf8.count > Self.shortestBeside
    else { return [] }
    let base = NumberEndings(head, groups[..<start])
    let next =
      last.has("-")
      ? groups[start...].reduce(into: [base]) { all, group in
        if let read = all[all.count - 1].next(group, in: reader) {
          all.append(NumberEndings(read, groups[..<start]))
        }
      }.dropFirst().map(\.whole) : []
    if let range = range(groups) { return range }
    if last.isHyphened {
      guard next.count == groups.endIndex - start, !Self.exchangeCodes.contains(head.countryCode)
      else { return [] }
      return [head] + next
    }
    return groups.isUniform ? [] : [head] + next
  }

  /// The first and the last number of a range of direct numbers that a hyphen joins, as it joins groups of one number,
  /// too: `030 12345 100-199`.
  private func range(_ groups: ArraySlice<FieldGroup>) -> [CountryNumber]? {
    guard groups.count > 2, let last = groups.last, last.before == "-" else { return nil }
    let (first, stem) = (groups[groups.endIndex - 2], groups[groups.endIndex - 3])
    let ends = [first, last].compactMap { Int($0.keys) }
    guard first.isShort, first.keys.utf8.count > 1,
      first.keys.utf8.count == last.keys.utf8.count, ends.count == 2,
      (1..<NumberEndings.longestRange).contains(ends[1] - ends[0]),
      stem.keys.utf8.count > max(3, last.keys.utf8.count)
    else { return nil }
    let head = groups.dropLast(2).text
    let numbers = [first, last].compactMap { reader.standing(DialString(head + $0.keys)) }
    return numbers.count == 2 ? numbers : nil
  }

  /// Where what stands behind a hyphen is dialled behind an exchange (DIN 5008, ÖNORM A 1080).
  private static let exchangeCodes: Set<Int> = [49, 43]

  /// The numbers of a split: certain when there is no other.
  private func several(_ split: FieldSplit) -> Reading? {
    guard let first = split.solutions.first, !first.isEmpty else { return nil }
    var candidates: [Candidate] = []
    for part in split.solutions.joined() {
      let isKnown = candidates.contains { $0.read.e164 == part.read.e164 }
      let isInAll =
        split.solutions.allSatisfy { $0.contains { $0.read.e164 == part.read.e164 } }
        && !split.isCutOut(part)
      guard !isKnown else { continue }
      let base = NumberEndings(part.read, part.groups)
      candidates.append(
        Candidate(part.read, isCertain: isInAll, exchange: isInAll ? base.exchange : nil))
    }
    let last = split.solutions.count == 1 ? first.last : nil
    return Reading(candidates: candidates, base: last.map { NumberEndings($0.read, $0.groups) })
  }

  /// Two numbers without anything between them, if there is only one way to cut them:
  /// `03882021220639980011`.
  private func glued(_ run: String) -> Reading? {
    let text = run.filter { ("0"..."9").contains($0) || $0 == "+" }
    guard DialString.digitCount(text) > 15 else { return nil }
    var cut: [CountryNumber]?
    for index in text.indices where text[index] == "0" {
      let parts = [text[..<index], text[index...]].compactMap { part -> CountryNumber? in
        guard part.first == "0" || part.first == "+" else { return nil }
        return reader.standing(DialString(String(part)))
      }
      guard parts.count == 2 else { continue }
      guard cut == nil else { return nil }
      cut = parts
    }
    guard let cut else { return nil }
    // Where lengths are open, nearly any two halves are numbers.
    let isCertain = cut.allSatisfy { !Region.isOpen(countryCode: $0.countryCode) }
    return Reading(candidates: cut.map { Candidate($0, isCertain: isCertain) })
  }
}
