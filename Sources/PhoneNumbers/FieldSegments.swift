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
    let segments = Self.segments(groups)
    guard segments.count > 1 else { return nil }
    var reading = Reading()
    var latest: CountryNumber?
    // The latest that has its area, for those that have none.
    var whole: (read: CountryNumber, groups: ArraySlice<FieldGroup>)?
    for segment in segments {
      let own = number(segment)
      guard let read = own ?? whole.flatMap({ local(segment, in: $0.read, $0.groups) })
      else { return nil }
      let isNational = read.origin == .national || reading.candidates.last?.isNational == true
      let base = NumberEndings(read, segment)
      if let latest, segment.first?.before.contains("~") == true {
        reading.candidates += NumberEndings.between(latest.e164, read.e164).compactMap {
          reader.standing(DialString($0)).map { Candidate($0, isNational: isNational) }
        }
      }
      reading.candidates.append(Candidate(read, exchange: base.exchange, isNational: isNational))
      reading.base = base
      latest = read
      if own != nil { whole = (read, segment) }
    }
    return reading
  }

  private static func segments(_ groups: ArraySlice<FieldGroup>) -> [ArraySlice<FieldGroup>] {
    var segments: [ArraySlice<FieldGroup>] = []
    var start = groups.startIndex
    for index in groups.indices.dropFirst() {
      let group = groups[index]
      guard group.isDashApart || group.before.contains(where: { "/~".contains($0) }) else {
        continue
      }
      segments.append(groups[start..<index])
      start = index
    }
    return segments + [groups[start...]]
  }

  /// The fewest digits of a segment.
  private static let shortestSegment = 6

  private func number(_ segment: ArraySlice<FieldGroup>) -> CountryNumber? {
    guard Self.digits(segment) >= Self.shortestSegment,
      let read = reader.standing(DialString(segment.text)), read.fit == .valid
    else { return nil }
    return read
  }

  /// The number whose last groups are these, which are as long as those of the one before.
  private func local(
    _ segment: ArraySlice<FieldGroup>, in read: CountryNumber, _ groups: ArraySlice<FieldGroup>
  ) -> CountryNumber? {
    let last = groups.suffix(segment.count)
    guard Self.digits(segment) >= Self.shortestSegment, groups.count > segment.count,
      zip(last, segment).allSatisfy({ $0.keys.utf8.count == $1.keys.utf8.count }),
      zip(last, segment).dropFirst().allSatisfy({ $0.before == $1.before }),
      read.e164.hasSuffix(last.map(\.keys).joined())
    else { return nil }
    let e164 = read.e164.dropLast(Self.digits(segment)) + segment.map(\.keys).joined()
    guard let local = reader.standing(DialString(String(e164))), local.fit == .valid,
      local.countryCode == read.countryCode
    else { return nil }
    return local
  }

  private static func digits(_ groups: ArraySlice<FieldGroup>) -> Int {
    groups.reduce(0) { $0 + DialString.digitCount($1.keys) }
  }
}
