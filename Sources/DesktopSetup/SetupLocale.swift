public import OperatorConfiguration

/// The language of the window and the country of its numbers, in one word as locales are named.
public enum SetupLocale {
  /// What is offered: what the draft says, else what the environment says where the window speaks that.
  static func usual(in draft: ConfigurationDraft, locale: String) -> String {
    let told = parts(locale)
    let environment = Language(rawValue: told.language).map { (language: $0.rawValue, told.region) }
    let language = draft.value(of: "language") ?? environment?.language ?? Language.english.rawValue
    let region = draft.value(of: "region") ?? environment?.1
    return language + (region.map { "_\($0)" } ?? "")
  }

  /// Takes `de_AT`, `de-AT`, `de` or `de_AT.UTF-8`; a language alone leaves the country.
  ///
  /// Throws a sentence where the window does not speak it, or there is no such country.
  public static func set(
    _ answer: String, in draft: inout ConfigurationDraft
  ) throws(ConfigurationError) {
    let (language, region) = parts(answer)
    guard Language(rawValue: language) != nil else {
      let spoken = Language.allCases.map(\.rawValue).joined(separator: ", ")
      throw ConfigurationError(
        "The window speaks \(spoken), with a country behind it or not: fr, fr_BE.")
    }
    if let region { try draft.set("region", region) }
    try draft.set("language", language)
  }

  private static func parts(_ text: String) -> (language: String, region: String?) {
    let name = text.prefix { $0 != "." && $0 != "@" }
    let parts = name.split(maxSplits: 1) { $0 == "_" || $0 == "-" }
    let language = parts.first.map { $0.lowercased() } ?? ""
    return (language, parts.count > 1 ? parts[1].uppercased() : nil)
  }
}
