import Canvas
import Foundation
import Glibc
import TestSupport
import Testing

/// A real terminal for the tests: a pane of a private tmux server, in which nothing runs.
///
/// The test opens the pane's tty by itself, paints on it, and asks tmux what it shows.
final class TmuxPane {
  private let socket = "curses-tests-\(getpid())-\(UUID().uuidString.prefix(8))"
  private let socketPath: String
  /// Path of the pane's tty.
  let path: String
  /// The pane's tty, open for reading and writing.
  let descriptor: Int32

  init(_ size: Size) throws {
    let start = [
      "new-session", "-d", "-x", "\(size.width)", "-y", "\(size.height)", "exec sleep 600",
    ]
    _ = try TmuxPane.tmux(
      socket,
      ["-f", "/dev/null"] + start
        + [";", "set", "-g", "status", "off", ";", "set", "-g", "window-size", "manual"])
    path = try TmuxPane.tmux(socket, ["display-message", "-p", "#{pane_tty}"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
    descriptor = open(path, O_RDWR | O_NOCTTY)
    try #require(descriptor >= 0, "Cannot open the pane's tty \(path).")
    // The pane's first process marks the tty as UTF-8 just before it becomes the command.
    var isMarked = false
    for _ in 0..<2000 where !isMarked {
      isMarked = lineSettings(descriptor)[0] & UInt32(IUTF8) != 0
      if !isMarked { poll(nil, 0, 5) }
    }
    try #require(isMarked, "The pane's command has not started.")
    socketPath = try TmuxPane.tmux(socket, ["display-message", "-p", "#{socket_path}"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
    try resize(size)
  }

  deinit {
    close(descriptor)
    _ = try? TmuxPane.tmux(socket, ["kill-server"])
    // The server leaves it behind.
    unlink(socketPath)
  }

  /// Gives the pane another size.
  func resize(_ size: Size) throws {
    _ = try TmuxPane.tmux(
      socket, ["resize-window", "-x", "\(size.width)", "-y", "\(size.height)"])
  }

  /// Types bytes into the pane.
  func type(_ bytes: [UInt8]) throws {
    _ = try TmuxPane.tmux(
      socket, ["send-keys", "-H"] + bytes.map { String($0, radix: 16) })
  }

  /// Pastes text as the operator's terminal would.
  func paste(_ text: String) throws {
    _ = try TmuxPane.tmux(socket, ["set-buffer", "--", text, ";", "paste-buffer", "-p"])
  }

  /// A fact about the pane, such as `#{cursor_x}`.
  func fact(_ format: String) throws -> String {
    try TmuxPane.tmux(socket, ["display-message", "-p", format])
      .trimmingCharacters(in: .newlines)
  }

  /// The lines that the pane shows, trailing blanks trimmed; with their colours as SGR sequences
  /// when `styled`.
  func lines(styled: Bool = false) throws -> [String] {
    let text = try TmuxPane.tmux(socket, ["capture-pane", "-p"] + (styled ? ["-e"] : []))
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
      var line = Substring(line)
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  /// Runs tmux to its end and gives what it prints.
  ///
  /// Not `Foundation.Process`, which waits for the server too: it is a child of a child.
  private static func tmux(_ socket: String, _ arguments: [String]) throws -> String {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    posix_spawn_file_actions_addclose(&actions, ends[1])
    // The threads of these tests hold signals back, and a child would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    // -u: in UTF-8 whatever the locale of the tests.
    var words: [UnsafeMutablePointer<CChar>?] = (["tmux", "-u", "-L", socket] + arguments)
      .map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    var child = pid_t()
    let failure = posix_spawnp(&child, "tmux", &actions, &attributes, words, environ)
    close(ends[1])
    try #require(failure == 0, "tmux cannot be started; install it (package tmux).")
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(ends[0], &buffer, buffer.count), count > 0 {
      output += buffer[..<count]
    }
    var status: Int32 = 0
    waitpid(child, &status, 0)
    let text = String(decoding: output, as: UTF8.self)
    try #require(status == 0, "tmux \(arguments.joined(separator: " ")): \(text)")
    return text
  }
}

/// Waits until `condition` holds; a failure says what was waited for and shows `state`.
@MainActor
func eventually(
  _ what: String, sourceLocation: SourceLocation = #_sourceLocation,
  state: @autoclosure () throws -> String = "", _ condition: () throws -> Bool
) async throws {
  do {
    try await waitUntil(what, instead: (try? state()) ?? "") { try condition() }
  } catch let expired as Expired {
    Issue.record("\(expired)", sourceLocation: sourceLocation)
  }
}
