package import OperatorConfiguration
package import OperatorScreen
import RecordOpener
import Synchronization
import Telephony

/// Runs the company's own programs when something becomes of a call (R62): those for one call one after the other, for some
/// calls at once, each with a time limit.
package final class HookRunner: Sendable {
  /// How many calls' programs run at once, and how many may wait.
  private static let width = 4
  private static let mostWaiting = 64
  /// How long a program may run, and the window's end waits for them [s].
  private static let programTime = 30
  private static let farewell = 1

  private struct State {
    /// The latest program of each of the calls that run at once.
    var chains: [Task<Void, Never>?] = Array(repeating: nil, count: HookRunner.width)
    /// All that run or wait, by a number of their own.
    var programs: [Int: Task<Void, Never>] = [:]
    var count = 0
    var failure = LatestFailure<String>()
  }

  private let commands: [CallNews.Kind: CommandTemplate]
  private let station: String
  private let runner: ProgramRunner
  private let post: @Sendable (Message) -> Void
  private let lane = Lane()
  private let state = Mutex(State())

  /// By the programs of the settings.
  package init(
    _ settings: Settings, environment: [String: String],
    _ post: @escaping @Sendable (Message) -> Void
  ) {
    commands = CallNews.Kind.allCases.reduce(into: [:]) { $0[$1] = settings.hook($1.rawValue) }
    station = settings.station ?? ""
    runner = ProgramRunner(environment: environment)
    self.post = post
  }

  /// Starts the program for the news, behind what was told of the call before.
  package func perform(_ news: CallNews) {
    guard let command = commands[news.kind] else { return }
    let isTaken = state.withLock { current in
      guard current.programs.count < Self.mostWaiting else { return false }
      current.count += 1
      let (number, place) = (current.count, news.call.serial % Self.width)
      let before = current.chains[place]
      let program = Task(executorPreference: lane) { [self] in
        await before?.value
        if !Task.isCancelled { await run(command, news) }
        _ = state.withLock { $0.programs.removeValue(forKey: number) }
      }
      (current.chains[place], current.programs[number]) = (program, program)
      return true
    }
    if !isTaken { fail("hooks.\(news.kind.rawValue): too many wait, and this one was left out") }
  }

  /// Waits for a moment until everything is told.
  package func finish() async {
    let programs = state.withLock { Array($0.programs.values) }
    guard !programs.isEmpty else { return }
    let limit = Task(executorPreference: lane) {
      guard (try? await Task.sleep(for: .seconds(Self.farewell))) != nil else { return }
      for program in programs { program.cancel() }
    }
    for program in programs { await program.value }
    limit.cancel()
  }

  private func run(_ command: CommandTemplate, _ news: CallNews) async {
    let option = "hooks.\(news.kind.rawValue)"
    do throws(OpenError) {
      let arguments = try command.arguments(for: values(of: news))
      try await runner.run(command.program, arguments, seconds: Self.programTime)
      _ = state.withLock { $0.failure.isNews(nil) }
    } catch {
      guard !Task.isCancelled else { return }
      fail("\(option): \(error.sentence(option: option))")
    }
  }

  private func values(of news: CallNews) -> RecordValues {
    let (line, text) = (news.line, news.line.isWithheld ? "" : news.line.text)
    let values =
      news.party.map {
        RecordValues(
          party: $0, contact: news.contact, number: news.number, text: text, station: station)
      } ?? RecordValues(number: news.number, text: text, station: station)
    return values.of(line.own, callID: news.callID).of(
      outcome: line.outcome, seconds: line.duration,
      direction: news.isOutgoing ? .outgoing : .incoming)
  }

  private func fail(_ sentence: String) {
    let isNews = state.withLock { $0.failure.isNews(sentence) }
    if isNews { post(.trouble(.hook, sentence: sentence)) }
  }
}
