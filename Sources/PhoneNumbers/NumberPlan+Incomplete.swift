public import Telephony

extension NumberPlan {
  /// The numbers in the field of a party whose country was named and not understood, in order, each once.
  ///
  /// What says its own country (`+49 30 123456`) is complete, and an extension is one. Of a national number
  /// only the digits are known: a fragment, which matches weakly (R51).
  public func numbers(inFieldOfUnknownCountry text: String) -> [PhoneNumber] {
    let here = numbers(inField: text)
    // What reads alike in two countries does not depend on where it is read.
    let abroad = Set(numbers(inField: text, region: foreignRegion))
    return here.map { number in
      switch number.kind {
      case .extension, .fragment: number
      case .complete, .national: abroad.contains(number) ? number : incomplete(number)
      }
    }
  }

  private func incomplete(_ number: PhoneNumber) -> PhoneNumber {
    let digits = CountryNumber(number.key, region: region)?.significant
    return PhoneNumber(.fragment, digits ?? String(number.key.dropFirst()))
  }

  /// A region whose numbers have another country code than those of this plan.
  private var foreignRegion: String {
    Region.countryCode(region) == Region.countryCode("DE") ? "FR" : "DE"
  }
}
