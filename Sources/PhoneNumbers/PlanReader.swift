internal import Telephony

/// Decides what a dial string means in one region, in this order:
///
/// 1. `*…`, `#…`, `…*…`: a code, or a number behind or before one.
/// 2. `+…`: international, nothing else is tried once a range is assigned to it.
/// 3. `1024`: at most `extensionDigits` digits are an extension, before the library sees them (it reads +331024).
/// 4. ` 33…`: a blank for a lost plus, when what it gives is valid.
/// 5. Other digits may be several numbers (``Reading``), for some of them may have been lost on their way, or added.
///    The likeliest is meant; if two are equally likely nobody knows, and the digits are a fragment.
/// 6. `118712`: a public short number, which like an extension is complete as it stands.
/// 7. Anything else is a fragment.
struct PlanReader {
  var region: String
  var outsidePrefix: String
  var extensionDigits: Int
  /// Whether a prefix that is not configured may stand before numbers: at the site itself, if none is.
  var assumesPrefix = false

  /// Longer strings are no numbers: 15 digits (E.164) behind an international, a carrier's and an outside-line prefix.
  static let longest = 24

  /// The number in the dial string, nil when nothing can be made of it.
  func number(_ dialled: DialString) -> PhoneNumber? {
    let keys = dialled.keys
    guard !keys.isEmpty, keys.utf8.count <= Self.longest else { return nil }
    guard dialled.isDigits else { return withCode(dialled) }
    let hasPlus = saysCountry(dialled)
    if hasPlus, let number = behindPlus(keys) { return number }
    if keys.utf8.count <= extensionDigits {
      // A country's code alone is nobody's.
      let isCountry = hasPlus && Region.named(callingCode: keys) != nil
      return PhoneNumber(isCountry ? .fragment : .extension, keys)
    }
    if dialled.mayHaveLostPlus, let read = international(keys), read.fit == .valid {
      return PhoneNumber(.complete, read.e164)
    }
    let number = likeliest(dialled)
    // A plus says that the country is written, and none is.
    let isBare = hasPlus && keys.first != "0" && number?.kind == .complete
    return isBare ? number.map { PhoneNumber(.national, $0.key) } : number
  }

  /// The number that the dial string is by itself, as it is written with a plus or dialled in the region:
  /// nothing was lost of it, and it is no extension. Nil when there is none.
  func standing(_ dialled: DialString) -> CountryNumber? {
    let keys = dialled.keys
    guard dialled.isDigits, keys.utf8.count <= Self.longest else { return nil }
    if saysCountry(dialled) { return international(keys) }
    guard keys.utf8.count > extensionDigits, let read = asDialled(dialled) else { return nil }
    return abroad(dialled, ratherThan: read) == nil ? read : nil
  }

  /// Whether a plus stands before a country's code, and not before what is dialled at home: `+8 (495) …` in Russia.
  private func saysCountry(_ dialled: DialString) -> Bool {
    let isOurs = dialled.keys.first == "8" && Region.trunkPrefix(region) == "8"
    return dialled.hasPlus && !(isOurs && dialled.groups[0] == "+8")
  }

  /// The number to which only the plus is lacking, where the region's is less likely: one that nearly any digits would be
  /// (`33199003161` in Luxembourg), or that does not begin with the code that stands apart (`90 212 …` in Brazil).
  private func abroad(_ dialled: DialString, ratherThan home: CountryNumber) -> CountryNumber? {
    guard home.origin != .international, dialled.keys.first != "0" else { return nil }
    let groups = dialled.groups
    let isUnsure =
      dialled.keys.utf8.count > Self.longestNational && (home.fit != .valid || isLoose(home))
    guard groups.count > 1 || isUnsure,
      isUnsure || (groups[0].utf8.count < 4 && Region.named(callingCode: groups[0]) != nil),
      let abroad = withoutPlus(dialled), abroad.fit == .valid, !isOwn(abroad)
    else { return nil }
    if isUnsure { return abroad }
    guard groups[0].utf8.count != groups[1].utf8.count else { return nil }
    if groups == abroad.groups, groups != home.groupsAtHome { return abroad }
    let first = [FieldGroup.groups(of: home.national).first?.keys, home.groups.dropFirst().first]
    return first.contains(groups[0]) ? nil : abroad
  }

