import CallWire
import LauncherSupport
import TestSupport
import Testing

/// What the launcher makes of its command line and its environment.
@Suite struct CommandLineTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The message that a run keeps in the spool.
  private func message(
    _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> CallMessage {
    let run = try await LauncherRun(arguments, runtime: folder.path, environment: environment)
    #expect(run.code == 75, "\(run.errors)")
    let entry = try #require(folder.runtime.spool.list(station: nil).entries.first)
    return try CallMessage(line: entry.line)
  }

  @Test(arguments: [
    (["0199001234"], "0199001234", false),
    (["01", "99", "00", "12", "34", "popup"], "01 99 00 12 34", true),
    (["\"0199001234\"", "\"POPUP\""], "0199001234", true),
    (["--number=0199001234"], "0199001234", false),
    (["ctidivalto:0199001234?popup"], "0199001234", true),
    (["ctidivalto:%2B33199001234"], "+33199001234", false),
    (["sip:0199001234@192.0.2.1:5060;user=phone"], "0199001234", false),
    (["tel:1024;phone-context=pbx.example.com"], "1024", false),
    (["tel:30123456;phone-context=+49"], "30123456;phone-context=+49", false),
    (["--", "0199001234", "popup"], "0199001234", true),
    ([""], "", false),
    (["-"], "anonymous", false),
    (["sip:alice@trunk.example"], "alice", false),
    (["$(touch x)"], "$(touch x)", false),
    (["--", "--event=end;rm"], "--event=end;rm", false),
    (["%s%n"], "%s%n", false),
    (["'; DROP TABLE x"], "'; DROP TABLE x", false),
    (["\u{1B}]0;x\u{7}"], "\u{FFFD}]0;x\u{FFFD}", false),
    (["L0#0199003014"], "L0#0199003014", false),
    (["popup"], "", true),
    (["anonymous"], "anonymous", false),
    (["$remote"], "$remote", false),
  ])
  func readsTheNumber(arguments: [String], tel: String, popup: Bool) async throws {
    let message = try await message(arguments)
    #expect(message.tel == tel)
    #expect(message.popup == popup)
    #expect(message.event == "ring")
  }

  @Test func readsTheOptions() async throws {
    let message = try await message([
      "--event", "hangup", "--call-id=a=b", "--line", "--name", "--name", "--station x", "--called",
      "1024", "--direction", "out", "--reason", "missed", "0199001234",
    ])
    #expect(
      message
        == CallMessage(
          event: "end", tel: "0199001234", mid: message.mid, id: "a=b", name: "--station x",
          called: "1024", line: "--name", direction: "out", reason: "missed"))
  }

  /// A mark makes one character with the `=` before it.
  @Test func readsAValueThatBeginsWithAMark() async throws {
    let message = try await message([
      "--name=\u{301}Zo\u{E9}", "--line=\u{200D}x", "--number=0199001234",
    ])
    #expect(message.name?.utf8.elementsEqual("\u{301}Zo\u{E9}".utf8) == true)
    #expect(message.line?.utf8.elementsEqual("\u{200D}x".utf8) == true)
    #expect(message.tel == "0199001234")

    // Whatever becomes of such a number, it is one, and no option that nobody knows.
    let number = try await LauncherRun(["--number=\u{301}0199001234"], runtime: folder.path)
    #expect(number.code != 64, "\(number.errors)")
  }

  @Test func readsTheSwitchForm() async throws {
    let message = try await message(["/N:E", "/C:0199001234", "/T:O", "/I:42"])
    #expect(message.event == "end")
    #expect(message.tel == "0199001234")
    #expect(message.direction == "out")
    #expect(message.id == "42")
  }

  @Test(arguments: [("missed", "end", "missed"), ("Ringing", "ring", nil), ("hold", "hold", nil)])
  func writesTheRelaysWords(word: String, event: String, reason: String?) async throws {
    let message = try await message(["--event", word, "0199001234"])
    #expect(message.event == event)
    #expect(message.reason == reason)
  }

  @Test func takesTheNameOffTheNumber() async throws {
    let message = try await message(["\"Roy, Ana\" <sip:0199001234@host>"])
    #expect(message.tel == "0199001234")
    #expect(message.name == "Roy, Ana")
  }

  @Test func readsTwinklesEnvironment() async throws {
    let message = try await message(
      [],
      environment: [
        "TWINKLE_TRIGGER": "in_call_answered", "SIP_FROM_USER": "0199001234",
        "SIP_FROM_DISPLAY": "Ana Roy", "SIP_CALL_ID": "abc@host", "TWINKLE_LINE": "1",
      ])
    #expect(message.event == "answer")
    #expect(message.tel == "0199001234")
    #expect(message.name == "Ana Roy")
    #expect(message.id == "abc@host")
    #expect(message.line == "1")
  }

  @Test func needsNoNumberToEndACallItNames() async throws {
    let message = try await message(["--event", "end", "--call-id", "42"])
    #expect(message.tel == "")
    #expect(message.id == "42")
  }

  @Test(arguments: [
    [], ["--event"], ["--nonsense", "0199001234"], ["--event", "end"], ["--help=yes"],
    ["0199001234", "--call-id"], ["--"],
  ])
  func saysWhatIsWrong(arguments: [String]) async throws {
    let run = try await LauncherRun(arguments, runtime: folder.path)
    #expect(run.code == 64)
    #expect(run.errors.hasPrefix("clicktocall: "))
    #expect(run.errors.hasSuffix("--help\n"))
    #expect(folder.names() == [])
  }

  @Test(arguments: [
    [String(repeating: "1", count: 5000)], [String(repeating: "é", count: 2100)],
    ["\u{202E}\u{200B}"], ["\u{7}"],
    ["\u{3164}"],
  ])
  func refusesWhatCannotBeSent(arguments: [String]) async throws {
    let run = try await LauncherRun(arguments, runtime: folder.path)
    #expect(run.code == 65)
    #expect(run.errors.hasPrefix("clicktocall: "))
    #expect(run.errors.filter { $0 == "\n" }.count == 1)
    #expect(run.errors.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    #expect(folder.names() == [])
  }

  /// What does not fit into a message is cut, and the call goes out.
  @Test(arguments: [
    ["0199001234", "--name", String(repeating: "é", count: 2000)],
    [String(repeating: "é", count: 2000)],
    ["0199001234", "--call-id", String(repeating: "/", count: 4000)],
    [
      "0199001234", "--called", String(repeating: "/", count: 4000), "--line",
      String(repeating: "/", count: 4000),
    ],
    [
      "sip:a\(String(repeating: "\u{301}", count: 1500))@h", "--name",
      "b" + String(repeating: "\u{301}", count: 3000),
    ],
    [
      "0199001234", "--event", String(repeating: "é", count: 500), "--reason",
      String(repeating: "é", count: 500),
    ],
    ["Anonymous <sip:anonymous@anonymous.invalid>;x=" + String(repeating: "%", count: 3900)],
    [String(repeating: "(", count: 3000) + "0199001234"],
  ])
  func cutsWhatDoesNotFit(arguments: [String]) async throws {
    let message = try await message(arguments)
    #expect(message.event.isEmpty == false)
  }

  @Test(
    arguments: [
      (["--name", "Inconnu", "0536491201"], nil), (["--name", "0536491201", "0536491201"], nil),
      (["--name", "Inconnu", "\"Roy\" <sip:0536491201@h>"], "Roy"),
    ] as [([String], String?)])
  func leavesOutNamesThatAreNone(arguments: [String], name: String?) async throws {
    let message = try await message(arguments)
    #expect(message.tel == "0536491201")
    #expect(message.name == name)
  }

  @Test func survivesBytesThatAreNoText() async throws {
    let run = try await LauncherRun(
      shell: "exec \"$clicktocall\" --name \"$(printf '\\377\\376')\" 0199001234",
      runtime: folder.path)
    #expect(run.code == 75)
  }

  @Test(arguments: [("--help", "Usage: clicktocall"), ("--version", "clicktocall ")])
  func tells(option: String, beginning: String) async throws {
    let run = try await LauncherRun([option], runtime: folder.path)
    #expect(run.code == 0)
    #expect(run.output.hasPrefix(beginning))
    #expect(run.errors == "")
  }
}
