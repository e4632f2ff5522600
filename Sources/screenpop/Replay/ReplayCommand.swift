import ArgumentParser
import CallWire
import CommandOutput
import Glibc
import OperatorConfiguration
import OperatorWindow
import TextForms
import TrafficTrace

/// `screenpop replay`: recorded calls ring the window again (R45), and a trace is read again (R55).
struct ReplayCommand: ParsableCommand, Sendable {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Play recorded calls into the windows of this user, or print the journal of a trace.")

  @Argument(
    help: "The file: a trace; or a message a line, and before it the seconds since the start.")
  var file: String

  @Option(help: "Play into the window of this station only.")
  var station: String?

  @Flag(help: "The journal of a trace as one JSON object a line.")
  var json = false

  func run() throws {
    let runs: [TraceRun]?
    do throws(TraceError) {
      runs = try TraceRun.runs(in: file)
    } catch {
      throw failure(65, error.description)
    }
    guard let runs else { return try Program.wait { try await play() } }
    guard !runs.isEmpty else { throw failure(65, "\(file) tells of no run") }
    // A window's options are lines of a configuration file.
    guard !runs.contains(where: { $0.options.contains { $0.hasPrefix("--") } }) else {
      throw failure(65, "\(file) is a relay's trace: ctirelay replay \(file) plays it")
    }
    try Program.wait { try await show(runs) }
  }

  /// Prints the journal that a window wrote while the trace was taken.
  private func show(_ runs: [TraceRun]) async throws {
    let store = StoreAccess(Directories(environment: environment), demo: false)
    let output = OutputFile.standardOutput
    do {
      for run in runs {
        let settings = try Settings.recorded(run.options)
        store.adopt(settings)
        let replay = try TraceReplay(run, store)
        for entry in replay.journal {
          let line = JournalLine(entry)
          try output.write(json ? line.object : line.row)
        }
        for source in replay.unplayed.sorted() {
          StandardError.say("the lines of \(source) cannot be played again")
        }
      }
      try output.flush()
    } catch let error as any EndingError {
      throw error.told()
    }
  }

  private func play() async throws {
    let steps = try recording().steps
    let runtime = runtime
    // What was told before is told as new: a window takes a message of one name once, and a call of one
    // name is one call.
    let telling = newMessageID()
    let clock = ContinuousClock()
    let start = clock.now
    for step in steps {
      try await clock.sleep(until: start + .milliseconds(step.time))
      var message = step.message
      message.mid = newMessageID()
      message.id = message.id.map { "\($0)-\(telling)" }
      let sockets = station.map { [runtime.socketPath(station: $0)] } ?? runtime.socketPaths()
      switch Delivery.offer(try line(message), to: sockets) {
      case .taken: break
      case .refused(let sentence):
        throw failure(65, "the window refused a message of \(file): \(sentence)")
      case .unanswered:
        throw failure(EX_UNAVAILABLE, "no window answers: open one, and start again")
      }
    }
    print("played \(steps.count.counted("message"))")
  }

  private func line(_ message: CallMessage) throws -> [UInt8] {
    do {
      return try message.encoded()
    } catch {
      throw failure(65, "\(file): \(error.sentence)")
    }
  }

  private func recording() throws -> Recording {
    do {
      guard let text = try TextFile.content(of: file) else {
        throw failure(66, "there is no file \(file)")
      }
      return try Recording(text)
    } catch let error as TextFile.Failure {
      throw failure(66, "could not read \(file): \(error.reason)")
    } catch let error as Recording.Unreadable {
      throw failure(65, "\(file):\(error.line): \(error.sentence)")
    }
  }

  private func failure(_ code: Int32, _ sentence: String) -> ExitCode {
    StandardError.say(sentence)
    return ExitCode(code)
  }
}