  /// Whether the digits are an address of the Internet and no number of the region, nor grouped as one.
  func isAddress(_ text: String) -> Bool {
    guard OtherDigits.isAddress(text) else { return false }
    guard let read = standing(DialString(text)) else { return true }
    return read.fit != .valid && !read.isGrouped(as: FieldGroup.groups(of: text))
  }

  // MARK: - Digits without a plus

  /// One of the numbers that digits without a plus may be, and how likely it is that they are meant so [steps]: the fewer
  /// digits would be a number in this way, the likelier.
  private typealias Reading = (number: CountryNumber, rank: Int, saysCountry: Bool)

  private func likeliest(_ dialled: DialString) -> PhoneNumber? {
    let keys = dialled.keys
    let whole = asDialled(dialled)
    if let whole, whole.fit == .valid, !isLoose(whole) {
      return PhoneNumber(.complete, (abroad(dialled, ratherThan: whole) ?? whole).e164)
    }
    var readings: [Reading] = []
    func add(_ number: CountryNumber?, valid: Int, possible: Int, saysCountry: Bool = false) {
      guard let number else { return }
      readings.append((number, number.fit == .valid ? valid : possible, saysCountry))
    }
    let isLong = keys.utf8.count > Self.longestNational
    // `0388202122`, `0033388202122`, or without its trunk prefix: of no range, it may be of another country.
    let home = whole ?? withoutTrunk(keys).flatMap(settled)
    let isAbroad = whole?.origin == .international
    let ofAny = home.map(isLoose) ?? false ? (isLong ? 2 : 3) : nil
    add(
      home, valid: ofAny ?? (whole == nil ? 4 : 5), possible: isAbroad ? 3 : 1,
      saysCountry: isAbroad || whole?.fit == .valid)
    // `33388202122`: without its plus.
    let bare = withoutPlus(dialled, beside: home)
    let own = bare.map(isOwn) ?? false ? 2 : 0
    add(bare, valid: (isLong ? 4 : 2) + own, possible: -1, saysCountry: true)
    // `90388202122`: behind a prefix for an outside line that nobody spoke of.
    add(behindAssumedPrefix(keys).flatMap { settled($0.number) }, valid: 3, possible: -3)
    // A step more or less says nothing.
    let least = (readings.map(\.rank).max() ?? 0) - 1
    readings.removeAll { $0.rank < least }
    guard let first = readings.first?.number, !lacksZero(first) || readings.count > 1 else {
      return PhoneNumber(Region.isShortNumber(keys, in: region) ? .extension : .fragment, keys)
    }
    let number = first.e164
    guard readings.allSatisfy({ $0.number.e164 == number }) else {
      return PhoneNumber(.fragment, keys)
    }
    return PhoneNumber(readings.contains { $0.saysCountry } ? .complete : .national, number)
  }

  /// The most digits of most countries' numbers; with more, the country's code is likelier among them.
  private static let longestNational = 10

  func isOwn(_ read: CountryNumber) -> Bool {
    read.countryCode == Region.countryCode(region)
  }

  /// Whether nearly any digits would be a number of its plan: one of a place, where lengths are free.
  func isLoose(_ read: CountryNumber) -> Bool {
    // The library takes its time to say how long an area code is.
    read.origin == .national && Region.isOpen(countryCode: read.countryCode)
      && read.areaDigits != nil
  }

  /// The number to which only the plus is lacking.
  func withoutPlus(_ digits: String) -> CountryNumber? {
    guard digits.first != "0", let read = international(digits), read.fit == .valid || isOwn(read)
    else { return nil }
    return read
  }

  /// The number to which only the plus is lacking. Who parts it writes its country's code by itself, or groups it as there:
  /// `324 333 3830` is no number of Belgium. An area of home it is rather: `9876/11223344` in Germany.
  private func withoutPlus(
    _ dialled: DialString, beside home: CountryNumber? = nil
  ) -> CountryNumber? {
    guard let read = withoutPlus(dialled.keys) else { return nil }
    let groups = dialled.groups
    guard groups.count > 1, groups[0] != "\(read.countryCode)", !isOwn(read) else { return read }
    let own = read.groups
    let isMany = dialled.keys.utf8.count > Self.longestNational
    guard groups[0] == own.prefix(2).joined(), isMany || groups.dropFirst() == own.dropFirst(2)
    else { return nil }
    return home.flatMap(\.areaDigits) == groups[0].utf8.count ? nil : read
  }

