import CallWire
import Glibc
import LauncherSupport
import Telephony
import TestSupport
import Testing

/// The built launcher against a real window's source, and against peers that are none.
@Suite struct DeliveryByProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(
    _ arguments: String..., environment: [String: String] = [:]
  ) async throws -> LauncherRun {
    try await LauncherRun(arguments, runtime: folder.path, environment: environment)
  }

  @Test func reachesTheWindow() async throws {
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    let run = try await run("0199001234", "PopUp")
    #expect(run.code == 0)
    #expect(run.output == "")
    #expect(run.errors == "")
    let event = try #require(source.events.first)
    #expect(event.kind == .ring)
    #expect(event.popup)
    await source.stop()
  }

  @Test func picksTheStationsWindow() async throws {
    let first = RunningSource(folder.runtime, station: "1024")
    let second = RunningSource(folder.runtime, station: "1025")
    let bare = RunningSource(folder.runtime)
    for source in [first, second, bare] { #expect(await source.isUp()) }
    #expect(try await run("--station", "1024", "1").code == 0)
    #expect(try await run("2", environment: ["SCREENPOP_STATION": "1025"]).code == 0)
    #expect(
      try await run("--station=1024", "3", environment: ["SCREENPOP_STATION": "1025"]).code == 0)
    #expect(try await run("--station", "", "4").code == 0)
    #expect(
      await eventually {
        first.events.count == 3 && second.events.count == 2 && bare.events.count == 1
      })
    for source in [first, second, bare] { await source.stop() }
  }

  @Test func keepsTheCallForAWindowThatStartsLater() async throws {
    let run = try await run("0199001234")
    #expect(run.code == 75)
    #expect(run.errors.hasPrefix("clicktocall: no window answered"))
    #expect(run.errors.filter { $0 == "\n" }.count == 1)
    #expect(try await self.run("--station", "1024", "0199001235").code == 75)
    #expect(folder.mode() == 0o700)
    #expect(folder.names(in: "spool").count == 2)
    let source = RunningSource(folder.runtime, station: "1024")
    #expect(await eventually { source.events.count == 2 })
    await source.stop()
  }

  @Test(arguments: [
    StandInWindow.Manner.frozen, .silent, .closes, .answers("HTTP/1.1 400 Bad Request\r\n\r\n"),
    .drips("ok, said slowly and without an end"), .answers(String(repeating: "x", count: 100_000)),
  ])
  func keepsTheCallWhenThePeerIsNoWindow(manner: StandInWindow.Manner) async throws {
    let peer = try StandInWindow(folder.runtime, manner)
    #expect(try await run("0199001234").code == 75)
    let kept = try #require(folder.runtime.spool.list(station: nil).entries.first)
    #expect(try CallMessage(line: kept.line).tel == "0199001234")
    peer.crash()
  }

  @Test func keepsTheMessageThatAFrozenWindowWillFind() async throws {
    let peer = try StandInWindow(folder.runtime, .silent)
    #expect(try await run("0199001234").code == 75)
    let kept = folder.runtime.spool.list(station: nil).entries.map {
      String(decoding: $0.line.dropLast(), as: UTF8.self)
    }
    // The same message id, so that a window that wakes up counts the call once.
    #expect(peer.lines == kept)
    peer.crash()
  }

  @Test func keepsTheCallWhenTheWindowCrashed() async throws {
    try StandInWindow(folder.runtime, .silent).crash()
    #expect(try await run("0199001234").code == 75)
    #expect(try await run("0199001234").code == 75)
  }

  @Test func passesTheRefusalOn() async throws {
    let peer = try StandInWindow(folder.runtime, .answers("refused no\u{1B}[2J: try later\n"))
    let run = try await run("0199001234")
    #expect(run.code == 65)
    #expect(run.errors == "clicktocall: the window refused the call: no[2J: try later\n")
    #expect(folder.runtime.spool.count() == 0)
    peer.crash()
  }

  @Test func saysWhenTheCallIsLost() async throws {
    #expect(symlink("/tmp", folder.runtime.path) == 0)
    let run = try await run("0199001234")
    #expect(run.code == 73)
    #expect(run.errors.contains("is not a folder of this user"))
    let nowhere = try await LauncherRun(["0199001234"], runtime: "/nonexistent")
    #expect(nowhere.code == 73)
    #expect(nowhere.errors.contains("No such file or directory"))
  }

  /// The system would end the program for it.
  @Test func saysWhenFilesMayNotBeSoLong() async throws {
    let run = try await LauncherRun(
      shell: "ulimit -f 0; exec \"$clicktocall\" 0199001234", runtime: folder.path)
    #expect(run.code == 73)
    #expect(run.errors.contains("File too large"), "\(run.errors)")
    #expect(rmdir(folder.runtime.spool.path) == 0, "nothing is left there")
  }

  @Test func saysWhenTheSpoolIsFull() async throws {
    let line = try CallMessage(event: "ring", tel: "1024").encoded()
    try folder.runtime.prepare()
    for _ in 0..<Spool.limit { try folder.runtime.spool.write(line, station: nil) }
    #expect(try await run("0199001234").code == 73)
    #expect(folder.runtime.spool.count() == Spool.limit)
  }

  @Test func survivesWithoutStandardDescriptors() async throws {
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    let closed = try await LauncherRun(
      shell: "exec \"$clicktocall\" 0199001234 <&- >&- 2>&-", runtime: folder.path)
    #expect(closed.code == 0)
    #expect(source.events.count == 1)
    await source.stop()
    // Its sentence goes nowhere, least of all into a window's socket.
    let peer = try StandInWindow(folder.runtime, .answers("refused no\n"))
    let refused = try await LauncherRun(
      shell: "exec \"$clicktocall\" 0199001234 <&- >&- 2>&-", runtime: folder.path)
    #expect(refused.code == 65)
    #expect(peer.lines.count == 1)
    peer.crash()
  }

  @Test(arguments: ["177", "277", "777"])
  func writesWhatTheWindowCanReadWhateverTheMask(mask: String) async throws {
    let run = try await LauncherRun(
      shell: "umask \(mask); exec \"$clicktocall\" 0199001234", runtime: folder.path)
    #expect(run.code == 75)
    let name = try #require(folder.names(in: "spool").first)
    #expect(folder.mode("spool/\(name)") == 0o600)
  }
}
