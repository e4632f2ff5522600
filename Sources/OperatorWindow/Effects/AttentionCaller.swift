package import Curses
package import OperatorConfiguration
package import OperatorScreen
import RecordOpener
import Synchronization
import Telephony

/// Asks for the operator's attention: through the terminal at once, through programs one order after the other on a thread
/// of its own.
package final class AttentionCaller: Sendable {
  /// How long a program may run [s].
  private static let programTime = 60
  /// The most programs that run at once.
  private static let mostPrograms = 4

  private struct State {
    /// What is announced and not settled, oldest first.
    var open: [Announcement] = []
    /// The programs that run for calls.
    var programs: [Call.ID: Task<Void, Never>] = [:]
  }

  private let ways: Set<AttentionWay>
  private let command: CommandTemplate?
  private let station: String
  private let runner: ProgramRunner
  private let sign: @Sendable (TerminalSign) -> Void
  private let post: @Sendable (Message) -> Void
  private let state = Mutex(State())
  private let lane = Lane()
  private let notices: AsyncStream<AttentionOrder>.Continuation
  private let noticing: Task<Void, Never>?

  /// By the ways of the settings; `sign` has the terminal do something.
  package init(
    _ settings: Settings, environment: [String: String],
    sign: @escaping @Sendable (TerminalSign) -> Void,
    _ post: @escaping @Sendable (Message) -> Void
  ) {
    ways = settings.attention
    command = settings.attentionCommand
    station = settings.station ?? ""
    runner = ProgramRunner(environment: environment)
    self.sign = sign
    self.post = post
    let (orders, notices) = AsyncStream.makeStream(
      of: AttentionOrder.self, bufferingPolicy: .bufferingNewest(64))
    self.notices = notices
    let showing = Notices(
      desktop: ways.contains(.notify) ? DesktopNotices(runner) : nil,
      tmux: ways.contains(.tmux)
        ? TmuxNotices(runner, pane: environment["TMUX_PANE"], longest: settings.pop.ringTimeout)
        : nil)
    noticing =
      showing.isNeeded
      ? Task(executorPreference: lane) { [post] in
        var showing = showing
        await showing.follow(orders, post)
      } : nil
  }

  /// Starts on the order.
  package func perform(_ order: AttentionOrder) {
    let latest = state.withLock { state in
      state.open.follow(order)
      return state.open.last
    }
    if ways.contains(.title) { sign(.title(latest.map { "\($0.text) · \($0.title)" })) }
    if noticing != nil { notices.yield(order) }
    switch order {
    case .announce(let call, let isNew):
      if isNew, ways.contains(.bell) { sign(.bell) }
      if ways.contains(.osc) {
        sign(.notice(number: call.call.serial, title: call.title, text: call.text))
      }
      if isNew, ways.contains(.command) { start(call) }
    case .settle(let id):
      if ways.contains(.osc) { sign(.withdraw(number: id.serial)) }
      state.withLock { $0.programs.removeValue(forKey: id) }?.cancel()
    }
  }

  /// Takes back what still asks for attention.
  package func finish() async {
    let (open, programs) = state.withLock { state in
      defer { state = State() }
      return (state.open, state.programs)
    }
    for call in open { notices.yield(.settle(call.call)) }
    notices.finish()
    for program in programs.values { program.cancel() }
    await noticing?.value
    for program in programs.values { await program.value }
  }

  /// Starts the program for a call; it is ended when the call is settled.
  private func start(_ call: Announcement) {
    guard let command else { return }
    let values = RecordValues(
      announcing: call.text, number: call.number, text: call.numberText, station: station
    ).of(call.own, callID: call.callID)
    state.withLock { current in
      guard current.programs.count < Self.mostPrograms else { return }
      current.programs[call.call] = Task(executorPreference: lane) { [self] in
        await run(command, values)
        _ = state.withLock { $0.programs.removeValue(forKey: call.call) }
      }
    }
  }

  private func run(_ command: CommandTemplate, _ values: RecordValues) async {
    do throws(OpenError) {
      try await runner.run(
        command.program, try command.arguments(for: values), seconds: Self.programTime)
    } catch {
      guard !Task.isCancelled else { return }
      post(.trouble(.attention, sentence: error.sentence(option: "attention_command")))
    }
  }
}
