public import Telephony

extension NumberPlan {
  /// The number as an operator of this site reads it: `03 88 20 21 22` at home, `+49 30 123456` of
  /// elsewhere, extensions and fragments as they are.
  public func display(_ number: PhoneNumber) -> String {
    guard number.kind == .complete || number.kind == .national,
      let read = CountryNumber(number.key, region: region)
    else { return number.key }
    return homeText(read) ?? read.international
  }

  /// The number as it is written and dialled here, without its country; nil when it is of another
  /// country, or when what is written so would be read as another number.
  func homeText(_ number: CountryNumber) -> String? {
    guard let home = Region.countryCode(region),
      home == number.countryCode
        || (FrenchPlan.contains(home) && FrenchPlan.contains(number.countryCode))
    else { return nil }
    let national = number.national
    if number.fit == .valid { return national }
    return reader(nil).number(DialString(national))?.key == number.e164 ? national : nil
  }
}
