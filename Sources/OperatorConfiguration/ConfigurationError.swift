/// One thing that is wrong in a configuration, or that had no effect.
public struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
  /// The file, or `command line` or `options screen`.
  public let place: String
  /// Line in the file, from 1; nil when it is about the whole.
  public let line: Int?
  /// What is wrong and what to do.
  public let sentence: String

  /// One line: `/etc/xdg/screenpop/config.toml:12: unknown key "statoin": did you mean "station"?`
  public var description: String {
    place + (line.map { ":\($0)" } ?? "") + ": " + sentence
  }
}

/// Everything that is wrong in the configuration, file by file in the order of their lines.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// At least one problem.
  public let problems: [ConfigurationProblem]

  /// One line for each problem.
  public var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
