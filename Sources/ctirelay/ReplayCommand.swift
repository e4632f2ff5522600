import ArgumentParser
import Glibc
import RelayServer
import TrafficTrace

/// `ctirelay replay`: a recorded relay's requests are answered again (R55).
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Ask again what a trace of a relay was asked, and print what it gives.",
    discussion: """
      A line for each request: when, from where, the request, the status, the answer; and one for each \
      event that a station is told. Calls are kept in memory, nothing listens, and what was refused for \
      its token is not asked again. Exit: 0 each status is the recorded one, 1 one is not, \
      65 the file is no trace of a relay, 78 a map that the relay had is not right.
      """)

  @Argument(help: "The trace.")
  var file: String

  func run() throws {
    let runs: [TraceRun]?
    do throws(TraceError) {
      runs = try TraceRun.runs(in: file)
    } catch {
      throw failure(error.description)
    }
    guard let runs, !runs.isEmpty else { throw failure("\(file) is no trace of a relay") }
    var isSame = true
    for run in runs {
      let options: RelayOptions
      do {
        options = try CTIRelay.parse(run.options).options()
      } catch {
        throw failure("\(file) is no trace of a relay: it has other options")
      }
      var replay: RelayReplay
      do throws(RelayError) {
        replay = try RelayReplay(run, options)
      } catch {
        CTIRelay.say(error.sentence)
        throw ExitCode(EX_CONFIG)
      }
      isSame = try replay.play { print($0) } && isSame
    }
    if !isSame { throw ExitCode(1) }
  }

  private func failure(_ sentence: String) -> ExitCode {
    CTIRelay.say(sentence)
    return ExitCode(65)
  }
}
