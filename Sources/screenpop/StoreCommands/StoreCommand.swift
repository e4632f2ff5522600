import ArgumentParser
import Glibc
import OperatorConfiguration
import ThirdPartyStore

/// What all of the store's commands share: `--demo`, sentences on standard error, exit codes.
protocol StoreCommand: ParsableCommand, Sendable {
  var options: StoreOptions { get }
  func perform(_ context: StoreContext, _ output: OutputFile) async throws
}

struct StoreOptions: ParsableArguments {
  @Flag(help: "Use the demonstration store with the sample third parties.")
  var demo = false
}

extension StoreCommand {
  func run() throws { try Program.wait { try await runHere() } }

  private func runHere() async throws {
    do {
      let output = OutputFile.standardOutput
      let context = try StoreContext.current(demo: options.demo)
      context.notices.listen { Self.say($0) }
      try await perform(context, output)
      try output.flush()
    } catch let error as StoreError {
      Self.say(error.sentence)
      throw error.exitCode
    } catch let error as ConfigurationError {
      throw error.told()
    }
  }

  static func say(_ line: String) { StandardError.say(line) }
}

enum StandardError {
  /// One line on standard error, harmless for a terminal.
  static func say(_ line: String) {
    let bytes = Array("\(line.printable)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}

extension ConfigurationError {
  /// Says every mistake on standard error; the exit code for them.
  func told() -> ExitCode {
    for problem in problems { StandardError.say(problem.description) }
    return ExitCode(EX_CONFIG)
  }
}

extension StoreError {
  /// The code of sysexits.h for the failure.
  var exitCode: ExitCode {
    switch kind {
    case .noInput: ExitCode(66)
    case .badInput, .damaged, .foreign, .newer: ExitCode(65)
    case .cannotOpen, .replaced: ExitCode(73)
    case .denied: ExitCode(77)
    case .full, .failed: ExitCode(74)
    case .busy: ExitCode(75)
    }
  }
}

extension String {
  /// The text without what a terminal would act upon: names and numbers come from strangers (R43).
  var printable: String {
    String(
      unicodeScalars.filter { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
          .paragraphSeparator:
          false
        default: true
        }
      })
  }

  /// The same for a text of several lines, which keeps its line ends and tabs.
  var printableLines: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
      .map { $0.map { String($0).printable }.joined(separator: "\t") }
      .joined(separator: "\n")
  }

  /// The text, with blanks up to `width` characters.
  func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
