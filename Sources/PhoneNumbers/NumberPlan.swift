internal import NumberForms
public import Telephony
import TextForms

/// How one site's telephones write numbers, and the normal form of what they write (R42).
///
/// Numbers of the outside world are E.164, extensions and feature codes their own keys; both sides of
/// a comparison, what calls and what is stored, pass through the same plan.
public struct NumberPlan: Sendable, Hashable {
  /// The region in which national numbers are read (ISO 3166, two capitals).
  public let region: String
  /// The digits that are dialled to get an outside line, and may stand before incoming numbers
  /// (R33); empty when there are none.
  public let outsidePrefix: String
  /// The longest extension [digits].
  public let extensionDigits: Int

  /// A plan; a region in any case (`UK` is `GB`), a prefix of which only digits, `*` and `#` count.
  public init(region: String = "FR", outsidePrefix: String = "", extensionDigits: Int = 5) {
    self.region = Self.canonical(region: region)
    self.outsidePrefix = outsidePrefix.filter { "0123456789*#".contains($0) }
    self.extensionDigits = extensionDigits
  }

  /// Whether national numbers can be read in this region (ISO 3166, in any case).
  public static func knows(region: String) -> Bool {
    Region.countryCode(canonical(region: region)) != nil
  }

  /// Loads the numbering plans of the library, which costs the first number 4 to 5 ms otherwise.
  public static func warmUp() {
    let plan = NumberPlan()
    _ = plan.number("0199000000").map(plan.display)
    _ = plan.number("0262000000")
  }

  /// Who calls, from what telephony passed as the number; `name` goes before a name in `raw`.
  public func caller(_ raw: String, name: String? = nil) -> Caller {
    let form = NumberForm(raw, name: name)
    var caller = Caller(identity: .withheld, name: form.name)
    func show(_ text: String) {
      let text = PlainText.cleaned(text, limit: Self.longestText)
      (caller.identity, caller.text) = (.text(text), text)
    }
    switch form.content {
    case .withheld: break
    case .unreplaced(let keyword): caller.identity = .unreplaced(keyword: keyword)
    case .text(let text): show(text)
    case .digits(let digits):
      caller.receivedDigits = DialString.digitCount(digits)
      if let number = one(form, digits) {
        caller.identity = .number(number)
        caller.text = display(number)
        caller.assumedPrefix = assumedPrefix(of: digits, readAs: number)
      } else {
        show(digits)
      }
    }
    return caller
  }

  /// The number of a caller; nil where several are, or none.
  ///
  /// What is no number as dialled is read as it is typed, like a field: `0199003161/12` is a number and
  /// something else, `0199003161 0199003162` two, and no end of the digits of both says who calls.
  private func one(_ form: NumberForm, _ digits: String) -> PhoneNumber? {
    let digits = Self.once(digits)
    guard !reader(nil).isAddress(digits) else { return nil }
    let isLong = DialString.digitCount(digits) > Self.mostDigits
    let number = number(form, digits)
    guard isLong || number?.kind == .fragment, !form.isLocal else { return number }
    let typed = numbers(inField: digits).filter { $0.kind == .complete || $0.kind == .national }
    if let first = typed.first, typed.count == 1, isApart(first, in: digits) { return first }
    return typed.count < 2 && !isLong ? number : nil
  }

