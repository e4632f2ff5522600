import Foundation
import TestSupport
import Testing

/// A shell's terminal with the window in it; the shell says how the window ended.
///
/// The size of the terminal is left out of `stty`'s answer: it is no setting of the window's.
struct ShellSite {
  let workplace: Workplace
  /// The shell's terminal.
  let screen: TmuxScreen
  /// The window's process, which is not the terminal's first: tmux wakes a first process that is stopped.
  let window: Int32

  /// Opens the window of station 1024; with a call of Dupont SA in it when `ringing`.
  init(ringing: Bool = false) async throws {
    workplace = try await Workplace()
    let script = try workplace.folder.write(
      """
      cd "$(dirname "$0")"
      stty -a | tail -n +2 >before
      echo "on the shell's screen"
      sh -c 'echo $$ >pid; exec "$0" watch --station 1024' "$1"
      echo "ended with $?"
      stty -a | tail -n +2 >after
      exec cat
      """, to: "shell")
    screen = try await TmuxScreen(
      "sh", [script, builtProgram("screenpop")], environment: workplace.environment)
    try await workplace.listening(screen)
    try await screen.wait(for: "Waiting")
    window = try #require(
      Int32(contents(ofFile: workplace.folder.file("pid")).filter(\.isNumber)))
    if ringing {
      try await workplace.clicktocall("0388202122")
      try await screen.wait(for: "Dupont SA")
    }
  }

  /// The terminal is as the window found it, and the socket is gone.
  func expectLeft(status: Int32, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    let text = try await screen.wait(for: "ended with")
    #expect(text.contains("ended with \(status)\n"), sourceLocation: sourceLocation)
    #expect(text.hasPrefix("on the shell's screen\n"), sourceLocation: sourceLocation)
    #expect(!text.contains("Waiting"), sourceLocation: sourceLocation)
    for mode in ["alternate_on", "mouse_any_flag", "keypad_flag"] {
      #expect(
        try await screen.fact(mode) == "0", "\(mode)", sourceLocation: sourceLocation)
    }
    #expect(try await screen.fact("cursor_flag") == "1", sourceLocation: sourceLocation)
    let settings = contents(ofFile: workplace.folder.file("before"))
    #expect(!settings.isEmpty, sourceLocation: sourceLocation)
    try await waitUntil("the terminal's settings as before") {
      contents(ofFile: workplace.folder.file("after")) == settings
    }
    expectNoSocket(sourceLocation: sourceLocation)
  }

  func expectNoSocket(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
      !FileManager.default.fileExists(atPath: workplace.socketPath()),
      sourceLocation: sourceLocation)
  }
}
