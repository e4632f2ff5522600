import Glibc

/// A terminal of a fixed size with one program in it, in a private tmux server.
///
/// The program's environment is exactly what is given, and tmux's own `TERM` and `TMUX`. When it has
/// ended, the screen stays as it left it. Program and server end when nobody holds the screen any more.
public final class TmuxScreen: Sendable {
  private let folder: TemporaryFolder
  private let server: Child
  /// The program's process.
  public let program: Int32

  /// Starts `program` with `arguments` in a terminal of `width` columns and `height` lines.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String],
    width: Int = 100, height: Int = 30
  ) async throws {
    folder = try TemporaryFolder()
    let configuration = try folder.write(
      """
      set -g default-terminal tmux-256color
      set -g status off
      set -g remain-on-exit on
      set -s escape-time 0
      set -s exit-empty off
      """, to: "tmux.conf")
    let socket = folder.file("tmux")
    server = try Child(
      "tmux", ["-D", "-S", socket, "-f", configuration], environment: environment,
      output: folder.file("server"))
    // Without a second word, tmux takes the first for a shell's command line.
    let command = ["env", program] + arguments
    let size = ["-x", "\(width)", "-y", "\(height)"]
    self.program = try await waitFor(
      "tmux in \(socket)", instead: contents(ofFile: folder.file("server"))
    ) { [folder] in
      let started = try await Self.tmux(
        ["new-session", "-d", "-P", "-F", "#{pane_pid}"] + size + ["--"] + command, in: folder)
      return started.status == 0 ? Int32(started.output.dropLast()) : nil
    }
  }

  deinit {
    // The program is in a session of its own, and survives the server for a moment: what it writes
    // must not come into folders that go with the test. A zombie is gone: its parent may be slow.
    kill(program, SIGKILL)
    for _ in 0..<1000 where isRunning(program) { poll(nil, 0, 5) }
  }

  /// What the screen shows, a line each, blanks at the end trimmed.
  public func text() async throws -> String {
    try await tmux(["capture-pane", "-p"]).output
  }

  /// How many colours the program has asked for on what the screen shows (ECMA-48 SGR 30 to 38 and 40 to 48).
  public func colours() async throws -> Int {
    let painted = try await tmux(["capture-pane", "-p", "-e"]).output
    return painted.matches(of: #/\u{1b}\[(\d+;)*[34][0-8](;\d+)*m/#).count
  }

  /// Types `text` as it stands.
  public func type(_ text: String) async throws {
    _ = try await tmux(["send-keys", "-l", "--", text])
  }

  /// Presses a key by tmux's name for it: `Enter`, `Escape`, `C-c`, `Up`.
  public func press(_ key: String) async throws {
    _ = try await tmux(["send-keys", "--", key])
  }

  /// Presses a key until the screen shows `words`, again every half second: the window acts on some
  /// keys only after a call has been selected for a while.
  @discardableResult
  public func press(_ key: String, until words: String) async throws -> String {
    let clock = ContinuousClock()
    var next = clock.now
    return try await wait(until: "\"\(words)\" on the screen after \(key)") { screen in
      if screen.contains(words) { return true }
      if clock.now >= next {
        try await press(key)
        next = clock.now + .milliseconds(500)
      }
      return false
    }
  }

  /// Clicks with the left button, as a terminal in SGR mouse mode reports it; from 0, 0.
  public func click(x: Int, y: Int) async throws {
    try await type("\u{1b}[<0;\(x + 1);\(y + 1)M\u{1b}[<0;\(x + 1);\(y + 1)m")
  }

  /// Gives the terminal another size.
  public func resize(width: Int, height: Int) async throws {
    _ = try await tmux(["resize-window", "-x", "\(width)", "-y", "\(height)"])
  }

  /// Presses the keys one after the other, by tmux's names.
  public func press(_ keys: [String]) async throws {
    for key in keys { try await press(key) }
  }

  /// What tmux knows of the terminal: `alternate_on`, `pane_dead`.
  public func fact(_ name: String) async throws -> String {
    try await tmux(["display-message", "-p", "#{\(name)}"]).output.trimmingNewline
  }

  /// Lets the terminal vanish under the program.
  public func vanish() { server.signal(SIGKILL) }

  /// Waits until the program has gone, however it ended.
  public func gone() async throws {
    try await waitUntil("the end of the program") { !isRunning(program) }
  }

  /// Waits until `holds` is true of what the screen shows; the failure prints the last screen.
  @discardableResult
  public func wait(until what: String, _ holds: (String) async throws -> Bool) async throws
    -> String
  {
    var last = ""
    return try await waitFor(what, instead: "The last screen:\n\(last)") {
      last = try await text()
      return try await holds(last) ? last : nil
    }
  }

  /// Waits until the screen shows `words`.
  @discardableResult
  public func wait(for words: String) async throws -> String {
    try await wait(until: "\"\(words)\" on the screen") { $0.contains(words) }
  }

  /// Waits until the program has ended and answers its exit status.
  public func exitStatus() async throws -> Int32 {
    try await waitFor("the end of the program in the terminal") {
      // tmux 3.3a now and then misses the death of its child; another SIGCHLD makes it look again.
      server.signal(SIGCHLD)
      let words = try await tmux(["display-message", "-p", "#{pane_dead} #{pane_dead_status}"])
        .output.split(whereSeparator: \.isWhitespace)
      return words.count == 2 && words[0] == "1" ? Int32(words[1]) : nil
    }
  }

  private func tmux(_ arguments: [String]) async throws -> Finished {
    try await Self.tmux(arguments, in: folder)
  }

  /// Runs a command of the server in `folder`; with -N, so that none starts a server of its own.
  private static func tmux(_ arguments: [String], in folder: TemporaryFolder) async throws
    -> Finished
  {
    try await run(
      "tmux", ["-N", "-S", folder.file("tmux")] + arguments, environment: ["LC_ALL": "C.UTF-8"])
  }
}

/// Whether a process exists and is no zombie.
private func isRunning(_ pid: Int32) -> Bool {
  let state = processState(pid)
  return state != nil && state != "Z"
}

extension String {
  /// Without the line end that a program prints after its answer.
  fileprivate var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
