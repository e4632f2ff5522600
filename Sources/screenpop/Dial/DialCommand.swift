import ArgumentParser
import CallWire
import CommandOutput
import Glibc
import OperatorConfiguration
import OperatorWindow
import PhoneNumbers
import Telephony
import TextForms

/// `screenpop dial`: calls a number as the key `d` does (R32).
struct DialCommand: ParsableCommand, Sendable {
  static let configuration = CommandConfiguration(
    commandName: "dial", abstract: "Call a number with your telephone.",
    discussion: """
      The number may be written in any way; an external one gets the outside prefix. A code with * or \
      # can change the telephone's settings, and is called after a question only.
      """)

  @Argument(help: "The number to call.")
  var number: [String]

  @Flag(help: "Call a code with * or # without asking.")
  var yes = false

  @Option(help: "The operator's extension.")
  var station: String?

  func run() throws { try Program.wait { try await dial() } }

  private func dial() async throws {
    do {
      let settings = try Settings.load(
        directories: Directories(environment: environment),
        commandLine: station.map { ["station": $0] } ?? [:])
      let environment = environment
      let sources = try settings.sources(environment)
      guard let dialler = try settings.dialler(among: sources, environment: environment) else {
        throw ConfigurationError(
          "no way to dial is configured: set dial.through, see screenpop.toml")
      }
      let text = number.joined(separator: " ")
      guard let dialled = settings.plan.dialled(typed: text) else {
        StandardError.say("\"\(text)\" cannot be dialled: it is no number, nor a code of * and #")
        throw ExitCode(65)
      }
      try confirm(dialled)
      let output = OutputFile.standardOutput
      let answer = try await Self.connected(dialler) { dialler throws(DialError) in
        let answer = try await dialler.dial(dialled)
        // Before the window has its telephone back, which may not know who called whom.
        Self.report(dialled, runtime, station: settings.station)
        return answer
      }
      try output.write("\(dialled.text): \(answer?.printable ?? "the call is on its way")\n")
      try output.flush()
    } catch let error as any EndingError {
      throw error.told()
    }
  }

  /// Runs a driver while it dials, from the moment when it is connected, or known not to be.
  private static func connected(
    _ dialler: any Dialler, _ dial: (any Dialler) async throws(DialError) -> String?
  ) async throws(DialError) -> String? {
    guard let driver = dialler as? any CallSource else { return try await dial(dialler) }
    let (states, state) = AsyncStream.makeStream(of: SourceHealth.self)
    let running = Task {
      await driver.run { if case .health(_, let health) = $0 { state.yield(health) } }
      state.finish()
    }
    defer { running.cancel() }
    for await health in states {
      switch health {
      case .up: return try await dial(dialler)
      case .down(let reason, _, _), .off(let reason): throw DialError(reason)
      }
    }
    return try await dial(dialler)
  }

  /// Tells the station's window, or every window of this user, that its next call with this number is its own. Where
  /// no window is, nobody needs to know.
  private static func report(
    _ number: DialledNumber, _ runtime: RuntimeDirectory, station: String?
  ) {
    guard case .other(let word) = CallEvent.Kind.dialled,
      let line = try? CallMessage(event: word, tel: number.text, direction: "out").encoded()
    else { return }
    _ = Delivery.offer(
      line, to: station.map { [runtime.socketPath(station: $0)] } ?? runtime.socketPaths())
  }

  /// Asks on the terminal before a code is called; without one, only `--yes` will do.
  private func confirm(_ number: DialledNumber) throws {
    guard number.needsConfirmation, !yes else { return }
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw ValidationError("\(number.text) is a code, which can change settings: add --yes")
    }
    StandardError.say("\(number.text) is a code, which can change settings. Call it? [y/N]")
    guard Agreement.read(readLine() ?? "") == true else { throw ExitCode(1) }
  }
}
