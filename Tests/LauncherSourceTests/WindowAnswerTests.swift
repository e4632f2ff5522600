import CallWire
import LauncherSource
import LauncherSupport
import Synchronization
import Telephony
import TestSupport
import Testing

/// What a window tells those who ask on its socket: the caller's name, and how it is.
@Suite struct WindowAnswerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func say(_ lines: String, to knowledge: WindowKnowledge, count: Int = 1) async throws
    -> [String?]
  {
    let source = RunningSource(folder.runtime, knowledge: knowledge)
    try #require(await source.isUp())
    let client = try #require(RawClient(folder.runtime))
    client.say(lines)
    client.finish()
    let answers = (0..<count).map { _ in client.line() }
    await source.stop()
    return answers
  }

  private let knowing = WindowKnowledge(
    name: { number, answer in answer(number.key == "+33388202122" ? "Dupont & Fils\n" : nil) },
    sources: { ["source.baresip": "down", "reason.baresip": "it hangs"] })

  @Test func theNameIsToldToWhoAsks() async throws {
    let answers = try await say(
      "v=1&event=ring&tel=0388202122&mid=1&reply=name\nv=1&event=ring&tel=0388202122&mid=2\n"
        + "v=1&event=ring&tel=0199001111&mid=3&reply=name\nv=1&event=ring&tel=anonymous&mid=4&reply=name\n"
        + "v=1&event=ring&tel=0388202122&mid=1&reply=name\n",
      to: knowing, count: 5)
    #expect(answers == ["name=Dupont+%26+Fils%0A", "ok", "ok", "ok", "ok"])
  }

  /// A store that hangs costs the launcher a moment, and the call nothing.
  @Test func aNameThatIsLateIsLeftOut() async throws {
    let late = Mutex<[@Sendable (String?) -> Void]>([])
    let answers = try await say(
      "v=1&event=ring&tel=0388202122&mid=1&reply=name\nv=1&event=ring&tel=0388202122&mid=2\n",
      to: WindowKnowledge(name: { _, answer in late.withLock { $0.append(answer) } }), count: 2)
    #expect(answers == ["ok", "ok"])
    for answer in late.withLock({ $0 }) { answer("too late") }
  }

  @Test func theStateIsToldToWhoAsks() async throws {
    let source = RunningSource(folder.runtime, knowledge: knowing)
    try #require(await source.isUp())
    let client = try #require(RawClient(folder.runtime))
    client.say("v=1&event=gong&tel=0388202122&mid=1\nv=1&event=ring&tel=$remote&mid=2\nnonsense\n")
    for _ in 0..<3 { _ = client.line() }
    let state = try #require(WindowState.ask(folder.runtime.socketPath(station: nil)))
    #expect(state.fields["taken"] == "2")
    #expect(state.fields["refused"] == "1")
    #expect(state.fields["word.gong"] == "1")
    #expect(state.fields["keyword.$remote"] == "1")
    #expect(state.fields["source.baresip"] == "down")
    #expect(state.fields["reason.baresip"] == "it hangs")
    #expect(source.events.count == 2)
    await source.stop()
  }

  /// What strangers made it remember does not make the answer longer than a line.
  @Test func aLongStateIsCut() async throws {
    let fields = Dictionary(
      uniqueKeysWithValues: (0..<200).map { ("word.\($0)", String(repeating: "x", count: 100)) })
    let reply = CallReply.state(WindowState(fields)).encoded()
    #expect(reply.count <= CallMessage.longestLine)
    let read = try #require(CallReply(line: reply))
    guard case .state(let state) = read else {
      Issue.record("\(read)")
      return
    }
    #expect(state.fields.count > 20)
  }

  @Test func nobodyTellsNothing() throws {
    #expect(WindowState.ask(folder.runtime.socketPath(station: "1024"), limit: 50) == nil)
    let old = try StandInWindow(folder.runtime, .answers("refused the message says no version\n"))
    #expect(WindowState.ask(folder.runtime.socketPath(station: nil)) == nil)
    #expect(old.lines == ["ask=state"])
  }
}
