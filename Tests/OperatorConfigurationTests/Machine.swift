import Foundation
import OperatorConfiguration
import TestSupport

/// A machine's and an operator's folders for one test; gone with the value.
final class Machine: Sendable {
  private let temporary: TemporaryFolder
  var folder: String { temporary.path }
  /// The folders of a machine with two levels of configuration of its own.
  let directories: Directories

  init() throws {
    temporary = try TemporaryFolder()
    let folder = temporary.path
    directories = Directories(environment: [
      "HOME": folder + "/home", "XDG_CONFIG_DIRS": "\(folder)/first:\(folder)/second",
      "XDG_CONFIG_HOME": folder + "/operator",
    ])
    for name in ["first", "second", "operator"] { try temporary.folder("\(name)/screenpop") }
  }

  /// The path of a level's file: `first` and `second` are the machine's.
  func path(_ level: String) -> String { "\(folder)/\(level)/screenpop/config.toml" }

  func write(_ level: String, _ text: String) throws { try write(level, Data(text.utf8)) }

  func write(_ level: String, _ bytes: Data) throws {
    try bytes.write(to: URL(fileURLWithPath: path(level)))
  }

  func load(
    screen: [String: String] = [:], commandLine: [String: String] = [:]
  ) throws(ConfigurationError) -> Settings {
    try Settings.load(directories: directories, screen: screen, commandLine: commandLine)
  }

  /// The lines of the report, with `FILE` for the operator's file; empty when all is well.
  func report(
    screen: [String: String] = [:], commandLine: [String: String] = [:]
  ) -> [String] {
    do {
      _ = try load(screen: screen, commandLine: commandLine)
      return []
    } catch {
      return shown(error.problems)
    }
  }

  func shown(_ problems: [ConfigurationProblem]) -> [String] {
    problems.map {
      $0.description.replacingOccurrences(of: path("operator"), with: "FILE")
        .replacingOccurrences(of: path("first"), with: "MACHINE")
        .replacingOccurrences(of: path("second"), with: "SECOND")
    }
  }
}
