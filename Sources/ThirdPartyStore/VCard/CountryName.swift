import PhoneNumbers

/// Countries as people write them in an address, where a program wants an ISO 3166 code.
enum CountryName {
  /// The code of a name in French, English or its own language, or of a code; nil when it is not known.
  static func code(of name: String) -> String? {
    let code = name.uppercased()
    if code.utf8.count == 2, NumberPlan.knows(region: code) { return code }
    return names[ImportColumn.folded(name)]
  }

  private static let names: [String: String] = [
    "france": "FR", "allemagne": "DE", "germany": "DE", "deutschland": "DE", "belgique": "BE",
    "belgium": "BE", "belgie": "BE", "suisse": "CH", "switzerland": "CH", "schweiz": "CH",
    "luxembourg": "LU", "italie": "IT", "italy": "IT", "italia": "IT", "espagne": "ES",
    "spain": "ES", "espana": "ES", "portugal": "PT", "paysbas": "NL", "netherlands": "NL",
    "nederland": "NL", "royaumeuni": "GB", "unitedkingdom": "GB", "angleterre": "GB",
    "england": "GB", "irlande": "IE", "ireland": "IE", "autriche": "AT", "austria": "AT",
    "osterreich": "AT", "monaco": "MC", "pologne": "PL", "poland": "PL", "maroc": "MA",
    "morocco": "MA", "algerie": "DZ", "algeria": "DZ", "tunisie": "TN", "tunisia": "TN",
    "etatsunis": "US", "unitedstates": "US", "usa": "US", "canada": "CA", "reunion": "RE",
    "lareunion": "RE", "guadeloupe": "GP", "martinique": "MQ", "guyane": "GF", "mayotte": "YT",
  ]
}
