import Curses
import Foundation
import OperatorScreen
import OperatorWindow
import Telephony
import TestSupport
import Testing

/// What is done so that the operator looks, and taken back.
struct AttentionCallerTests {
  private let programs: Programs
  private let signs = Collected<TerminalSign>()
  private let posted = Collected<Message>()

  init() throws { programs = try Programs() }

  private static let first = call(1, "Dupont SA")
  private static let second = call(2, "Garage Muller")

  private static func call(_ serial: Int, _ text: String) -> Announcement {
    Announcement(call: Call.ID(serial: serial), title: "Incoming call", text: text)
  }

  private func caller(_ text: String) throws -> AttentionCaller {
    AttentionCaller(
      try programs.settings(text), environment: programs.environment, sign: signs.add, posted.add)
  }

  @Test func bellAndTitleAreTheDefault() async throws {
    let caller = try caller("")
    caller.perform(.announce(Self.first, isNew: true))
    caller.perform(.announce(Self.second, isNew: true))
    caller.perform(.announce(Self.second, isNew: false))
    caller.perform(.settle(Self.second.call))
    caller.perform(.settle(Self.first.call))
    await caller.finish()
    let titles = signs.all.filter { $0 != .bell }
    #expect(
      titles == [
        .title("Dupont SA · Incoming call"), .title("Garage Muller · Incoming call"),
        .title("Garage Muller · Incoming call"), .title("Dupont SA · Incoming call"), .title(nil),
      ])
    #expect(signs.all.count { $0 == .bell } == 2)
  }

  @Test func aNotificationOfTheTerminalIsTakenBack() async throws {
    let caller = try caller("attention = ['osc']")
    caller.perform(.announce(Self.first, isNew: true))
    caller.perform(.settle(Self.first.call))
    #expect(
      signs.all == [
        .notice(number: 1, title: "Incoming call", text: "Dupont SA"), .withdraw(number: 1),
      ])
  }

  /// Where the operator looks at another window of tmux: who calls stands there, and the keyboard stays.
  @Test func aPaneOfTmuxTellsWhoCallsAndGoes() async throws {
    let folder = try TemporaryFolder()
    var environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": folder.path]
    let socket = folder.file("inner")
    let screen = try await TmuxScreen(
      "env",
      ["-u", "TMUX", "tmux", "-S", socket, "-f", "/dev/null", "new-session", "-n", "one", "cat"],
      environment: environment)
    try await screen.wait(for: "0:one*")
    _ = try await run("/usr/bin/tmux", ["-S", socket, "new-window", "-n", "two", "cat"])
    try await screen.wait(until: "the second window") { $0.contains("1:two*") }
    (environment["TMUX"], environment["TMUX_PANE"]) = (socket + ",1,0", "%0")
    let caller = AttentionCaller(
      try programs.settings("attention = ['tmux']"), environment: environment, sign: signs.add,
      posted.add)
    caller.perform(.announce(Self.call(1, "Dupont SA #(touch x)"), isNew: true))
    try await screen.wait(for: "Incoming call: Dupont SA #(touch x)")
    caller.perform(.announce(Self.second, isNew: true))
    try await screen.wait(for: "Garage Muller")
    try await screen.type("typed")
    try await screen.wait(for: "typed")
    caller.perform(.settle(Self.first.call))
    try await screen.wait(until: "one call") { !$0.contains("Dupont") && $0.contains("Garage") }
    caller.perform(.settle(Self.second.call))
    try await screen.wait(until: "no pane") { !$0.contains("Incoming") && $0.contains("typed") }
    await caller.finish()
    #expect(posted.sentences == [])
    _ = try await run("/usr/bin/tmux", ["-S", socket, "kill-server"])
  }

  @Test func aNotificationOfTheDesktopIsReplacedAndClosed() async throws {
    try programs.write(
      "gdbus", "shift 9; printf '%s ' \"$@\" >> $OUT/told; echo >> $OUT/told; echo '(uint32 7,)'")
    let caller = try caller("attention = ['notify']")
    caller.perform(.announce(Self.call(1, "<b>Du'pont & \\ fils"), isNew: true))
    caller.perform(.announce(Self.first, isNew: false))
    caller.perform(.announce(Self.second, isNew: true))
    caller.perform(.settle(Self.first.call))
    // What still rings is closed with the window.
    await caller.finish()
    let told = programs.lines("told").map {
      $0.replacing("org.freedesktop.Notifications.", with: "")
    }
    try #require(told.count == 5)
    #expect(
      told[0].hasPrefix(
        #"Notify 'ScreenPop' uint32 0 'call-start' 'Incoming call' '&lt;b&gt;Du&apos;pont &amp; \\ fils'"#
      ))
    #expect(
      told[1].hasPrefix("Notify 'ScreenPop' uint32 7 'call-start' 'Incoming call' 'Dupont SA'"))
    #expect(told[2].hasPrefix("Notify 'ScreenPop' uint32 0"))
    #expect(told[3] == "CloseNotification uint32 7 ")
    #expect(told[4] == "CloseNotification uint32 7 ")
    #expect(posted.all.isEmpty)
  }

  @Test func aDesktopThatRefusesIsSaidOnce() async throws {
    try programs.write("gdbus", "echo no such service >&2; exit 1")
    let caller = try caller("attention = ['notify']")
    caller.perform(.announce(Self.first, isNew: true))
    caller.perform(.announce(Self.second, isNew: true))
    await caller.finish()
    #expect(posted.sentences == ["gdbus failed with status 1: no such service"])
  }

  @Test func aProgramIsToldWhoCallsAndEndedWithTheCall() async throws {
    try programs.write("say", "echo \"$@\" >> $OUT/told; sleep 600 & echo $! >> $OUT/child; wait")
    let caller = try caller(
      "attention = ['command']\nattention_command = ['say', '--', '{name}', '{number}']")
    caller.perform(.announce(Self.call(1, "-rf $(touch x)"), isNew: true))
    let child = try await waitFor("the program runs", instead: "\(posted.sentences)") {
      programs.lines("child").first.flatMap { pid_t($0) }
    }
    #expect(programs.lines("told") == ["-- -rf $(touch x) "])
    caller.perform(.settle(Call.ID(serial: 1)))
    _ = try await waitFor("what it started is gone, too") { kill(child, 0) == 0 ? nil : true }
    await caller.finish()
    #expect(posted.all.isEmpty)
  }

  @Test func aProgramThatIsNotThereIsSaid() async throws {
    let caller = try caller("attention = ['command']\nattention_command = ['nothere']")
    caller.perform(.announce(Self.first, isNew: true))
    let said = try await waitFor("the sentence") { posted.sentences.first }
    #expect(said.contains("\"attention_command\""))
    await caller.finish()
  }
}
