/// A language that the window speaks.
public enum Language: String, Hashable, Sendable, CaseIterable {
  case english = "en"
  case french = "fr"
  case german = "de"

  /// Its name in English.
  public var name: String {
    switch self {
    case .english: "English"
    case .french: "French"
    case .german: "German"
    }
  }
}
