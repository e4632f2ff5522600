internal import Telephony

extension FieldReader {
  /// A run as the numbers between its slashes, its dashes with blanks and its words for "to", if each is a number
  /// to which a range is assigned, or the local part of one in the area of the one before:
  ///
  ///     26 12 34 56 / 621 123 456           LU: both, whatever else might be cut out of the digits
  ///     (212) 555-0123 / 555-0124           US: +12125550123, +12125550124
  ///     01 99 00 20 20 à 01 99 00 20 22     FR: three
  ///
  /// Nil where a segment is neither, or where the whole run is such a number as well.
  func segmented(_ groups: ArraySlice<FieldGroup>, _ whole: CountryNumber?) -> Reading? {
    guard whole?.fit != .valid else { return nil }
    let segments = self.segments(groups)
    guard segments.count > 1 else { return nil }
    var reading = Reading()
    var latest: CountryNumber?
    // The latest that has its area, for those that have none.
    var whole: (read: CountryNumber, groups: ArraySlice<FieldGroup>)?
    var isBaseLost = false
    for segment in segments {
      let own = number(segment)
      let local = own == nil ? whole.flatMap { self.local(segment, in: $0.read, $0.groups) } : nil
      let lost = own == nil && local == nil ? withoutTrunk(segment) : nil
      guard let read = own ?? local?.read ?? lost else { return nil }
      let isLost = lost != nil || (local != nil && isBaseLost)
      let isNational = read.origin == .national || reading.candidates.last?.isNational == true
      let base = NumberEndings(read, segment)
      if let latest, segment.first?.has("~") == true {
        reading.candidates += NumberEndings.between(latest.e164, read.e164).compactMap {
          reader.standing(DialString($0)).map { Candidate($0, isNational: isNational) }
        }
      }
      var candidate = Candidate(
        read, isCertain: local?.isCertain ?? true, exchange: base.exchange, isNational: isNational)
      candidate.isWithoutTrunk = isLost
      reading.candidates.append(candidate)
      reading.base = base
      latest = read
      if local == nil { (whole, isBaseLost) = ((read, segment), isLost) }
    }
    return reading
  }

  /// A reading of those segments of a run that are numbers, where the others are none: `(11) 1234-5678 /
  /// 91234-5678`, of which the first is no number any more.
  func loosely(_ groups: ArraySlice<FieldGroup>) -> Reading? {
    let segments = self.segments(groups)
    guard segments.count > 1 else { return nil }
    var reading = Reading()
    for segment in segments where DialString.digitCount(segment.text) >= Self.shortestSegment {
      let own = reader.standing(DialString(segment.text))
      if own?.fit != .valid, let base = reading.base, let local = local(segment, behind: base) {
        reading.candidates.append(local)
      } else if let read = own ?? withoutTrunk(segment) {
        let isCertain = read.fit == .valid || !Region.isOpen(countryCode: read.countryCode)
        var candidate = Candidate(read, isCertain: isCertain)
        candidate.isWithoutTrunk = own == nil
        reading.candidates.append(candidate)
        reading.base = NumberEndings(read, segment)
      }
    }
    return reading.candidates.isEmpty ? nil : reading
  }

  func segments(_ groups: ArraySlice<FieldGroup>) -> [ArraySlice<FieldGroup>] {
    var segments: [ArraySlice<FieldGroup>] = []
    var start = groups.startIndex
    for index in groups.indices.dropFirst() {
      let group = groups[index]
      guard group.isBoundary else { continue }
      // A slash behind an area code: `030/123456`, also of the next number, `030/12 34 56 0171/1234567`.
      let next = groups[(index + 1)...].firstIndex(where: \.isBoundary) ?? groups.endIndex
      if group.before == "/", index - 1 > start, groups[index - 1].keys.hasPrefix("0"),
        stands(groups[start..<(index - 1)]), stands(groups[(index - 1)..<next])
      {
        segments.append(groups[start..<(index - 1)])
        start = index - 1
        continue
      }
      if !group.isDashApart, !group.has("~"),
        DialString.digitCount(groups[start..<index].text) < Self.shortestSegment
      {
        continue
      }
      segments.append(groups[start..<index])
      start = index
    }
    return segments + [groups[start...]]
  }

  /// The fewest digits of a segment.
  private static let shortestSegment = 6