  /// The number to which only the trunk prefix is lacking.
  func withoutTrunk(_ digits: String) -> CountryNumber? {
    guard let read = read(digits), read.origin == .national, read.significant == digits,
      read.fit != .none, isWhole(read)
    else { return nil }
    return read.fit == .valid || !isOfAny(read) || lacksZero(read) ? read : nil
  }

  /// Whether numbers have any length, and any digits would be one, where a zero is written before them: that of the trunk,
  /// or Italy's own.
  private func isOfAny(_ read: CountryNumber) -> Bool {
    Region.isOpen(countryCode: read.countryCode)
      && (Region.trunkPrefix(region).hasPrefix("0") || lacksZero(read))
  }

  /// Whether it is a number of Italy only if its zero was lost, which all have but those of mobiles and services.
  private func lacksZero(_ read: CountryNumber) -> Bool {
    read.countryCode == Self.italy && read.origin == .national && read.fit != .valid
      && !"03".contains(read.significant.first ?? "0")
  }

  private static let italy = 39

  /// The number of a service, part of which is a word, where that is usual; nil elsewhere. More letters than it has digits
  /// are not dialled.
  func service(spelled keys: String) -> CountryNumber? {
    guard Region.countryCode(region) == Self.northAmerica else { return nil }
    let bare = keys.drop { $0 == "+" }
    let own = (bare.hasPrefix("1") ? bare.dropFirst() : bare).prefix(10)
    guard let read = standing(DialString(String(own))), read.fit == .valid,
      read.subscriber(under: read.countryCode) == nil
    else { return nil }
    return read
  }

  private static let northAmerica = 1

  /// The number behind a first 0 or 9, which the site may dial for an outside line and has not configured;
  /// nil where there is none. One that is only possible counts where lengths are fixed.
  func behindAssumedPrefix(_ keys: String) -> (number: CountryNumber, prefix: String)? {
    guard assumesPrefix, let first = keys.first, first == "0" || first == "9",
      let read = dialable(String(keys.dropFirst())),
      read.fit == .valid || !Region.isOpen(countryCode: read.countryCode)
    else { return nil }
    return (read, String(first))
  }

  // MARK: - As it is dialled

  /// The number that is dialled so, perhaps behind an outside-line prefix. What follows the prefix must stand by
  /// itself, with its trunk prefix where its country writes one.
  func asDialled(_ dialled: DialString) -> CountryNumber? {
    let separated = dialled.afterSeparatedDigit.flatMap(dialable)
    if let separated, separated.fit == .valid { return settled(separated) }
    let whole = dialable(dialled.keys)
    if let whole, whole.fit == .valid, whole.origin == .national { return settled(whole) }
    var behindPrefix: CountryNumber?
    if !outsidePrefix.isEmpty, dialled.keys.hasPrefix(outsidePrefix) {
      behindPrefix = dialable(String(dialled.keys.dropFirst(outsidePrefix.count)))
    }
    behindPrefix = behindPrefix ?? separated
    guard let whole, let behindPrefix else { return (whole ?? behindPrefix).flatMap(settled) }
    // `00388202122` is `0` and a national number here, and 00 and a very short foreign one there.
    // A call from the own country is likelier than one from a country of nine digits.
    let isShort =
      whole.origin == .international && behindPrefix.origin == .national
      && whole.e164.utf8.count <= "+352123456".utf8.count
    return settled(isShort || behindPrefix.fit > whole.fit ? behindPrefix : whole)
  }

  /// The digits as the region dials them, or behind the two zeros that most of the world dials for a plus, and writes
  /// where they are not dialled, or a carrier's code follows them; or behind one, or what others dial to get here, before
  /// the country's own code: `0919876543210` in India, `011 44 20 …` in Britain.
  private func dialable(_ digits: String) -> CountryNumber? {
    let own = dialableHere(digits)
    if own?.fit != .valid, let read = behindRestriction(digits) { return read }
    guard let written = writtenAbroad(digits) else { return own }
    // `0011` and a country's code is no number of North America, whose prefix the library takes off.
    let isWhole = isOwn(written) || digits == "00" + written.e164.dropFirst()
    return own?.fit != .valid || (own?.origin == .international && isWhole) ? written : own
  }

  /// The number behind what is dialled to hide the own one from the other side, or to show it: `141 020 7946 0012`.
  private func behindRestriction(_ digits: String) -> CountryNumber? {
    for prefix in Self.restrictions[region] ?? [] where digits.hasPrefix(prefix) {
      let read = dialableHere(String(digits.dropFirst(prefix.utf8.count)))
      if let read, read.fit == .valid { return read }
    }
    return nil
  }

