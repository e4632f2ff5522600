internal import Foundation

/// A country as programs and people name it, where an ISO 3166 code is wanted.
///
///     FR fr FRA 250 +33    the codes: two letters, three letters, three digits, and what is dialled
///     UK U.S.A. D F FL     as they are used: also the signs of vehicles, which stand before postal codes
///     Allemagne Germany Deutschland Duitsland Alemania Germania      usual names
///     The Netherlands, Pays-Bas (les), République française          articles and official names
///     Ελλάδα               in the country's own languages
///     CH - Suisse, D-      twice, if both are the same, and before a postal code that is not there
///     de_CH, FR-67, 🇧🇪    a language's and a province's country, and a flag
///
/// The names are those of ICU, which Foundation brings.
public enum Country {
  /// The code (two capitals) of a country whose numbers can be read; nil when the text is not understood.
  public static func code(of text: String) -> String? {
    if isCode(text), NumberPlan.knows(region: text) { return text }
    guard !text.unicodeScalars.contains(where: { flagLetters.contains($0.value) }) else {
      return code(ofFlags: text)
    }
    return code(ofOne: text) ?? code(ofTag: text) ?? code(ofParts: text)
  }

  private static func code(ofOne text: String) -> String? {
    let key = CountryNames.folded(text)
    guard !key.isEmpty, key.utf8.count <= longestName else { return nil }
    return code(letters: key) ?? code(digits: key, isDialled: isDialled(text))
      ?? CountryNames.all.code(of: text, folded: key)
  }

  /// `de_CH`, and the codes of ISO 3166-2, `FR-67`; none where both parts are countries (`US-DE`).
  private static func code(ofTag text: String) -> String? {
    let parts = text.trimmingCharacters(in: .whitespaces).split { "_-".contains($0) }
    guard parts.count == 2, (4...6).contains(text.utf8.count) else { return nil }
    let (first, last) = (String(parts[0]), String(parts[1]))
    if first.utf8.allSatisfy({ (0x61...0x7A).contains($0) }), isCode(last) { return known(last) }
    guard isCode(first), last.utf8.count <= 3, !isCode(last) || known(last) == nil else {
      return nil
    }
    return known(first)
  }

  /// The regional indicators, A to Z.
  private static let flagLetters: ClosedRange<UInt32> = 0x1F1E6...0x1F1FF

  /// A flag of two regional indicators, beside which nothing but a name of the same country stands.
  private static func code(ofFlags text: String) -> String? {
    let letters = text.unicodeScalars.filter { flagLetters.contains($0.value) }
    guard letters.count == 2 else { return nil }
    let code = known(
      String(
        String.UnicodeScalarView(
          letters.compactMap { Unicode.Scalar($0.value - flagLetters.lowerBound + 0x41) })))
    let rest = String(
      String.UnicodeScalarView(text.unicodeScalars.filter { !letters.contains($0) })
    )
    .trimmingCharacters(in: .whitespaces)
    return rest.isEmpty || self.code(of: rest) == code ? code : nil
  }

  /// A country that is named twice, or behind a place: `CH - Suisse`, `Österreich / Austria`, `Lyon (France)`.
  private static func code(ofParts text: String) -> String? {
    guard text.utf8.count <= longestName else { return nil }
    var parts = text.replacing(" - ", with: "/").replacing(" – ", with: "/")
      .split { "/(),;:|[]".contains($0) }.map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
    // `BE Belgique`, `Suisse CH`
    if parts.count == 1 {
      let words = parts[0].split(separator: " ")
      if let first = words.first, words.count > 1, isCode(String(first)) {
        parts = [String(first), words.dropFirst().joined(separator: " ")]
      } else if let last = words.last, words.count > 1, isCode(String(last)) {
        parts = [words.dropLast().joined(separator: " "), String(last)]
      }
    }
    guard parts.count > 1, let last = parts.last else { return nil }
    let codes = parts.map { code(ofOne: $0) }
    let known = Set(codes.compactMap(\.self))
    guard known.count == 1, let code = known.first else { return nil }
    // `Ireland (Northern)` is not Ireland, and `Springfield, IL` not Israel.
    let isBehindPlace = codes.last == code && last.utf8.count > 3
    return isBehindPlace || !codes.contains(nil) ? code : nil
  }

  private static let longestName = 100

  /// Whether the text is two capitals, as most tables have them.
  private static func isCode(_ text: String) -> Bool {
    text.utf8.count == 2 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) } && text != "UK"
  }

  private static func code(letters: String) -> String? {
    if let sign = vehicleSigns[letters] ?? shortForms[letters] { return sign }
    guard (2...3).contains(letters.utf8.count),
      letters.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A })
    else { return nil }
    if letters == "uk" { return "GB" }
    return known(letters.utf8.count == 2 ? letters.uppercased() : alpha2(letters.uppercased()))
  }

  /// The signs of vehicles (Vienna convention on road traffic) that are no code of ISO 3166.
  private static let vehicleSigns = [
    "a": "AT", "b": "BE", "d": "DE", "e": "ES", "f": "FR", "h": "HU", "i": "IT", "l": "LU",
    "n": "NO", "p": "PT", "s": "SE", "fl": "LI", "slo": "SI", "sf": "FI",
  ]

  /// What people write for a name besides: short forms of official names, and the codes of sport.
  private static let shortForms = [
    "rfa": "DE", "brd": "DE", "ddr": "DE", "ger": "DE", "eau": "AE", "uae": "AE", "vae": "AE",
    "eeuu": "US", "eua": "US", "rsa": "ZA", "ksa": "SA", "prc": "CN", "sui": "CH",
    "ned": "NL", "por": "PT", "den": "DK", "gre": "GR", "cro": "HR", "bul": "BG", "lat": "LV",
    "swiss": "CH", "rci": "CI", "rdc": "CD", "drc": "CD", "rca": "CF", "dtld": "DE",
    "osterr": "AT", "belg": "BE", "holl": "NL",
    "eire": "IE", "rok": "KR", "roc": "TW", "nederl": "NL", "deutschl": "DE",
    "ital": "IT", "esp": "ES", "metropole": "FR",
  ]

  /// Whether a calling code stands there: `+32`, `0032`.
  private static func isDialled(_ text: String) -> Bool {
    let text = text.trimmingCharacters(in: .whitespaces)
    return text.hasPrefix("+") || (text.hasPrefix("00") && text.utf8.count > 3)
  }

  /// `276`, what a spreadsheet makes of it, `276.0`, and calling codes: `+49`, `0049`.
  ///
  /// One or two digits may be either, a code of ISO 3166 that has lost its zeros or a calling code: 32 is
  /// Argentina there and Belgium here.
  private static func code(digits: String, isDialled: Bool) -> String? {
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    if isDialled { return Region.named(callingCode: digits) }
    let whole = digits.utf8.count == 4 && digits.hasSuffix("0") ? String(digits.dropLast()) : digits
    guard whole.utf8.count <= 3 else { return nil }
    let numeric = known(alpha2(String(repeating: "0", count: 3 - whole.utf8.count) + whole))
    guard whole.utf8.count < 3 else { return numeric }
    return numeric == Region.named(callingCode: whole) ? numeric : nil
  }

  /// ICU's code of two letters for one of three letters or digits.
  private static func alpha2(_ code: String) -> String? {
    Locale.identifier(.icu, from: "und_\(code)").split(separator: "_").last
      .flatMap { $0.utf8.count == 2 ? String($0) : nil }
  }

  private static func known(_ code: String?) -> String? {
    code.flatMap { NumberPlan.knows(region: $0) ? $0 : nil }
  }
}