  /// The number that the groups are, to which a range is assigned; its country's code may stand apart without a plus:
  /// `86-21-62819999`.
  func number(_ segment: ArraySlice<FieldGroup>) -> CountryNumber? {
    let dialled = DialString(segment.text)
    guard dialled.keys.utf8.count >= Self.shortestSegment else { return nil }
    if let read = reader.standing(dialled), read.fit == .valid { return read }
    guard dialled.isDigits, dialled.keys.utf8.count > 10,
      let read = reader.withoutPlus(dialled.keys), read.fit == .valid,
      segment.first?.keys == "\(read.countryCode)"
    else { return nil }
    return read
  }

  /// The number that lacks what is dialled before it at home, as in a field of its own: `98765 43210 / 011-…`. Only
  /// where lengths are fixed: elsewhere any digits would be one.
  func withoutTrunk(_ segment: ArraySlice<FieldGroup>) -> CountryNumber? {
    let keys = segment.map(\.keys).joined()
    guard !isStrict, DialString(digits: keys).isDigits, keys.utf8.count > reader.extensionDigits,
      !Region.trunkPrefix(reader.region).isEmpty, let read = reader.withoutTrunk(keys),
      read.fit == .valid, !Region.isOpen(countryCode: read.countryCode)
    else { return nil }
    return read
  }

  /// Whether the groups are a number to which a range is assigned.
  func stands(_ groups: ArraySlice<FieldGroup>) -> Bool {
    reader.standing(DialString(groups.text))?.fit == .valid
  }

  /// A number without its area, behind another of the same.
  func local(_ segment: ArraySlice<FieldGroup>, behind base: NumberEndings) -> Candidate? {
    local(segment, in: base.whole, base.groups).map {
      Candidate(
        $0.read, isCertain: $0.isCertain, isNational: base.whole.origin == .national)
    }
  }

  /// The number whose area is that of the one before: it takes the place of as many digits at the end of that,
  /// or stands behind its area code, or behind its country code.
  ///
  ///     030/123456 oder 1234567              +49301234567
  ///     (11) 2345-6789 / 91234-5678          +5511912345678
  ///     +91 22 2345 6789 / 98765 43210       +919876543210
  ///
  /// Not certain where nothing shows that an area was left out: `0388202122 / 88202123`.
  private func local(
    _ segment: ArraySlice<FieldGroup>, in read: CountryNumber, _ groups: ArraySlice<FieldGroup>
  ) -> (read: CountryNumber, isCertain: Bool)? {
    let own = segment.map(\.keys).joined().drop { $0 == "+" }
    let count = own.utf8.count
    // `4001 / 4002` are two endings.
    guard count >= Self.shortestSegment, own.allSatisfy({ ("0"..."9").contains($0) }),
      !segment.dropFirst().contains(where: \.isBoundary)
    else { return nil }
    let e164 = read.e164
    func number(_ kept: some StringProtocol) -> CountryNumber? {
      guard let local = reader.standing(DialString(String(kept) + own)), local.fit == .valid,
        local.countryCode == read.countryCode
      else { return nil }
      return local
    }
    // In the place of whole groups.
    let last = groups.dropFirst().suffix(segment.count)
    let isAlike =
      last.count == segment.count
      && zip(last, segment).allSatisfy { $0.keys.utf8.count == $1.keys.utf8.count }
    if isAlike, e164.hasSuffix(last.map(\.keys).joined()),
      let local = number(e164.dropLast(count))
    {
      return (local, true)
    }
    if read.origin == .international {
      // Its country again, without the plus.
      let again = own.hasPrefix("\(read.countryCode)") ? number("+") : nil
      if let local = again ?? nationally(String(own), like: read) { return (local, true) }
    }
    guard own.first != "0" else { return nil }
    let country = "+\(read.countryCode)"
    guard count < read.significant.utf8.count + 2 else { return nil }
    let bracketed = groups.first.flatMap { $0.has("(") ? $0.keys : nil }
    let area =
      read.areaDigits.flatMap { $0 > 0 ? String(read.significant.prefix($0)) : nil }
      ?? bracketed
    guard let area, area.utf8.count < read.significant.utf8.count,
      let local = number(country + area)
    else { return nil }
    return (local, area.utf8.count > 1)
  }

  /// The number as it is written in the country of another, which nobody said again.
  private func nationally(_ own: String, like read: CountryNumber) -> CountryNumber? {
    guard let region = Region.named(callingCode: String(read.countryCode)),
      let local = CountryNumber(own, region: region).map(FrenchPlan.canonical),
      local.fit == .valid, local.countryCode == read.countryCode, local.origin == .national,
      own.first == "0" || own.utf8.count >= read.significant.utf8.count
        || (read.areaDigits ?? 0) == 0
    else { return nil }
    return local
  }
}
