public import Telephony

extension NumberPlan {
  /// The number as an operator of this site reads it: `03 88 20 21 22` at home, `+49 30 123456` of
  /// elsewhere, extensions and fragments as they are.
  public func display(_ number: PhoneNumber) -> String {
    guard number.kind == .complete || number.kind == .national,
      let read = CountryNumber(number.key, region: region)
    else { return number.key }
    let isHome =
      Region.countryCode(region).map { home in
        home == read.countryCode
          || (FrenchPlan.contains(home) && FrenchPlan.contains(read.countryCode))
      } ?? false
    guard isHome else { return read.international }
    let national = read.national
    // What is shown must mean the same when it is typed or dialled again.
    if read.fit == .valid { return national }
    let again = reader(nil).number(DialString(national))
    return again?.key == number.key ? national : read.international
  }
}
