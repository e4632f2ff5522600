internal import Telephony

/// Decides what a dial string means in one region.
///
/// The order of the readings is the heart of the module. A valid reading goes before one that is only
/// possible, within these limits:
///
/// 1. `+…`: international, nothing else is tried once it is possible.
/// 2. `1024`: at most `extensionDigits` digits are an extension, before the library sees them (it
///    reads 1024 as +331024).
/// 3. ` 33…`: a blank for a lost plus, when what it gives is valid.
/// 4. `0388202122`, `0033388202122`: as dialled in the region.
/// 5. `00388202122`, `9-0388202122`: the same behind an outside-line prefix. What follows the prefix
///    must stand by itself, with its trunk prefix where its country writes one.
/// 6. `388202122`: the trunk prefix was lost. Up to 10 digits this goes before a foreign number without its plus.
/// 7. `33388202122`: the plus was lost. Only when valid, or under the region's own country code, which with more digits
///    goes before 6.
/// 8. `00388202122`, `90388202122`: the same behind an outside-line prefix that nobody configured. Nobody said that
///    there is one: it counts as national.
///
///    Of 6 to 8 all that are valid must be one number, and with more than 10 digits they go before what is possible, or
///    anything in a plan of free lengths. What else gives two numbers is a fragment: nobody knows which.
/// 9. `118712`: a public short number, which like an extension is complete as it stands.
/// 10. Anything else is a fragment.
struct PlanReader {
  var region: String
  var outsidePrefix: String
  var extensionDigits: Int
  /// Whether a prefix that is not configured may stand before numbers: at the site itself, if none is.
  var assumesPrefix = false

  /// Longer strings are no numbers: 15 digits (E.164) behind an international, a carrier's and an
  /// outside-line prefix.
  static let longest = 24

  /// The number in the dial string, nil when nothing can be made of it.
  func number(_ dialled: DialString) -> PhoneNumber? {
    let keys = dialled.keys
    guard !keys.isEmpty, keys.utf8.count <= Self.longest else { return nil }
    guard keys.allSatisfy({ ("0"..."9").contains($0) }) else {
      return behindPrefix(keys) ?? beforeExtension(dialled) ?? code(keys)
    }
    if dialled.hasPlus {
      if let number = international(keys).flatMap(complete) { return number }
      if let number = behindOwnCountry(keys) { return number }
    }
    if keys.utf8.count <= extensionDigits {
      // A country's code alone is nobody's.
      let isCountry = dialled.hasPlus && Region.named(callingCode: keys) != nil
      return PhoneNumber(isCountry ? .fragment : .extension, keys)
    }
    if dialled.mayHaveLostPlus, let read = international(keys), read.fit == .valid {
      return complete(read)
    }
    return otherwise(dialled, asDialled(dialled).flatMap(settled))
  }

  /// What stands behind the own country's code and is no number of its plan: a public short number, or one with its
  /// country, before which some telephone systems put the code as before every other (`+333639`, `+330033199003161`);
  /// else the first digits of a number. Nil where the code says nothing: `+1` stands before any number of North America.
  private func behindOwnCountry(_ keys: String) -> PhoneNumber? {
    guard let own = Region.countryCode(region).map({ String($0) }), keys.hasPrefix(own) else {
      return nil
    }
    let rest = String(keys.dropFirst(own.utf8.count))
    if Region.isShortNumber(rest, in: region) { return PhoneNumber(.extension, rest) }
    guard own.utf8.count > 1 else { return nil }
    let read = asDialled(DialString(digits: rest)) ?? withoutPlus(rest)
    guard let read = read.flatMap(settled), read.fit == .valid else {
      return PhoneNumber(.fragment, keys)
    }
    return PhoneNumber(.national, read.e164)
  }

  /// The number in a dial string that does not stand by itself (``standing(_:)``).
  func incomplete(_ dialled: DialString) -> PhoneNumber? {
    let keys = dialled.keys
    guard keys.utf8.count > extensionDigits, keys.utf8.count <= Self.longest, !dialled.hasPlus,
      !dialled.mayHaveLostPlus, keys.allSatisfy({ ("0"..."9").contains($0) })
    else { return number(dialled) }
    return otherwise(dialled, nil)
  }

