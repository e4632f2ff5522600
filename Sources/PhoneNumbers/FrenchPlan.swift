/// One closed plan of ten digits under six country codes: metropolitan France and the overseas
/// departments (ARCEP decision 2018-0881).
///
/// `0262 12 34 56` is dialled alike everywhere in it, and telephone systems on the mainland write it
/// `+33262123456`, while the island's own code is +262. libphonenumber takes both for valid, so one
/// of them is chosen: a subscriber's number that is valid overseas stands under the overseas code,
/// everything else (the mainland, the services 08 that all share, ranges that the library does not
/// know) under +33.
enum FrenchPlan {
  static let mainland = 33

  /// The overseas codes, each with the beginnings of its subscribers' numbers (zones 2 and 5, mobile
  /// 6 and 7, voice over IP 9): they spare the library most of the asking.
  private static let overseas: [(code: Int, beginnings: [String])] = [
    (262, ["26", "63", "69", "9"]),  // Réunion, Mayotte
    (590, ["59", "69", "70", "9"]),  // Guadeloupe, Saint Barthélemy, Saint Martin
    (594, ["59", "69", "70", "9"]),  // Guiana
    (596, ["59", "69", "70", "9"]),  // Martinique
    (508, ["50", "70", "9"]),  // Saint Pierre and Miquelon
  ]

  /// Beginnings that are of one code alone, also of ranges that are younger than the library. Not 0639, of which the
  /// mainland has a block that nobody is given.
  private static let own: [String: Int] = [
    "262": 262, "263": 262, "269": 262, "692": 262, "693": 262, "590": 590, "690": 590, "691": 590,
    "594": 594, "694": 594, "596": 596, "696": 596, "697": 596,
  ]

  /// Mobile numbers that are given to nobody and stand in texts as if they were (ARCEP); the library knows those of places
  /// alone.
  private static let samples = "63998"

  static func contains(_ countryCode: Int) -> Bool {
    countryCode == mainland || overseas.contains { $0.code == countryCode }
  }

  /// The number under the code that stands for it; itself when it is of another plan, or has not the
  /// nine digits of this one.
  static func canonical(_ number: CountryNumber) -> CountryNumber {
    guard contains(number.countryCode), number.fit != .none else { return number }
    let significant = number.significant
    if significant.utf8.count == 9, significant.hasPrefix(samples) {
      return number.moved(to: mainland, isAssigned: true)
    }
    for area in overseas where area.beginnings.contains(where: significant.hasPrefix) {
      if let moved = number.subscriber(under: area.code) { return moved }
    }
    if significant.utf8.count == 9, let code = own[String(significant.prefix(3))] {
      return number.moved(to: code, isAssigned: true)
    }
    guard number.countryCode != mainland else { return number }
    let moved = number.moved(to: mainland)
    return moved.fit == .none ? number : moved
  }
}
