/// One thing that is wrong in a configuration, or that had no effect.
public struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
  /// The file, or `command line` or `options screen`; empty when the sentence names the option.
  public let place: String
  /// Line in the file, from 1; nil when it is about the whole.
  public let line: Int?
  /// What is wrong and what to do.
  public let sentence: String

  /// One line: `/etc/xdg/screenpop/config.toml:12: unknown key "statoin": did you mean "station"?`
  public var description: String {
    guard !place.isEmpty else { return sentence }
    return place + (line.map { ":\($0)" } ?? "") + ": " + sentence
  }
}

/// Everything that is wrong in the configuration, file by file in the order of their lines.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// At least one problem.
  public let problems: [ConfigurationProblem]

  /// The code of sysexits.h that a program ends with: EX_USAGE where the command line alone is wrong, else EX_CONFIG.
  public var exitStatus: Int32 {
    problems.allSatisfy { $0.place == Origin.commandLine.place } ? 64 : 78
  }

  /// Options that make no sense together, or name what cannot be used, which the sentence explains.
  public init(_ sentence: String) {
    problems = [ConfigurationProblem(place: "", line: nil, sentence: sentence)]
  }

  /// The same, where it was the command line that said so.
  public var ofCommandLine: ConfigurationError {
    ConfigurationError(
      problems: problems.map {
        ConfigurationProblem(place: Origin.commandLine.place, line: nil, sentence: $0.sentence)
      })
  }

  init(problems: [ConfigurationProblem]) { self.problems = problems }

  /// One line for each problem.
  public var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