  /// The digits without their second half, when it is the first again: nothing else has so many digits twice.
  private static func once(_ digits: String) -> String {
    let half = digits.utf8.count / 2
    guard half >= shortestTwice, digits.utf8.count == 2 * half,
      digits.hasSuffix(digits.prefix(half)), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return digits }
    return String(digits.prefix(half))
  }

  private static let shortestTwice = 9

  /// Whether the digits begin with the number, and something else than what is in it sets off the rest; or end with it,
  /// behind a line or a count: `(2) 0199003161`.
  private func isApart(_ number: PhoneNumber, in digits: String) -> Bool {
    let groups = FieldGroup.groups(of: digits)[...]
    if let first = groups.first, first.keys.utf8.count < 3,
      reader(nil).standing(DialString(groups.dropFirst().text))?.e164 == number.key
    {
      return true
    }
    return groups.indices.dropFirst().contains { index in
      let head = groups[..<index]
      return !head.dropFirst().contains { $0.before == groups[index].before }
        && reader(nil).standing(DialString(head.text))?.e164 == number.key
    }
  }

  /// The most digits of one number, with what is dialled before it to reach another country.
  private static let mostDigits = 18

  /// The one number that a person typed or an ERP's field holds; nil when there is none or when
  /// there are several. `region` is the party's own, nil: the plan's.
  public func number(_ text: String, region: String? = nil) -> PhoneNumber? {
    let found = reading(ofField: text, region: region)
    guard found.isEmpty else {
      let certain = found.filter(\.isCertain)
      return certain.count == 1 ? certain[0].number : nil
    }
    return number(address: text, region: region)
  }

  /// The number in an address: `tel:+33-3-88-20-21-22;ext=12`, `sip:1024@pbx`; nil when there is none.
  public func number(address: String, region: String? = nil) -> PhoneNumber? {
    let form = NumberForm(address)
    guard case .digits(let digits) = form.content else { return nil }
    return number(form, digits, region: region)
  }

  /// The longest text of a caller that is no number [characters].
  private static let longestText = 40

  func number(_ form: NumberForm, _ digits: String, region: String? = nil) -> PhoneNumber? {
    let dialled = DialString(Self.withoutFraction(digits))
    if form.isLocal {
      // Dialled in a private plan or by a mobile network's subscriber: what no public plan reads is an
      // extension there, but for what is too long to be one.
      let number = reader(region).number(dialled)
      guard let number, number.kind == .fragment, number.tail == nil else { return number }
      return PhoneNumber(.extension, number.key)
    }
    if let country = form.countryContext,
      let number = reader(region).number(DialString(country + dialled.keys)),
      number.kind == .complete
    {
      return number
    }
    return reader(region).number(dialled)
  }

  /// Without the `.0` that a spreadsheet, or a program that keeps numbers as it does, puts behind one.
  private static func withoutFraction(_ digits: String) -> String {
    for fraction in [".0", ".00"] where digits.hasSuffix(fraction) {
      let whole = digits.dropLast(fraction.utf8.count)
      if whole.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }) { return String(whole) }
    }
    return digits
  }

  /// The region of who is in some country that nobody could make out: numbers without their country are
  /// incomplete there (ISO 3166 leaves the code to its users).
  public static let unknownRegion = "ZZ"

  /// The reader for numbers of this region; an outside-line prefix belongs to the site's own only.
  func reader(_ region: String?) -> PlanReader {
    let other = region.map(Self.canonical).flatMap {
      $0 == Self.unknownRegion || Region.countryCode($0) != nil ? $0 : nil
    }
    let isHome = other == nil || other == self.region
    return PlanReader(
      region: other ?? self.region, outsidePrefix: isHome ? outsidePrefix : "",
      extensionDigits: extensionDigits, assumesPrefix: isHome && outsidePrefix.isEmpty)
  }

  /// The digit that stands before the number as an outside-line prefix would, when that is the only way to
  /// read it and no prefix is configured; nil for every other number.
  func assumedPrefix(of digits: String, readAs number: PhoneNumber) -> String? {
    guard number.kind == .national,
      let assumed = reader(nil).behindAssumedPrefix(DialString(digits).keys),
      assumed.number.e164 == number.key
    else { return nil }
    return assumed.prefix
  }

  private static func canonical(region: String) -> String {
    if region == "FR" { return region }
    let code = region.filter { !$0.isWhitespace }.uppercased()
    return code == "UK" ? "GB" : code
  }
}
