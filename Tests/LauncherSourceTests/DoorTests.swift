import CallWire
import Dispatch
import LauncherSource
import LauncherSupport
import PhoneNumbers
import Telephony
import TestSupport
import Testing

/// The window's own door: every caller is who it is elsewhere, and one window of a station takes the calls.
@Suite struct DoorTests {
  @Test func aLineOfTheSocketSaysWhoItIs() async throws {
    let folder = try TemporaryFolder()
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    let client = try #require(RawClient(folder.runtime))
    for row in CallerRow.all {
      let message = CallMessage(event: "ring", tel: row.raw, name: row.said)
      client.say(try message.encoded())
      #expect(client.line() == "ok")
      let caller = try #require(source.events.last).caller
      #expect(CallerRow.words(caller) == row.who, "\(row)")
      #expect(caller.name == row.name, "\(row)")
    }
    await source.stop()
  }

  /// Two windows of one station: the second one's telephone is not listened to until the first is closed.
  @Test func aSecondWindowOnlyWatches() async throws {
    let folder = try TemporaryFolder()
    let first = RunningSource(folder.runtime, station: "1024")
    #expect(await first.isUp())
    let rank = WindowRank()
    let launcher = HeardSource(
      LauncherSource(
        runtime: folder.runtime, station: "1024", plan: NumberPlan(),
        inbox: EventInbox(keep: { events, _ in events.map { _ in true } }, flush: {}),
        now: { RunningSource.now }, rank: rank, interval: .milliseconds(20)))
    let driver = HeardSource(rank.standby(SpeakingSource()))
    #expect(await eventually { launcher.reports.reason?.contains("already listens") == true })
    #expect(driver.reports.isEmpty)
    await first.stop()
    #expect(await eventually { driver.reports.healths == [.up] })
    await driver.stop()
    await launcher.stop()
  }

  /// A window that ends while the disk still turns; what comes later goes to the spool.
  @Test func whoWaitsIsAnsweredBeforeTheEnd() async throws {
    let folder = try TemporaryFolder()
    let disk = DispatchSemaphore(value: 0)
    let launcher = HeardSource(
      LauncherSource(
        runtime: folder.runtime, station: nil, plan: NumberPlan(),
        inbox: EventInbox(keep: { events, _ in events.map { _ in true } }, flush: { disk.wait() }),
        now: { RunningSource.now }, interval: .milliseconds(20)))
    #expect(await eventually { launcher.reports.healths.last == .up })
    let client = try #require(RawClient(folder.runtime))
    client.say("v=1&tel=1024\n")
    #expect(await eventually { launcher.reports.events.count == 1 })
    let end = Task { await launcher.stop() }
    #expect(await eventually { folder.names().isEmpty })
    client.say("v=1&tel=1025\n")
    disk.signal()
    #expect(client.line() == "ok")
    #expect(client.line() == nil)
    #expect(launcher.reports.events.count == 1)
    await end.value
  }
}

/// A source that says that it is up, and nothing else.
private struct SpeakingSource: CallSource {
  func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    report(.health("baresip", .up))
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    defer { end.finish() }
    for await _ in ends {}
  }
}