  /// The readings from 6 on, and before them the one as dialled.
  private func otherwise(_ dialled: DialString, _ read: CountryNumber?) -> PhoneNumber? {
    let keys = dialled.keys
    let bare = withoutPlus(keys)
    if let read, read.fit == .valid, bare?.fit != .valid || !isLoose(read) {
      return PhoneNumber(.complete, read.e164)
    }
    let isLong = keys.utf8.count > 10
    let home = read == nil ? withoutTrunkPrefix(keys) : nil
    let assumed = behindAssumedPrefix(keys)?.number
    let number = { (read: CountryNumber) in
      PhoneNumber(read.e164 == bare?.e164 ? .complete : .national, read.e164)
    }
    var valid = [home, bare, assumed].compactMap { $0 }.filter { $0.fit == .valid }
    if let home, let bare, home.fit == .valid, bare.fit == .valid,
      let weaker = weaker(home, bare, isLong: isLong)
    {
      valid.removeAll { $0.e164 == weaker.e164 }
    }
    if let first = valid.first {
      // `912125550123` is 9 and a number of New York, or one of India without its plus: nobody knows.
      let isOne = valid.allSatisfy { $0.e164 == first.e164 }
      let other = read ?? (home?.fit == .possible ? home : nil)
      let isLikely = other.map { !isLong || $0.origin == .international } ?? false
      return isOne && !isLikely ? number(first) : PhoneNumber(.fragment, keys)
    }
    if let read { return PhoneNumber(.complete, read.e164) }
    let possible = isLong ? [bare, home, assumed] : [home, bare, assumed]
    if let first = possible.compactMap({ $0 }).first { return number(first) }
    if Region.isShortNumber(keys, in: region) { return PhoneNumber(.extension, keys) }
    return PhoneNumber(.fragment, keys)
  }

  /// Which of the valid readings 6 and 7 the other goes before; nil: neither.
  private func weaker(
    _ home: CountryNumber, _ bare: CountryNumber, isLong: Bool
  ) -> CountryNumber? {
    if isLong { return isOwn(bare) || isLoose(home) ? home : nil }
    return isOwn(bare) ? nil : bare
  }

  private func isOwn(_ read: CountryNumber) -> Bool {
    read.countryCode == Region.countryCode(region)
  }

  /// Whether nearly any digits would be a number of its plan: one of a place, where lengths are free.
  private func isLoose(_ read: CountryNumber) -> Bool {
    // The library takes its time to say how long an area code is.
    read.origin == .national && Region.isOpen(countryCode: read.countryCode)
      && read.areaDigits != nil
  }

  /// The number that the dial string is by itself, as it is written with a plus or dialled in the region:
  /// nothing was lost of it, and it is no extension. Nil when there is none.
  func standing(_ dialled: DialString) -> CountryNumber? {
    let keys = dialled.keys
    guard !keys.isEmpty, keys.utf8.count <= Self.longest,
      keys.allSatisfy({ ("0"..."9").contains($0) })
    else { return nil }
    if dialled.hasPlus { return international(keys).flatMap(settled) }
    guard keys.utf8.count > extensionDigits else { return nil }
    return asDialled(dialled).flatMap(settled)
  }

  /// The number that the digits are but for the trunk prefix, if a range is assigned to it; nil where the region has
  /// no prefix.
  func withoutTrunk(_ keys: String) -> CountryNumber? {
    guard keys.utf8.count > extensionDigits, keys.utf8.count <= Self.longest,
      keys.allSatisfy({ ("0"..."9").contains($0) }), !Region.trunkPrefix(region).isEmpty,
      let read = read(keys), read.origin == .national, read.significant == keys, read.fit == .valid
    else { return nil }
    return read
  }

  /// Whether the digits are an address of the Internet and no number of the region.
  func isAddress(_ text: String) -> Bool {
    OtherDigits.isAddress(text) && standing(DialString(text))?.fit != .valid
  }

  /// The number behind a first 0 or 9, which the site may dial for an outside line and has not configured
  /// (reading 8); nil where there is none. One that is only possible counts where lengths are fixed.
  func behindAssumedPrefix(_ keys: String) -> (number: CountryNumber, prefix: String)? {
    guard assumesPrefix, let first = keys.first, first == "0" || first == "9",
      let read = dialable(String(keys.dropFirst())),
      read.fit == .valid || !Region.isOpen(countryCode: read.countryCode)
    else { return nil }
    return (read, String(first))
  }

  /// The complete number behind an outside-line prefix that is itself a code (`*9`).
  private func behindPrefix(_ keys: String) -> PhoneNumber? {
    guard !outsidePrefix.isEmpty, keys.hasPrefix(outsidePrefix) else { return nil }
    let rest = keys.dropFirst(outsidePrefix.count)
    guard rest.allSatisfy({ ("0"..."9").contains($0) }),
      let number = number(DialString(digits: String(rest))), number.kind == .complete
    else { return nil }
    return number
  }

  /// The number before a `*` or `#` and the caller's own extension: `0199003015*206`.
  private func beforeExtension(_ dialled: DialString) -> PhoneNumber? {
    var head = dialled
    head.keys = String(dialled.keys.prefix { ("0"..."9").contains($0) })
    guard let number = number(head), number.kind == .complete || number.kind == .national else {
      return nil
    }
    return number
  }