  /// Those that the library does not take off (Australia's it does), and that are no codes with a star or a hash.
  private static let restrictions: [String: [String]] = [
    "ES": ["067"], "GB": ["141", "1470"], "IE": ["141", "142"], "JP": ["184", "186"],
    "NZ": ["0196", "0197"],
  ]

  private func writtenAbroad(_ digits: String) -> CountryNumber? {
    guard digits.first == "0", digits.utf8.count > Self.shortestAbroad else { return nil }
    for prefix in Self.prefixesAbroad where digits.hasPrefix(prefix) {
      let (rest, isAny) = (digits.dropFirst(prefix.utf8.count), prefix == "00")
      guard isAny || Region.countryCode(region).map({ rest.hasPrefix("\($0)") }) == true,
        let written = international(String(rest)), written.fit == .valid, isAny || isOwn(written)
      else { continue }
      return written
    }
    return nil
  }

  /// What is written before a country's code: dialled in most of the world, North America, Australia, Japan, and nowhere.
  private static let prefixesAbroad = ["00", "011", "0011", "010", "0"]

  /// No number with its country and zeros before it has as few digits.
  private static let shortestAbroad = 8

  /// The digits with the region's international prefix, or nationally as the number's own country writes it.
  private func dialableHere(_ digits: String) -> CountryNumber? {
    guard let read = read(digits).flatMap(settled) else { return nil }
    switch read.origin {
    case .international: return read
    case .bare: return digits == Region.trunkPrefix(region) + read.significant ? read : nil
    case .national: return isWhole(read) && isWritten(read, digits) ? read : nil
    }
  }

  /// False when the trunk prefix was taken for a digit of the number to bring it to a possible
  /// length: `038820212` is a number that lacks a digit.
  private func isWhole(_ read: CountryNumber) -> Bool {
    guard read.fit == .possible else { return true }
    let trunk = Region.trunkPrefix(region)
    return trunk.isEmpty || !read.significant.hasPrefix(trunk)
  }

  /// Whether nothing is missing from `digits`: a region with a trunk prefix writes it.
  private func isWritten(_ read: CountryNumber, _ digits: String) -> Bool {
    if digits != read.significant { return true }
    guard read.fit == .valid || !isOfAny(read) else { return false }
    return digits.utf8.elementsEqual(read.national.utf8.filter { (0x30...0x39).contains($0) })
  }

  // MARK: - By the library

  /// The number of these digits behind a plus. No country's code begins with a zero: `+0033199003161` says it twice.
  func international(_ digits: String) -> CountryNumber? {
    if digits.hasPrefix("00"),
      let read = read("+" + digits.drop { $0 == "0" }).flatMap(settled), read.fit == .valid
    {
      return read
    }
    return read("+" + digits).flatMap(settled)
  }

  /// What the library makes of the digits, under the country code that stands for them.
  private func read(_ digits: String) -> CountryNumber? {
    CountryNumber(digits, region: region).map(FrenchPlan.canonical)
  }

  /// The number under a key that reads back as itself; nil when it is too short, or too long (15 digits:
  /// ITU-T E.164, 6; the library takes longer ones for German).
  ///
  /// Of a number that fits no range the library cannot tell which zeros belong to it, and takes one
  /// off each time that it reads it in a plan of variable length (`+49 00…`). All trunk prefixes
  /// of the world begin with 0, 1 or 8.
  private func settled(_ read: CountryNumber) -> CountryNumber? {
    var read = read
    while read.fit == .possible, let first = read.significant.first, "018".contains(first) {
      guard let again = self.read(read.e164) else { return nil }
      if again.e164 == read.e164 { break }
      read = again
    }
    // A zero that is not dialled there, or not any more: `+34 (0) 91 …`, `+48 022 …`.
    if read.fit != .valid, read.significant.first == "0",
      read.origin == .international
        ? read.countryCode != Self.italy : !Region.isOpen(countryCode: read.countryCode),
      let without = self.read("+\(read.countryCode)\(read.significant.dropFirst())"),
      without.fit == .valid
    {
      read = without
    }
    return read.fit == .none || read.e164.utf8.count > "+123456789012345".utf8.count ? nil : read
  }
}
