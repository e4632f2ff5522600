import ArgumentParser
import CallWire
import CommandOutput
import Foundation
import Glibc
import TextForms

/// The start of the program.
///
/// The main thread itself runs the main loop. An asynchronous `main` would hand it to Dispatch's
/// thread pool, which from its first use on wakes the process every second for good; a window that
/// waits for calls must not.
@main
enum Program {
  static func main() {
    repairInheritance()
    // Where files may not be so long (ulimit -f), writing fails, which is said. Not ignored: programs that are started
    // would have that from here.
    signal(SIGXFSZ) { _ in }
    do {
      var command = try ScreenPop.parseAsRoot()
      if let lack = ProcessLimits.lackOfThreads(forWindow: command is WatchCommand) {
        StandardError.say(lack)
        exit(EX_UNAVAILABLE)
      }
      try command.run()
    } catch {
      // What was typed stands in the message.
      let message = ScreenPop.fullMessage(for: error).printableLines
      let code = ScreenPop.exitCode(for: error)
      if !message.isEmpty {
        let bytes = Array((message + "\n").utf8)
        _ = write(code == .success ? STDOUT_FILENO : STDERR_FILENO, bytes, bytes.count)
      }
      exit(code.rawValue)
    }
  }

  /// Runs the main loop until `body` has ended; for the main thread alone.
  static func wait(for body: @escaping @MainActor @Sendable () async throws -> Void) throws {
    try MainActor.assumeIsolated {
      var outcome: Result<Void, any Error>?
      Task {
        do {
          try await body()
          outcome = .success(())
        } catch {
          outcome = .failure(error)
        }
      }
      while true {
        if let outcome { return try outcome.get() }
        // Returns after each piece of work.
        _ = RunLoop.main.run(mode: .default, before: .distantFuture)
      }
    }
  }
}

/// The process's environment, as a dictionary.
var environment: [String: String] {
  var values: [String: String] = [:]
  var entry = environ
  while let text = entry.pointee {
    let pair = String(cString: text).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if pair.count == 2 { values[String(pair[0])] = String(pair[1]) }
    entry += 1
  }
  return values
}

/// Where this user's windows listen.
var runtime: RuntimeDirectory {
  let environment = environment
  return RuntimeDirectory { environment[$0] }
}
