import Curses
import Glibc
package import OperatorConfiguration
import OperatorScreen
import RecordOpener
import Telephony

/// Tries a way of asking for the operator's attention with an invented call, for `screenpop doctor`.
package struct AttentionTrial: Sendable {
  private let settings: Settings
  private let encoder: SignEncoder
  private let runner: ProgramRunner
  private let pane: String?

  /// How long a program may take here [s].
  private static let patience = 5

  package init(_ settings: Settings, environment: [String: String]) {
    self.settings = settings
    encoder = SignEncoder(environment: environment)
    runner = ProgramRunner(environment: environment)
    pane = environment["TMUX_PANE"]
  }

  /// What came of trying a way.
  package enum Outcome: Hashable, Sendable {
    /// Done, or started: what is to be noticed.
    case done(String)
    /// It can do nothing here.
    case idle(String)
    case failed(String)
  }

  /// Tries the way; takes it back where it stays.
  package func run(_ way: AttentionWay) async -> Outcome {
    switch way {
    case .bell: sign([.bell], "the bell should have sounded, flashed, or marked the window")
    case .title:
      encoder.hasTitle
        ? sign([.title(Self.title), .title(nil)], "the title is set while a call rings")
        : .idle("this terminal's window has no title")
    case .osc:
      sign(
        [.notice(number: 0, title: Self.title, text: Self.text)],
        encoder.isInTmux
          ? "tmux hands it on where allow-passthrough is on"
          : "OSC \(encoder.form.rawValue) was sent, which a terminal that does not know it passes over"
      )
    case .notify: await told("a notification came up for a moment", notify)
    case .tmux: await tmux()
    case .command: await told("the program was run", start)
    }
  }

  private static let title = "ScreenPop"
  private static let text = "doctor"

  private func sign(_ signs: [TerminalSign], _ said: String) -> Outcome {
    guard isatty(STDOUT_FILENO) == 1 else { return .idle("there is no terminal to try it on") }
    let isSet = signs.contains(.title(nil))
    let bytes = signs.flatMap { encoder.bytes(of: $0, isTitled: isSet && $0 == .title(nil)) }
    _ = write(STDOUT_FILENO, bytes, bytes.count)
    return .done(said)
  }

  private func told(
    _ said: String, _ work: () async throws(OpenError) -> Void
  ) async -> Outcome {
    do throws(OpenError) {
      try await work()
      return .done(said)
    } catch {
      return .failed(error.sentence(option: "attention"))
    }
  }

  private func notify() async throws(OpenError) {
    let shown = try await runner.answer(
      of: DesktopNotice.program,
      DesktopNotice.show(title: Self.title, text: Self.text, replacing: 0), seconds: Self.patience)
    guard let number = DesktopNotice.number(in: shown) else { return }
    try await runner.run(
      DesktopNotice.program, DesktopNotice.close(number), seconds: Self.patience)
  }

  private func tmux() async -> Outcome {
    do throws(OpenError) {
      return try await TmuxNotices.attempt(
        runner, pane: pane,
        Announcement(call: Call.ID(serial: 0), title: Self.title, text: Self.text))
        ? .done("a pane opened or grew for a moment, where this one is not tall and in sight")
        : .idle("this terminal is not within tmux")
    } catch {
      return .failed(error.sentence(option: "attention"))
    }
  }

  private func start() async throws(OpenError) {
    guard let command = settings.attentionCommand else {
      throw .badTarget("there is no program: write attention_command")
    }
    let values = RecordValues(
      announcing: Self.text, number: nil, text: "", station: settings.station ?? "")
    try await runner.run(
      command.program, try command.arguments(for: values), seconds: Self.patience)
  }
}
