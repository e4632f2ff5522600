import Glibc
import RecordOpener
import SystemPackage

/// An ERP whose third parties a command prints: CSV, or JSON with an object a line.
///
/// What it prints goes into a nameless file, and counts only when it has ended with status 0.
final class CommandSource: ERPSource {
  /// The most that it may print [bytes].
  static let mostBytes = 1 << 30

  private let questions: CommandQuestions
  private let profile: String
  private let patience: ERPPatience

  init(_ questions: CommandQuestions, _ profile: String, _ patience: ERPPatience) {
    (self.questions, self.profile, self.patience) = (questions, profile, patience)
  }

  let notices: [String] = []
  let found: [String] = []
  let fitted: FittedProfile? = nil

  func total() throws(ERPError) -> Int? { nil }

  func parties(_ question: ERPQuestionKind) throws(ERPError) -> any ERPRows {
    let known = ERPColumn.allCases.map(\.rawValue)
    let needed = ERPColumn.needed.map(\.rawValue)
    return switch question {
    case .everything: try run(questions.all, questions.columns, known, needed)
    case .changes(let since):
      try run(
        questions.changes.isEmpty ? questions.all : questions.changes, questions.columns, known,
        needed, ("{since}", since))
    case .number(let digits):
      try run(questions.lookup, questions.columns, known, needed, ("{digits}", digits))
    }
  }

  func exceptions() throws(ERPError) -> (any ERPRows)? {
    guard !questions.exceptions.isEmpty else { return nil }
    return try run(
      questions.exceptions, RecordColumns(), RecordColumns.ofExceptions, ["number"])
  }

  func check(since mark: String?) throws(ERPError) {
    for words in [questions.changes, questions.lookup, questions.exceptions] {
      if let program = words.first { try Self.find(program) }
    }
  }

  /// Throws when there is no such program.
  static func find(_ program: String) throws(ERPError) {
    let path = getenv("PATH").map { String(cString: $0) }
    guard ProgramFile.path(of: program, in: path) == nil else { return }
    throw ERPError(
      .unreachable,
      "the profile's command \(ODBC.line(program.utf8)) was not found or may not be executed")
  }

  private func run(
    _ words: [String], _ columns: RecordColumns, _ known: [String], _ needed: [String],
    _ value: (name: String, text: String)? = nil
  ) throws(ERPError) -> any ERPRows {
    guard let program = words.first else {
      throw ERPError(.badProfile, "the profile \(profile) has no such command")
    }
    let arguments = words.dropFirst().map { word in
      value.map { word.replacing($0.name, with: $0.text) } ?? word
    }
    let output = try OutputFile(of: program)
    if let failure = try end(of: program, arguments, output) {
      throw ERPError(
        .failed, "asking the ERP failed: \(failure.sentence(option: "erp.profile"))")
    }
    return try OutputRows(output, columns, known: known, needed: needed)
  }

  /// Waits for the program's end; what it failed by.
  private func end(
    of program: String, _ arguments: [String], _ output: OutputFile
  ) throws(ERPError) -> OpenError? {
    let answer = OneAnswer<OpenError?>()
    let task = Self.start(
      program, arguments, output.descriptor, patience.seconds, answer)
    while true {
      if let outcome = answer.wait(seconds: 1) { return outcome }
      guard patience.isWanted() else {
        task.cancel()
        throw ERPError(.failed, "the copy was stopped")
      }
    }
  }

  private static func start(
    _ program: String, _ arguments: [String], _ file: FileDescriptor, _ seconds: Int,
    _ answer: OneAnswer<OpenError?>
  ) -> Task<Void, Never> {
    Task.detached { @Sendable in
      let failure = await failure(of: program, arguments, printing: file, seconds: seconds)
      answer.give(failure)
    }
  }

  private static func failure(
    of program: String, _ arguments: [String], printing file: FileDescriptor, seconds: Int
  ) async -> OpenError? {
    do throws(OpenError) {
      try await ProgramRunner().run(
        program, arguments, printing: file, atMost: mostBytes, seconds: seconds)
      return nil
    } catch {
      return error
    }
  }
}
