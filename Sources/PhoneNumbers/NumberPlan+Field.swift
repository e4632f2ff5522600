internal import NumberForms
public import Telephony

/// A number of a phone field.
public struct FieldNumber: Hashable, Sendable {
  /// The number.
  public var number: PhoneNumber
  /// Whether the field says so; false: it can be read otherwise as well, and the number is no more than one of
  /// several readings.
  public var isCertain: Bool
  /// The beginning in E.164 that the direct numbers of the same company have (`+496990009` of `069/90009-0`),
  /// where the field shows it; nil elsewhere.
  public var exchange: String?

  /// A number of a field; see the properties.
  public init(_ number: PhoneNumber, isCertain: Bool = true, exchange: String? = nil) {
    self.number = number
    self.isCertain = isCertain
    self.exchange = exchange
  }
}

extension NumberPlan {
  /// The numbers that an ERP's phone field surely holds, in order, each once: none, one or several.
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
    reading(ofField: text, region: region).filter(\.isCertain).map(\.number)
  }

  /// All that an ERP's phone field may mean, each number once: what it surely holds, and the readings that
  /// exclude each other, of which none is certain.
  ///
  ///     069/90009-10/11                       DE: +49699000910 and …11
  ///     01 99 00 20 22 à 25                   four numbers
  ///     069/90009-0                           DE: +4969900090, of the exchange +496990009
  ///     030 1234/567                          DE: +49301234567 or +49301234: none certain
  ///     01 99 00 10 01                        DE, the plan's region FR: either country's, none certain
  ///     493023125012.0                        a spreadsheet's way (``SpreadsheetNumber``)
  ///
  /// A number that a foreign party has in the plan's own region may be written as at home there.
  public func reading(ofField text: String, region: String? = nil) -> [FieldNumber] {
    let bare = OtherDigits.withoutAddresses(text).drop(while: \.isWhitespace)
    let text = bare.lastIndex { !$0.isWhitespace }.map { String(bare[...$0]) } ?? ""
    guard !Sentinel.matches(text) else { return [] }
    switch SpreadsheetNumber(text) {
    case .rounded: return []
    case .whole(let digits):
      // `101,102,103` may be a list: the digits must be a number of their own.
      let whole = typed(digits, region: region)
      return whole.count == 1 && whole[0].number.kind != .fragment || !text.contains(",")
        ? whole : typed(text, region: region)
    case nil: return typed(text, region: region)
    }
  }

  /// Whether a label says of numbers that they are no longer right, or never were: `Ancien téléphone`, `Telefon
  /// alt`.
  public func isOld(label: String) -> Bool {
    label.split { !$0.isLetter && $0 != "'" }.contains {
      FieldWord(String($0), isGerman: FieldWord.isGerman(in: region)) == .old
    }
  }

  private func typed(_ text: String, region: String?) -> [FieldNumber] {
    let reader = reader(region)
    let content = FieldContent(text, FieldReader(reader: reader))
    if content.numbers.isEmpty, let keys = KeypadLetters.keys(text),
      let service = reader.service(spelled: keys)
    {
      return [FieldNumber(PhoneNumber(.complete, service.e164))]
    }
    // What has its country with it is not written as at home.
    guard reader.region != self.region, reader.region != Self.unknownRegion,
      !text.utf8.contains(UInt8(ascii: "+")), !content.hasExchange
    else { return content.numbers }
    let home = FieldReader(reader: self.reader(nil), isStrict: true)
    return content.numbers(orAtHome: FieldContent(text, home))
  }
}

/// What a field holds in one region.
private struct FieldContent {
  private var candidates: [FieldReader.Candidate] = []
  private var others: [FieldNumber] = []
  /// Whether the words in it are only labels of numbers, so that no digits are a part of an address.
  private let isLabelled: Bool

