import Telephony

/// Dates as they are written where the operator is: `28/11`, `28.11.`, `Nov 28`, `11-28`.
///
/// By the locale's name, not by the system's tables: the locale may not be installed where the window runs.
extension Phrases {
  /// The same words, with the dates of a locale (the value of `LC_ALL`, `LC_TIME` or `LANG`); one that names no
  /// place known here leaves them.
  public func withDates(of locale: String) -> Phrases {
    let name = locale.prefix { $0 != "." && $0 != "@" }.lowercased()
    let parts = name.split(separator: "_", maxSplits: 1)
    guard let language = parts.first else { return self }
    let place = parts.count > 1 ? String(parts[1]) : ""
    guard
      let form = Self.forms.first(where: { $0.1.contains(name) || $0.1.contains(place) })
        ?? Self.forms.first(where: { $0.1.contains(language + "_") })
    else { return self }
    var phrases = self
    (phrases.day, phrases.shortDay) = (form.0.day, form.0.shortDay)
    return phrases
  }

  /// The ways of writing, and where they are usual: places, one language at a place, or (with `_`) a language
  /// wherever it is not said otherwise.
  private static let forms: [(DateForm, Set<String>)] = [
    (
      .year,
      ["fr_ca", "ca", "se", "lt", "hu", "jp", "cn", "kr", "tw", "sv_", "hu_", "ja_", "zh_", "ko_"]
    ),
    (.month, ["us", "ph", "en_"]),
    (
      .points,
      [
        "de", "at", "ch", "li", "cz", "sk", "pl", "ru", "ua", "no", "fi", "dk", "ee", "lv", "tr",
        "si",
        "hr", "rs", "ro", "bg", "is", "de_", "cs_", "pl_", "ru_", "nb_", "fi_", "da_", "tr_",
      ]
    ),
    (
      .slashes,
      [
        "fr", "be", "lu", "mc", "gb", "ie", "au", "nz", "in", "za", "es", "it", "pt", "br", "mx",
        "ar",
        "gr", "ma", "tn", "dz", "sn", "ci", "re", "gp", "mq", "gf", "fr_", "es_", "it_", "pt_",
        "el_",
      ]
    ),
    (.hyphens, ["nl", "nl_"]),
  ]
}

/// One way of writing a day.
enum DateForm {
  case slashes, points, hyphens, month, year

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The day with its year.
  var day: @Sendable (_ year: Int, _ month: Int, _ day: Int) -> String {
    switch self {
    case .slashes: { "\(padded($2, 2))/\(padded($1, 2))/\($0)" }
    case .points: { "\(padded($2, 2)).\(padded($1, 2)).\($0)" }
    case .hyphens: { "\(padded($2, 2))-\(padded($1, 2))-\($0)" }
    case .month: { "\(Self.name($1)) \($2), \($0)" }
    case .year: { "\($0)-\(padded($1, 2))-\(padded($2, 2))" }
    }
  }

  /// The day without its year.
  var shortDay: @Sendable (_ month: Int, _ day: Int) -> String {
    switch self {
    case .slashes: { "\(padded($1, 2))/\(padded($0, 2))" }
    case .points: { "\(padded($1, 2)).\(padded($0, 2))." }
    case .hyphens: { "\(padded($1, 2))-\(padded($0, 2))" }
    case .month: { "\(Self.name($0)) \($1)" }
    case .year: { "\(padded($0, 2))-\(padded($1, 2))" }
    }
  }

  private static func name(_ month: Int) -> String {
    months.indices.contains(month - 1) ? months[month - 1] : padded(month, 2)
  }
}
