import CallWire
import Glibc
import LauncherSource
import LauncherSupport
import Telephony
import TestSupport
import Testing

/// What waited in the spool while no window listened.
@Suite struct LauncherSpoolTests {
  private let folder: TemporaryFolder
  private var spool: Spool { folder.runtime.spool }

  init() throws {
    folder = try TemporaryFolder()
    try folder.runtime.prepare()
  }

  private func keep(_ tel: String, mid: String = newMessageID(), for station: String? = nil) throws
  {
    try spool.write(CallMessage(event: "ring", tel: tel, mid: mid).encoded(), station: station)
  }

  private func keys(_ source: RunningSource) -> [String] {
    source.events.compactMap(\.caller.number?.key)
  }

  @Test func isReadAtTheStartAndAtEveryLook() async throws {
    try keep("1024")
    try keep("1025")
    let source = RunningSource(folder.runtime)
    #expect(await eventually { keys(source) == ["1024", "1025"] })
    try keep("1026")
    #expect(await eventually { keys(source) == ["1024", "1025", "1026"] })
    #expect(await eventually { spool.count() == 0 })
    await source.stop()
  }

  @Test func tellsWhenItHappened() async throws {
    try keep("1024")
    var times = [timeval(), timeval()]
    times[1].tv_sec = time(nil) - 120
    #expect(utimes(spool.path + "/" + folder.names(in: "spool")[0], times) == 0)
    let source = RunningSource(folder.runtime)
    #expect(await eventually { !source.events.isEmpty })
    let age = RunningSource.now - (try #require(source.events.first).at)
    #expect((120_000..<600_000).contains(age))
    await source.stop()
  }

  @Test func whatCannotBeMovedIsRefusedOnce() async throws {
    try keep("1024")
    #expect(mkdir(spool.path + "/folder.call", 0o700) == 0)
    #expect(symlink("/nonexistent", spool.path + "/refused") == 0)
    let source = RunningSource(folder.runtime)
    #expect(await eventually { source.source.counts.refused == 1 })
    // Of two further looks one is over once the other has begun.
    for tel in ["1025", "1026"] {
      try keep(tel)
      #expect(await eventually { keys(source).last == tel })
    }
    #expect(source.source.counts.refused == 1)
    await source.stop()
  }

  /// The launcher is of a later release than this window: the next one can read them.
  @Test func leavesMessagesOfALaterVersion() async throws {
    for number in 1...3 { try spool.write(Array("v=2&tel=\(number)\n".utf8), station: nil) }
    let source = RunningSource(folder.runtime)
    #expect(await eventually { source.source.counts.refused == 3 })
    try keep("1024")
    #expect(await eventually { spool.count() == 3 && keys(source) == ["1024"] })
    #expect(source.source.counts.refused == 3)
    await source.stop()
  }

  @Test func countsOnceWhatTheSocketBroughtToo() async throws {
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    let client = try #require(RawClient(folder.runtime))
    client.say("v=1&tel=1024&mid=same\n")
    #expect(client.line() == "ok")
    try keep("1024", mid: "same")
    #expect(await eventually { spool.count() == 0 })
    #expect(source.events.count == 1)
    #expect(source.source.counts.repeated == 1)
    await source.stop()
  }

  @Test func isReadByTheWindowItIsFor() async throws {
    try keep("1", for: "1024")
    try keep("2", for: "1025")
    let source = RunningSource(folder.runtime, station: "1025")
    #expect(await eventually { keys(source) == ["2"] })
    await source.stop()
    #expect(spool.list(station: "1024").entries.count == 1)
  }

  @Test func isNotReadBesideALiveWindow() async throws {
    let window = try StandInWindow(folder.runtime, .frozen)
    try keep("1024")
    let source = RunningSource(folder.runtime)
    #expect(await eventually { source.reports.count >= 3 })
    #expect(source.events.isEmpty)
    #expect(spool.count() == 1)
    window.crash()
    #expect(await eventually { keys(source) == ["1024"] })
    await source.stop()
  }

  @Test func setsAsideWhatIsNoMessage() async throws {
    try folder.place("tel=1024\n", at: "spool/a.call")
    try folder.place("v=1&tel=1024", at: "spool/b.call")
    try folder.place("mine", at: "spool/notes.txt")
    try keep("1026")
    let source = RunningSource(folder.runtime)
    #expect(await eventually { keys(source) == ["1026"] && source.source.counts.refused == 2 })
    #expect(await eventually { folder.names(in: "spool") == ["notes.txt", "refused"] })
    #expect(await eventually { source.source.counts.foreignFiles == 1 })
    #expect(source.source.counts.lastRefusal?.contains("b.call") == true)
    await source.stop()
  }
}