  init(_ text: String, _ reader: FieldReader) {
    let isGerman = FieldWord.isGerman(in: reader.reader.region)
    let field = PhoneField(text, isGerman: isGerman)
    isLabelled = field.isLabelled
    read(field.runs, reader)
    if field.isLabelled, candidates.isEmpty, field.hasMarks || field.isList,
      !others.contains(where: { $0.number.kind == .complete })
    {
      var whole = self
      (whole.candidates, whole.others) = ([], [])
      let runs = PhoneField(text, ignoringMarks: true, isGerman: isGerman).runs
      whole.read(runs, reader)
      let isFound =
        !whole.candidates.isEmpty || whole.others.contains { $0.number.kind == .complete }
      if isFound, field.hasMarks || whole.isGroupedAsAtHome(runs) {
        candidates = whole.candidates
        // Whose country nobody wrote may be something else that was put together: `48.8583, 2.2944`.
        others = whole.others.filter { $0.number.kind == .complete }.map {
          FieldNumber($0.number, isCertain: $0.isCertain && text.contains("+"))
        }
      }
    }
    readAbroad(text, reader)
    // Extensions and fragments stand alone.
    let isFound = { (found: FieldNumber) in
      found.number.kind == .complete || found.number.kind == .national
    }
    let rest = others.filter { !isFound($0) }
    others.removeAll { !isFound($0) }
    let isExtensions = rest.allSatisfy {
      $0.number.kind == .extension && $0.number.key.utf8.count > 2
    }
    if candidates.isEmpty, others.isEmpty, field.isLabelled,
      rest.count == 1 || isExtensions
        || (!reader.knowsCountry && rest.allSatisfy { $0.number.tail != nil })
    {
      others = rest
    }
  }

  /// Whether all is one number of three groups or more, as its plan groups them: `212;555;0123`, and no list of
  /// extensions.
  private func isGroupedAsAtHome(_ runs: [PhoneField.Run]) -> Bool {
    guard runs.count == 1, candidates.count == 1, others.isEmpty else { return false }
    let groups = FieldGroup.groups(of: runs[0].text)
    return groups.count > 2 && candidates[0].read.isGrouped(as: groups)
  }

  /// Beside a number with its country, one without may be of that country or of here: `+32 2 123 45 67 / 0475 12
  /// 34 56`. What both assign is certain of neither, unless it is grouped as here.
  private mutating func readAbroad(_ text: String, _ reader: FieldReader) {
    guard let abroad = candidates.first(where: { $0.read.origin == .international })?.read,
      let home = Region.countryCode(reader.reader.region), abroad.countryCode != home,
      let region = Region.named(callingCode: String(abroad.countryCode))
    else { return }
    let trunk = Region.trunkPrefix(reader.reader.region)
    let blanked = String(text.map { ".-/".contains($0) ? " " : $0 })
    for index in candidates.indices
    where candidates[index].isNational && candidates[index].read.countryCode == home {
      guard
        let other = CountryNumber(trunk + candidates[index].read.significant, region: region),
        other.fit == .valid, other.countryCode == abroad.countryCode,
        !blanked.contains(candidates[index].read.national)
      else { continue }
      candidates[index].isCertain = false
      if !candidates.contains(where: { $0.read.e164 == other.e164 }) {
        candidates.append(FieldReader.Candidate(other, isCertain: false, isNational: true))
      }
    }
  }

  /// Whether a hyphen shows an exchange, which is the writing of open plans.
  var hasExchange: Bool { candidates.contains { $0.exchange != nil } }

