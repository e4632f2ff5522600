import Glibc
public import OperatorConfiguration
public import Telephony

/// Whether the configuration can be read, and what of it has no effect.
public struct ConfigurationCheck: Check {
  /// What is looked at.
  public let subject = "configuration"
  private let files: [String]
  private let settings: Result<Settings, ConfigurationError>

  /// A look at what was read from these directories.
  public init(_ directories: Directories, _ settings: Result<Settings, ConfigurationError>) {
    files = directories.machineConfigurations + [directories.operatorConfiguration]
    self.settings = settings
  }

  /// Every mistake, else the files that hold.
  public func look() async -> [Finding] {
    switch settings {
    case .failure(let error):
      return error.problems.map { Finding(.mend, $0.description, advice: "Correct this line.") }
    case .success(let settings):
      let read = files.filter { access($0, R_OK) == 0 }
      let said =
        read.isEmpty
        ? "There is no file: the defaults hold." : "Read: \(read.joined(separator: ", "))."
      let notes = settings.notes.map { Finding(.note, $0.description) }
      return [Finding(.well, said)] + notes + [Self.station(settings), Self.screen(settings)]
    }
  }

  /// Where calls are shown, in which language, and how their numbers are read.
  public static func screen(_ settings: Settings) -> Finding {
    let language = settings.language.map { "in \($0.name)" } ?? "in the language of the locale"
    return Finding(
      .well,
      "Calls are shown in the corner \(settings.corner.rawValue), \(language); numbers without a country "
        + "are read as in \(settings.region).")
  }

  /// Whose calls are shown.
  public static func station(_ settings: Settings) -> Finding {
    if let station = settings.station { return Finding(.well, "The station is \(station).") }
    return Finding(
      .note,
      "No station is configured: the window shows every call of this user, and asks no relay.",
      advice: "Write station = \"1024\", with your extension.")
  }
}
