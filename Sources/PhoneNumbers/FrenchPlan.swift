/// One closed plan of ten digits under six country codes: metropolitan France and the overseas
/// departments (ARCEP decision 2018-0881, part 2).
///
/// `0262 12 34 56` is dialled alike everywhere in it, and telephone systems on the mainland write it
/// `+33262123456`, while the island's own code is +262. libphonenumber takes both for valid, so one
/// of them is chosen: a subscriber's number that is valid overseas stands under the overseas code,
/// everything else (the mainland, the services 08 that all share) under +33.
enum FrenchPlan {
  static let mainland = 33
  /// Réunion and Mayotte, Guadeloupe, Guiana, Martinique, Saint Pierre and Miquelon.
  static let overseas = [262, 590, 594, 596, 508]

  static func contains(_ countryCode: Int) -> Bool {
    countryCode == mainland || overseas.contains(countryCode)
  }

  /// The number under the code that stands for it; itself when no code of the plan has it for valid,
  /// or when it is of another plan.
  static func canonical(_ number: CountryNumber) -> CountryNumber {
    guard contains(number.countryCode), number.fit != .none else { return number }
    let significant = number.significant
    // Zones 1, 3 and 4 (mainland only) and 8 (services) are never overseas.
    if let zone = significant.first, "25679".contains(zone) {
      for code in overseas {
        let moved = number.moved(to: code)
        if moved.isSubscriber { return moved }
      }
    }
    guard number.countryCode != mainland else { return number }
    let moved = number.moved(to: mainland)
    return moved.fit == .valid ? moved : number
  }
}
