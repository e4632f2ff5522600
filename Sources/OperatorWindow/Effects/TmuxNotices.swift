import OperatorScreen
import RecordOpener
import Telephony

/// Shows who calls around the terminal, where the window runs within tmux: its own pane grows where the operator sees
/// it, and where not, a small pane opens at the top of what the operator looks at. Neither takes the keyboard.
///
///     tmux list-clients -F …                                  who looks at what
///     tmux resize-pane -t %3 -y 12                            and back, when nobody rings any more
///     tmux split-window -dI -vfb -l 3 -t %7 -P -F #{pane_id}   who calls comes by the standard input
///     tmux run-shell -b -d 90 -C "kill-pane -t %9"            whatever becomes of the window
struct TmuxNotices: Sendable {
  /// How long tmux may take [s].
  private static let patience = 3
  /// How tall the window's pane is to be while a call rings [lines].
  private static let height = 12
  private static let program = "tmux"

  /// What is shown where.
  private enum Shown: Sendable {
    /// The window's pane has grown from so many lines.
    case grown(from: Int)
    /// A pane of its own.
    case pane(String)
  }

  private let runner: ProgramRunner
  /// The window's pane, such as `%3`; nil outside of tmux.
  private let ownPane: String?
  /// How long a pane stays that nobody takes away [s].
  private let longest: Int
  private var calls: [Announcement] = []
  private var shown: Shown?

  init(_ runner: ProgramRunner, pane: String?, longest: Int) {
    self.runner = runner
    self.longest = longest
    ownPane = pane.flatMap { Self.isPane($0) ? $0 : nil }
  }

  /// Follows an order; throws what tmux said.
  mutating func perform(_ order: AttentionOrder) async throws(OpenError) {
    calls.follow(order)
    switch shown {
    case nil where !calls.isEmpty: shown = try await show()
    case let before? where calls.isEmpty:
      shown = nil
      try await takeBack(before)
    case .pane(let pane)?:
      do throws(OpenError) {
        _ = try await tmux(["display-message", "-I", "-t", pane], input: text)
      } catch {
        // The operator has closed it: seen.
      }
    case nil, .grown?: break
    }
  }

  /// Shows an invented call for a moment.
  static func attempt(
    _ runner: ProgramRunner, pane: String?, _ call: Announcement
  ) async throws(OpenError) -> Bool {
    var notices = TmuxNotices(runner, pane: pane, longest: 5)
    guard notices.ownPane != nil else { return false }
    try await notices.perform(.announce(call, isNew: true))
    try await notices.perform(.settle(call.call))
    return true
  }

  // MARK: - Where

  private func show() async throws(OpenError) -> Shown? {
    guard let ownPane else { return nil }
    // Nobody but the operator's own terminals shows what tmux has here: the one that was used last is looked at.
    let clients = try await tmux([
      "list-clients", "-F",
      "#{client_activity} #{window_id} #{pane_id} #{window_zoomed_flag} #{window_height}",
    ])
    var (seen, latest): ([Substring], Int) = ([], -1)
    for line in clients.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 5, let used = Int(words[0]), used > latest else { continue }
      (seen, latest) = (words, used)
    }
    guard !seen.isEmpty else { return nil }
    let own = try await tmux([
      "display-message", "-p", "-t", ownPane, "#{window_id} #{pane_height}",
    ]).split(whereSeparator: \.isWhitespace)
    guard own.count == 2, let tall = Int(own[1]) else { return nil }
    let isZoomed = seen[3] == "1"
    if own[0] == seen[1], !isZoomed || seen[2] == ownPane {
      guard tall < Self.height, !isZoomed else { return nil }
      _ = try await tmux(["resize-pane", "-t", ownPane, "-y", "\(Self.height)"])
      return .grown(from: tall)
    }
    // A pane would end the zoom, and there has to be room for one.
    guard !isZoomed, Int(seen[4]) ?? 0 > Self.height else { return nil }
    let made = try await tmux(
      [
        "split-window", "-dI", "-vfb", "-l", "3", "-t", String(seen[2]), "-P", "-F", "#{pane_id}",
      ], input: text)
    let pane = made.filter { !$0.isWhitespace }
    guard Self.isPane(pane) else { return nil }
    _ = try await tmux(["run-shell", "-b", "-d", "\(longest)", "-C", "kill-pane -t \(pane)"])
    return .pane(pane)
  }

  private func takeBack(_ shown: Shown) async throws(OpenError) {
    switch shown {
    case .grown(let before):
      guard let ownPane else { return }
      _ = try await tmux(["resize-pane", "-t", ownPane, "-y", "\(before)"])
    case .pane(let pane):
      do throws(OpenError) {
        _ = try await tmux(["kill-pane", "-t", pane])
      } catch {
        // The operator has closed it.
      }
    }
  }

  /// What the pane shows: who rings, the latest first.
  private var text: String {
    let lines = calls.reversed().prefix(3).map { "\($0.title): \($0.text)" }
    return "\u{1B}[H\u{1B}[2J\u{1B}[?25l" + lines.joined(separator: "\r\n")
  }

  private func tmux(
    _ arguments: [String], input: String = ""
  ) async throws(OpenError) -> String {
    try await runner.answer(
      of: Self.program, arguments, input: input, seconds: Self.patience)
  }

  /// Whether tmux calls a pane so: what is put into a command of tmux must be nothing else.
  private static func isPane(_ name: String) -> Bool {
    name.hasPrefix("%") && name.utf8.count > 1
      && name.dropFirst().allSatisfy { ("0"..."9").contains($0) }
  }
}
