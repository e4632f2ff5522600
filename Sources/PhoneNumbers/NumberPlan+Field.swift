public import Telephony

extension NumberPlan {
  /// The numbers in an ERP's phone field, in order, each once: none, one or several.
  ///
  ///     Tél. 03 88 20 21 22 (bureau) / 06 39 98 00 11      both
  ///     01/99/00/10/03                                     one, with slashes
  ///     03 88 20 21 22 poste 12                            the number; their extension is not ours
  ///     03,88,20,21,22                                     one: none would be complete otherwise
  ///     poste 1025 / 1026                                  the extensions
  ///     n/c, voir compta, 0800 SAVON, 12/05/2021           none
  ///
  /// `region` is the party's own, nil: the plan's. Extensions count only when the field holds
  /// nothing else, and nothing but labels beside them.
  public func numbers(inField text: String, region: String? = nil) -> [PhoneNumber] {
    let here = numbers(inField: Self.withRanges(text), reader(region))
    guard let region, Region.countryCode(region) != Region.countryCode(self.region) else {
      return here
    }
    return asTypedAtHome(text, here)
  }

  /// The numbers of a party abroad, who may have one of this region that somebody typed as at home.
  ///
  /// What the party's own plan knows counts; where it is grouped as numbers are here, the reading at home is one
  /// more, which matches weakly. Where the party's plan only might know it, both readings do (R51). What can be
  /// nothing else is a number of this region without its country.
  private func asTypedAtHome(_ text: String, _ abroad: [PhoneNumber]) -> [PhoneNumber] {
    guard !text.utf8.contains(UInt8(ascii: "+")) else { return abroad }
    let isWhole = { (number: PhoneNumber) in
      number.kind == .complete && CountryNumber(number.key, region: region)?.isWhole == true
    }
    let known = Set(abroad.map(\.key))
    let home = numbers(inField: Self.withRanges(text), reader(nil)).filter {
      isWhole($0) && !known.contains($0.key)
    }
    guard !home.isEmpty else { return abroad }
    let weak = home.map { PhoneNumber(.fragment, String($0.key.dropFirst())) }
    if abroad.contains(where: isWhole) {
      let isGrouped = home.contains { Self.groups(display($0)) == Self.groups(text) }
      return isGrouped ? abroad + weak : abroad
    }
    return abroad.contains { $0.kind == .complete }
      ? weak : home.map { PhoneNumber(.national, $0.key) }
  }

  private static func groups(_ text: String) -> [Substring] {
    text.split { !("0"..."9").contains($0) }
  }

  private func numbers(inField text: String, _ reader: PlanReader) -> [PhoneNumber] {
    let field = PhoneField(text)
    var found: [PhoneNumber] = []
    var rest: [PhoneNumber] = []
    for run in field.runs {
      for number in numbers(in: run, reader) where !(found + rest).contains(number) {
        if number.kind == .complete || number.kind == .national || isOneOfSeveral(number) {
          found.append(number)
        } else {
          rest.append(number)
        }
      }
    }
    if field.isLabelled, !found.contains(where: { $0.kind == .complete }) {
      let whole = PhoneField(text, ignoringMarks: true).runs
        .flatMap { numbers(in: $0, reader) }.filter { $0.kind == .complete }
      if !whole.isEmpty { return whole }
    }
    let isExtensions = rest.allSatisfy { $0.kind == .extension && $0.key.utf8.count > 2 }
    if found.isEmpty, field.isLabelled, rest.count == 1 || isExtensions { return rest }
    return found
  }

  /// A reading among others that exclude it: the digits of a whole number, whose ends alone are compared.
  private func isOneOfSeveral(_ number: PhoneNumber) -> Bool {
    number.kind == .fragment && CountryNumber("+" + number.key, region: region)?.isWhole == true
  }

  /// The numbers in a run of digits and separators: the whole, or its parts between slashes, or the
  /// shortest stretches of groups that make complete numbers.
  private func numbers(in run: String, _ reader: PlanReader) -> [PhoneNumber] {
    guard !OtherDigits.isNone(run) else { return [] }
    if let several = endings(of: run, reader) ?? sideBySide(run, reader) { return several }
    let whole = reader.number(DialString(run))
    if let whole, whole.kind != .fragment { return [whole] }
    let parts = run.split(separator: "/")
    if parts.count > 1 {
      let parted = parts.flatMap { numbers(in: String($0), reader) }
      // Of a number with a slash behind its area code, which no plan reads here, the end is what counts.
      let isFragment = whole.map { (8...Self.longestFragment).contains($0.key.utf8.count) } ?? false
      let isOne = parted.allSatisfy { $0.kind == .extension || $0.kind == .fragment }
      guard let whole, isFragment, isOne, parted.contains(where: { $0.kind == .fragment }) else {
        return parted
      }
      return [whole]
    }

    let groups = run.split(separator: " ")
    var found: [PhoneNumber] = []
    var first = 0
    while first < groups.count {
      let stretch = complete(groups[first...], reader)
      if let stretch { found.append(stretch.number) }
      first += stretch?.groups ?? 1
    }
    guard found.isEmpty else { return found }
    if let both = glued(run, reader) { return both }
    // Nothing that long is the end of a number.
    return whole.map { $0.key.utf8.count > Self.longestFragment ? [] : [$0] } ?? []
  }

  /// The most digits of which only the end may be right: a German number with its trunk prefix has so many.
  private static let longestFragment = 13

  /// Two numbers without anything between them, if there is only one way to cut them:
  /// `03882021220639980011`.
  private func glued(_ run: String, _ reader: PlanReader) -> [PhoneNumber]? {
    let text = run.filter { ("0"..."9").contains($0) || $0 == "+" }
    guard DialString.digitCount(text) > 15 else { return nil }
    var cut: [PhoneNumber]?
    for index in text.indices where text[index] == "0" {
      let parts = [text[..<index], text[index...]].compactMap { part -> PhoneNumber? in
        guard part.first == "0" || part.first == "+" else { return nil }
        return reader.number(DialString(String(part)))
      }
      guard parts.count == 2, parts.allSatisfy({ $0.kind == .complete }) else { continue }
      guard cut == nil else { return nil }
      cut = parts
    }
    return cut
  }

  /// The shortest beginning of the groups that is a complete number with a plus or a leading zero.
  private func complete(
    _ groups: ArraySlice<Substring>, _ reader: PlanReader
  ) -> (number: PhoneNumber, groups: Int)? {
    guard let lead = groups.first?.first(where: { $0 != "(" }), lead == "+" || lead == "0" else {
      return nil
    }
    var text = ""
    for (count, group) in groups.enumerated() {
      text += group
      guard DialString.digitCount(text) <= PlanReader.longest else { return nil }
      if let number = reader.number(DialString(text)), number.kind == .complete {
        return (number, count + 1)
      }
    }
    return nil
  }
}
