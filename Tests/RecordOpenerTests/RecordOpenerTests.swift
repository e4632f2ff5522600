import Foundation
import Glibc
import RecordOpener
import Telephony
import TestSupport
import Testing

@Suite struct RecordOpenerTests {
  private let workshop: Workshop
  private let opener: RecordOpener

  init() throws {
    workshop = try Workshop()
    try workshop.script("args", #"printf '%s\0' "$@" > "$OUT/args""#)
    opener = RecordOpener(environment: workshop.environment, grace: .seconds(60))
  }

  private func command(_ words: String...) throws -> OpenTarget {
    .command(try CommandTemplate(words))
  }

  @Test func leavesCardToTheWindow() async {
    #expect(await opener.open(.card, .sample()) == .opened)
    #expect(workshop.files == [])
  }

  @Test(arguments: [
    "$(touch x)", "`touch x`", "; touch x", "| touch x", "\"'\"'", "x -rf", "*",
    "%s%n", "中 É", "", String(repeating: "x", count: 10_000),
  ])
  func passesValueAsOneArgument(name: String) async throws {
    let result = await opener.open(try command("args", "1", "n={name}", "2"), .sample(name: name))
    #expect(result == .opened)
    let arguments = workshop.output("args").map { String(decoding: $0, as: UTF8.self) }
    #expect(arguments == "1\0n=\(name.prefix(1024))\0" + "2\0")
    #expect(workshop.files == ["args"])
  }

  @Test func refusesOptionBeforeStarting() async throws {
    let result = await opener.open(try command("args", "{name}"), .sample(name: "-rf"))
    #expect(result == .failed(.optionLike(placeholder: .name, program: "args")))
    #expect(workshop.files == [])
  }

  @Test func handsURLToTheDesktop() async throws {
    try workshop.script("xdg-open", #"printf '%s\n' "$#" "$@" > "$OUT/url""#)
    let target = OpenTarget.url(try URLTemplate("https://erp.example/?c={code}&n={name}"))
    #expect(await opener.open(target, .sample(name: "$(touch x)")) == .opened)
    #expect(
      workshop.lines("url") == ["1", "https://erp.example/?c=C00123&n=%24%28touch%20x%29"])
    #expect(workshop.files == ["url"])
  }

  @Test func fallsBackOnGio() async throws {
    try workshop.script("gio", #"printf '%s\n' "$@" > "$OUT/url""#)
    #expect(await opener.open(.url(try URLTemplate("erp:{code}")), .sample()) == .opened)
    #expect(workshop.lines("url") == ["open", "erp:C00123"])
  }

  @Test func saysThatThereIsNoOpener() async throws {
    let result = await opener.open(.url(try URLTemplate("erp:{code}")), .sample())
    #expect(result == .failed(.noOpener))
  }

  @Test(arguments: ["missing", "/nowhere/missing"])
  func saysWhatIsMissing(program: String) async throws {
    let result = await opener.open(try command(program), .sample())
    #expect(result == .failed(.notFound(program: program)))
  }

  @Test func saysWhatIsNotExecutable() async throws {
    let path = workshop.folder + "/text"
    try "no program".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(
      await opener.open(try command(path), .sample()) == .failed(.notFound(program: path)))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let result = await opener.open(try command(path), .sample())
    guard case .failed(.notStarted(path, _)) = result else {
      Issue.record("\(result)")
      return
    }
  }

  @Test(arguments: [
    ("exit 3", ""), ("echo 'no licence' >&2; exit 3", "no licence"),
    ("printf 'first\\n\\033[31mred\\033[0m\\007 \\302\\205end\\n\\n' >&2; exit 3", "red end"),
    ("echo 'only output'; exit 3", ""),
    ("exec 2>/dev/stderr; echo 'opened anew' >&2; exit 3", "opened anew"),
    ("printf '%0999d' 0 >&2; exit 3", String(repeating: "0", count: 200) + "…"),
    ("printf 'bad \\377 byte' >&2; exit 3", "bad \u{FFFD} byte"),
  ])
  func quotesTheLastLine(body: String, message: String) async throws {
    try workshop.script("fail", body)
    let result = await opener.open(try command("fail"), .sample())
    #expect(result == .failed(.failed(program: "fail", status: 3, message: message)))
  }

  @Test func saysWhichSignal() async throws {
    try workshop.script("die", "echo wounded >&2; kill -9 $$")
    let result = await opener.open(try command("die"), .sample())
    #expect(result == .failed(.killed(program: "die", signal: 9, message: "wounded")))
  }

  @Test func takesMegabytesOfOutput() async throws {
    try workshop.script(
      "loud",
      """
      head -c 3000000 /dev/zero | tr '\\0' y
      head -c 3000000 /dev/zero | tr '\\0' x >&2
      echo >&2; echo 'at last' >&2; exit 1
      """)
    let result = await opener.open(try command("loud"), .sample())
    #expect(result == .failed(.failed(program: "loud", status: 1, message: "at last")))
  }

  @Test func startsChildWithACleanSlate() async throws {
    // What the window would have open and ignored.
    let leaked = fcntl(0, F_DUPFD, 77)
    defer { close(leaked) }
    signal(SIGPIPE, SIG_IGN)
    try workshop.script(
      "look",
      #"""
      (readlink /proc/$$/fd/0 /proc/$$/fd/1) > "$OUT/streams"
      (ls /proc/$$/fd) > "$OUT/descriptors"
      cut -d' ' -f1,5,6,7 /proc/$$/stat > "$OUT/ids"
      grep -E 'Sig(Blk|Ign)' /proc/$$/status | cut -f2 > "$OUT/signals"
      """#)
    #expect(await opener.open(try command("look"), .sample()) == .opened)
    #expect(workshop.lines("streams") == ["/dev/null", "/dev/null"])
    // The shell keeps its script open as descriptor 10.
    #expect(Set(workshop.lines("descriptors")).subtracting(["10"]) == ["0", "1", "2"])
    // Process, group and session are one, and there is no controlling terminal.
    let ids = try #require(workshop.lines("ids").first).split(separator: " ")
    #expect(ids.count == 4 && ids[0] == ids[1] && ids[1] == ids[2] && ids[3] == "0")
    // Signals 32 and 33 belong to the C library.
    let signals = workshop.lines("signals").compactMap { UInt64($0, radix: 16) }
    #expect(signals.map { $0 & 0x7FFF_FFFF } == [0, 0])
  }

  @Test func leavesLongRunnerAloneAndReapsIt() async throws {
    // The child reads its fate from a pipe, so that nothing here depends on time.
    let pipe = workshop.folder + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    try workshop.script(
      "browser", #"echo $$ > "$OUT/pid"; read -r word < "$OUT/pipe"; echo "$word" >&2"#)
    let impatient = RecordOpener(environment: workshop.environment, grace: .milliseconds(1))
    #expect(await impatient.open(try command("browser"), .sample()) == .running)
    try await waitUntil("the program") { !workshop.lines("pid").isEmpty }
    let pid = try #require(workshop.lines("pid").first.flatMap { pid_t($0) })
    #expect(kill(pid, 0) == 0)
    // Opening for writing succeeds only while the child reads.
    let writer = open(pipe, O_WRONLY)
    #expect(write(writer, "done\n", 5) == 5)
    close(writer)
    // A zombie would still answer to signal 0.
    try await waitUntil("the program's end") { kill(pid, 0) == -1 && errno == ESRCH }
  }

  @Test func outlivesACancelledCaller() async throws {
    let pipe = workshop.folder + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    try workshop.script("browser", #"read -r word < "$OUT/pipe"; echo "$word" > "$OUT/word""#)
    let target = try command("browser")
    let caller = Task { await opener.open(target, .sample()) }
    caller.cancel()
    #expect(await caller.value == .running)
    let writer = open(pipe, O_WRONLY)
    #expect(write(writer, "alive\n", 6) == 6)
    close(writer)
    try await waitUntil("the program's word") { workshop.lines("word") == ["alive"] }
  }

  @Test func sentencesAreHarmless() {
    let hostile = "\u{1B}]0;x\u{7}\u{202E}a\nb"
    for error: OpenError in [
      .notFound(program: hostile), .notStarted(program: hostile, reason: hostile),
      .failed(program: hostile, status: 1, message: hostile),
      .killed(program: hostile, signal: 9, message: hostile),
      .optionLike(placeholder: .name, program: hostile),
    ] {
      let bad = error.sentence.unicodeScalars.filter {
        [.control, .format, .lineSeparator].contains($0.properties.generalCategory)
      }
      #expect(bad.isEmpty, "\(error)")
    }
  }
}
