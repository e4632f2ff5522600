internal import NumberForms
public import Telephony

extension NumberPlan {
  /// What is dialled to reach the number from a telephone of this site (R33); nil when it cannot be.
  ///
  /// Region FR, outside prefix 0:
  ///
  ///     +33388202122     0 0388202122        the own country: as it is dialled at home
  ///     +262262123456    0 0262123456        the French plan is one
  ///     +4930123456      0 004930123456      abroad: the region's international prefix
  ///     1024, *97        1024, *97           extensions and codes: as they are
  ///     118712           0 118712            longer than an extension: a public short number
  ///
  /// Where the region has no single international prefix (Brazil), a number abroad is dialled with its
  /// plus, and without the outside prefix.
  public func dialled(_ number: PhoneNumber) -> DialledNumber? {
    switch number.kind {
    case .complete, .national:
      guard let read = CountryNumber(number.key, region: region) else { return nil }
      let keys = DialString(homeText(read) ?? read.dialled(from: region))
      return keys.hasPlus
        ? DialledNumber("+" + keys.keys, e164: number.key)
        : DialledNumber(keys.keys, behind: outsidePrefix, e164: number.key)
    case .extension, .fragment:
      let isExternal =
        DialString.digitCount(number.key) == number.key.utf8.count
        && number.key.utf8.count > extensionDigits
      return DialledNumber(number.key, behind: isExternal ? outsidePrefix : "")
    }
  }

  /// What is dialled for a number that somebody typed, in any spelling; nil when it is none.
  ///
  /// With `*` or `#` it is a code, and dialled exactly as it was typed.
  public func dialled(typed text: String) -> DialledNumber? {
    // Only an address (`tel:…`, `sip:…`) has anything behind or around its number.
    guard text.contains(":") || !text.contains(where: { ";?@<>%".contains($0) }) else { return nil }
    let form = NumberForm(text)
    guard case .digits(let digits) = form.content, !form.wantsPopup, !form.isAmongWords else {
      return nil
    }
    let typed = DialString(digits)
    if typed.keys.contains(where: { $0 == "*" || $0 == "#" }) {
      return typed.hasPlus ? nil : DialledNumber(typed.keys)
    }
    return number(form, digits).flatMap { dialled($0) }
  }
}
