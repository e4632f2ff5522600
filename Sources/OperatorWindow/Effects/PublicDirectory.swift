import CTIBlock
package import OperatorConfiguration
import RecordOpener
import Synchronization
package import Telephony
import TextForms

/// The last source of a caller's name: a program that is asked who has a number that nobody else knows, such as a
/// public directory. Its answer names nobody of the third parties.
///
///     Dupont Marie, Strasbourg                     the first line that holds anything
///     {"name": "Dupont Marie", "city": "Strasbourg"}   or JSON
///
/// An answer is kept for some minutes: the same caller is not asked about twice. One program runs at a time, and few
/// questions wait: what waits for longer than a telephone rings is of no use.
package final class PublicDirectory: Sendable {
  /// How long the program may take [s].
  private static let patience = 5
  /// How many questions may wait, that under way included.
  private static let mostWaiting = 8
  /// How long an answer holds [ms], and how many are kept.
  private static let freshness: Int64 = 600_000
  private static let mostKept = 200
  /// The longest answer that is shown [characters].
  private static let longest = 64

  private struct State {
    /// The questions under way and waiting, oldest first.
    var questions: [Task<Void, Never>] = []
    var known: [String: (name: String?, at: Moment)] = [:]
    var failure = LatestFailure<String>()
  }

  private let command: CommandTemplate
  private let station: String
  private let runner: ProgramRunner
  private let lane = Lane()
  private let state = Mutex(State())
  private let complain: @Sendable (String) -> Void

  /// The directory of the settings; nil: none. `complain` is told what failed.
  package init?(
    _ settings: Settings, environment: [String: String],
    complain: @escaping @Sendable (String) -> Void
  ) {
    guard let command = settings.lookupCommand else { return nil }
    self.command = command
    station = settings.station ?? ""
    runner = ProgramRunner(environment: environment)
    self.complain = complain
  }

  /// Asks who has the number, dialled as `text` says; `answer` is called, on another thread, when there is a name.
  package func ask(
    _ number: PhoneNumber, text: String, _ answer: @escaping @Sendable (String) -> Void
  ) {
    guard number.kind == .complete || number.kind == .national else { return }
    let now = WindowClock.now()
    let known: String?? = state.withLock { state in
      state.known[number.key].flatMap { now - $0.at < Self.freshness ? .some($0.name) : nil }
    }
    if let known { return known.map(answer) ?? () }
    let values = RecordValues(number: number, text: text, station: station)
    state.withLock { state in
      guard state.questions.count < Self.mostWaiting else { return }
      let before = state.questions.last
      let question = Task(executorPreference: lane) { [self] in
        await before?.value
        if !Task.isCancelled, let name = await look(number.key, values) { answer(name) }
        self.state.withLock { _ = $0.questions.removeFirst() }
      }
      state.questions.append(question)
    }
  }

  /// Waits until every question is answered.
  package func finishAll() async { await state.withLock { $0.questions.last }?.value }

  /// Ends the question that is under way, and asks no other.
  package func finish() async {
    let questions = state.withLock { $0.questions }
    for question in questions { question.cancel() }
    await questions.last?.value
  }

  private func look(_ key: String, _ values: RecordValues) async -> String? {
    do throws(OpenError) {
      let said = try await runner.answer(
        of: command.program, try command.arguments(for: values), seconds: Self.patience)
      let name = Self.name(in: said)
      state.withLock { state in
        _ = state.failure.isNews(nil)
        if state.known.count >= Self.mostKept { state.known = [:] }
        state.known[key] = (name, WindowClock.now())
      }
      return name
    } catch {
      let sentence = "lookup.command: \(error.sentence(option: "lookup.command"))"
      let isNews = state.withLock { $0.failure.isNews(sentence) }
      if isNews, !Task.isCancelled { complain(sentence) }
      return nil
    }
  }

  /// The name in an answer, harmless on a terminal; nil: there is none.
  static func name(in answer: String) -> String? {
    let lines = answer.split(whereSeparator: \.isNewline)
    let first = lines.first { PlainText.isVisible(String($0)) }.map(String.init) ?? ""
    var name = first
    if first.drop(while: \.isWhitespace).first == "{" {
      guard case .object(let members)? = try? JSONValue(Array(answer.utf8)) else { return nil }
      name = ["name", "city"].compactMap { members[$0]?.text }.filter { !$0.isEmpty }
        .joined(separator: ", ")
    }
    let cleaned = PlainText.cleaned(name, limit: longest)
    return PlainText.isVisible(cleaned) ? cleaned : nil
  }
}