  private mutating func read(_ runs: [PhoneField.Run], _ reader: FieldReader) {
    var former: NumberEndings?
    for run in runs where !OtherDigits.isNone(run.text) && !reader.reader.isAddress(run.text) {
      let reading = reader.read(run.text, behind: former)
      former = reading.base ?? former
      for var new in reading.candidates {
        let isOther = run.isNamed && isPerhapsOther(run, new.read, reader.reader.region)
        let isDoubtful =
          run.isDoubtful || isOther || isPerhapsDate(run, new.read)
          || OtherDigits.isPerhapsVAT(run, new.read, reader.reader.region)
        if isDoubtful { (new.isCertain, new.exchange) = (false, nil) }
        guard let known = candidates.firstIndex(where: { $0.read.e164 == new.read.e164 }) else {
          candidates.append(new)
          continue
        }
        candidates[known].isCertain = candidates[known].isCertain || new.isCertain
        candidates[known].exchange = candidates[known].exchange ?? new.exchange
      }
      for other in reading.others where !others.contains(where: { $0.number == other }) {
        let isDoubtful =
          run.isDoubtful || OtherDigits.isPerhapsVAT(run, nil, reader.reader.region)
        others.append(FieldNumber(other, isCertain: !isDoubtful))
      }
    }
  }

  /// Whether the digits may be dates: where any of them would be a number, and not where ranges are assigned.
  private func isPerhapsDate(_ run: PhoneField.Run, _ read: CountryNumber) -> Bool {
    OtherDigits.dates(run.text) > 0
      && (read.fit != .valid || Region.isOpen(countryCode: read.countryCode))
  }

  /// Whether the digits may be what a word says that nobody knows: no range is assigned to them, and nothing is
  /// written before them that belongs to a telephone number. Where lengths are open, ranges say little.
  private func isPerhapsOther(
    _ run: PhoneField.Run, _ read: CountryNumber, _ region: String
  ) -> Bool {
    let trunk = Region.trunkPrefix(region)
    return read.fit != .valid && read.origin != .international
      && !Region.isOpen(countryCode: read.countryCode)
      && (trunk.isEmpty || !run.text.drop { $0 == "(" }.hasPrefix(trunk))
  }

  /// The numbers; what stands by itself before what has lost something, and so may be a part of an address where words
  /// stand beside.
  var numbers: [FieldNumber] {
    candidates.map {
      FieldNumber(
        PhoneNumber($0.isWithoutTrunk ? .national : .complete, $0.read.e164),
        isCertain: $0.isCertain, exchange: $0.exchange)
    }
      + others.filter { other in !candidates.contains { $0.read.e164 == other.number.key } }
      .map {
        FieldNumber(
          $0.number,
          isCertain: $0.isCertain
            && (candidates.isEmpty || isLabelled || $0.number.kind != .national))
      }
  }

  private static let monaco = 377

  /// The numbers of a foreign party, and those that the field would hold at home.
  ///
  /// What the party's country assigns is certain, but for mobile numbers in Monaco, where those of France are as usual
  /// and written alike. What fits it no better than home is neither; and where it
  /// fits home only, nobody said that it is not of there: national.
  func numbers(orAtHome home: FieldContent) -> [FieldNumber] {
    let homeCandidates = home.candidates.filter { candidate in
      candidate.isNational && candidate.isCertain
        && candidate.read.fit == .valid
        && !candidates.contains { $0.read.e164 == candidate.read.e164 }
    }
    let isFound =
      !candidates.isEmpty || others.contains { [.complete, .national].contains($0.number.kind) }
    let isAlike = { (read: CountryNumber) in
      read.countryCode == Self.monaco
        && homeCandidates.contains { $0.read.significant == read.significant }
    }
    // What makes several numbers there and one of them here was not written as here.
    guard !homeCandidates.isEmpty,
      !isFound || home.candidates.count == candidates.count
        || candidates.contains(where: { isAlike($0.read) })
    else { return numbers }
    guard isFound else {
      return homeCandidates.map { FieldNumber(PhoneNumber(.national, $0.read.e164)) }
    }
    var both = self
    for index in both.candidates.indices
    where both.candidates[index].isNational
      && (both.candidates[index].read.fit != .valid || isAlike(both.candidates[index].read))
    {
      both.candidates[index].isCertain = false
    }
    return both.numbers
      + homeCandidates.map { FieldNumber(PhoneNumber(.complete, $0.read.e164), isCertain: false) }
  }
}