  /// A number with `*` or `#`: a feature code, unless it is a call prefix before a number
  /// (`#31#0388202122`, calling-line restriction; 3GPP TS 22.030).
  private func code(_ keys: String) -> PhoneNumber? {
    guard keys.first == "*" || keys.first == "#" else {
      return behindKey(keys) ?? PhoneNumber(.extension, keys)
    }
    var rest = keys.drop { $0 == "*" || $0 == "#" }
    let service = rest.prefix { ("0"..."9").contains($0) }
    guard (2...3).contains(service.count) else {
      return behindKey(keys) ?? PhoneNumber(.extension, keys)
    }
    rest = rest.dropFirst(service.count)
    let isClosed = rest.first == "#"
    if rest.first == "*" || isClosed { rest = rest.dropFirst() }
    guard !rest.isEmpty, rest.allSatisfy({ ("0"..."9").contains($0) }),
      let number = number(DialString(digits: String(rest))),
      number.kind == .complete || (isClosed && number.kind == .extension)
    else { return PhoneNumber(.extension, keys) }
    return number
  }

  /// The number behind the last star or hash, or behind a code of two digits that nothing sets off: `*0199003161`,
  /// `7193#0199003161`, `*310199003161`. No code of a telephone system is that long; nobody said that it is none, though:
  /// national.
  private func behindKey(_ keys: String) -> PhoneNumber? {
    guard let key = keys.lastIndex(where: { $0 == "*" || $0 == "#" }) else { return nil }
    let digits = keys[keys.index(after: key)...]
    for count in [0, 2] where digits.utf8.count - count > Self.longestCode {
      let rest = String(digits.dropFirst(count))
      let bare = count == 0 ? withoutPlus(rest) : nil
      if let read = standing(DialString(digits: rest)) ?? bare, read.fit == .valid {
        return PhoneNumber(.national, read.e164)
      }
    }
    return nil
  }

  /// The most digits of a code.
  private static let longestCode = 8

  /// What the library makes of the digits, under the country code that stands for them.
  private func read(_ digits: String) -> CountryNumber? {
    CountryNumber(digits, region: region).map(FrenchPlan.canonical)
  }

  private func international(_ digits: String) -> CountryNumber? { read("+" + digits) }

  /// The readings 4 and 5.
  private func asDialled(_ dialled: DialString) -> CountryNumber? {
    let whole = dialable(dialled.keys)
    if let whole, whole.fit == .valid, whole.origin == .national { return whole }
    var behindPrefix: CountryNumber?
    if !outsidePrefix.isEmpty, dialled.keys.hasPrefix(outsidePrefix) {
      behindPrefix = dialable(String(dialled.keys.dropFirst(outsidePrefix.count)))
    }
    if behindPrefix == nil { behindPrefix = dialled.afterSeparatedDigit.flatMap(dialable) }
    guard let whole else { return behindPrefix }
    guard let behindPrefix else { return whole }
    // `00388202122` is `0` and a national number here, and 00 and a very short foreign one there.
    // A call from the own country is likelier than one from a country of nine digits.
    if whole.origin == .international, behindPrefix.origin == .national,
      whole.e164.utf8.count <= "+352123456".utf8.count
    {
      return behindPrefix
    }
    return behindPrefix.fit > whole.fit ? behindPrefix : whole
  }

  /// The digits as the region dials them: with the international prefix, or nationally as the
  /// number's own country writes it.
  private func dialable(_ digits: String) -> CountryNumber? {
    guard let read = read(digits), read.fit != .none else { return nil }
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
    // Where numbers have any length, any digits would be one.
    guard read.fit == .valid || !isOpenWithTrunk(read) else { return false }
    return digits.utf8.elementsEqual(read.national.utf8.filter { (0x30...0x39).contains($0) })
  }

  private func isOpenWithTrunk(_ read: CountryNumber) -> Bool {
    Region.trunkPrefix(region).hasPrefix("0") && Region.isOpen(countryCode: read.countryCode)
  }

  /// The reading 6.
  private func withoutTrunkPrefix(_ digits: String) -> CountryNumber? {
    guard let read = read(digits), read.origin == .national, read.significant == digits,
      read.fit != .none, isWhole(read),
      read.fit == .valid || !isOpenWithTrunk(read)
    else { return nil }
    return read
  }

  /// The reading 7.
  private func withoutPlus(_ digits: String) -> CountryNumber? {
    guard digits.first != "0", let read = international(digits).flatMap(settled),
      read.fit == .valid || isOwn(read)
    else { return nil }
    return read
  }

  private func complete(_ read: CountryNumber) -> PhoneNumber? {
    settled(read).map { PhoneNumber(.complete, $0.e164) }
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
    return read.fit == .none || read.e164.utf8.count > "+123456789012345".utf8.count ? nil : read
  }
}
