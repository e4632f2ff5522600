import ArgumentParser
import CommandOutput
import OperatorWindow
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
      let context = try StoreContext.current(environment, demo: options.demo)
      context.notices.listen { Self.say($0) }
      try await perform(context, output)
      try output.flush()
    } catch let error as any EndingError {
      throw error.told()
    }
  }

  static func say(_ line: String) { StandardError.say(line) }
}
