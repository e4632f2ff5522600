import CallWire
import Glibc
import LauncherSource
import LauncherSupport
import Telephony
import TestSupport
import Testing

/// The window's socket: who gets it, who is answered, and what hostile peers can do.
@Suite struct LauncherSourceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func offer(_ message: CallMessage, station: String? = nil) throws -> Delivery {
    Delivery.offer(
      try message.encoded(), to: [folder.runtime.socketPath(station: station)], limit: 10_000)
  }

  @Test func isThereForThisUserAloneWhileItRuns() async throws {
    let source = RunningSource(folder.runtime, station: "1024")
    #expect(await source.isUp())
    #expect(folder.mode() == 0o700)
    #expect(folder.mode("window-1024.sock") == 0o600)
    await source.stop()
    #expect(folder.names() == [])
  }

  @Test func countsAMessageOnceHoweverOftenItComes() async throws {
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    let message = CallMessage(event: "ring", tel: "0199001234", mid: "m1")
    for _ in 0..<3 { #expect(try offer(message) == .taken(name: nil)) }
    #expect(
      try offer(CallMessage(event: "ring", tel: "0199001234", mid: "m2")) == .taken(name: nil))
    #expect(source.events.count == 2)
    #expect(source.source.counts.taken == 2)
    #expect(source.source.counts.repeated == 2)
    await source.stop()
  }

  @Test func answersLineByLine() async throws {
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    let client = try #require(RawClient(folder.runtime))
    client.say("v=1&tel=1024\r\nv=2&tel=1025\nv=1&te")
    #expect(client.line() == "ok")
    #expect(client.line()?.hasPrefix("refused the message has version 2") == true)
    client.say("l=1026\n")
    #expect(client.line() == "ok")
    #expect(source.events.compactMap(\.caller.number?.key) == ["1024", "1026"])
    #expect(source.source.counts.refused == 1)
    await source.stop()
  }

  @Test(arguments: [
    Array("v=1&tel=\u{0}\n".utf8),
    (0...255).map { UInt8($0) },
    Array("GET / HTTP/1.1\r\n\r\n".utf8),
    Array("\n".utf8),
    Array(("v=1&tel=" + String(repeating: "1", count: 4089) + "\n").utf8),
    [UInt8](repeating: 0x31, count: 1_000_000),
  ])
  func refusesWithASentence(bytes: [UInt8]) async throws {
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    let client = try #require(RawClient(folder.runtime))
    client.say(bytes)
    #expect(client.line()?.hasPrefix("refused ") == true)
    #expect(source.events.isEmpty)
    #expect(source.source.counts.lastRefusal != nil)
    #expect(try offer(CallMessage(event: "ring", tel: "1024")) == .taken(name: nil))
    await source.stop()
  }

  @Test func refusesHalfALine() async throws {
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    let client = try #require(RawClient(folder.runtime))
    client.say("v=1&tel=1024")
    client.finish()
    #expect(client.line()?.hasPrefix("refused the message did not end") == true)
    #expect(client.line() == nil)
    #expect(source.events.isEmpty)
    await source.stop()
  }

  @Test func closesOnSilence() async throws {
    let source = RunningSource(folder.runtime, patience: .milliseconds(30))
    #expect(await source.isUp())
    let half = try #require(RawClient(folder.runtime))
    let silent = try #require(RawClient(folder.runtime))
    half.say("v=1&tel=")
    #expect(half.line()?.hasPrefix("refused the rest of the line") == true)
    #expect(half.line() == nil)
    #expect(silent.line() == nil)
    await source.stop()
  }

  @Test func handlesAFlood() async throws {
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    // More connections at once than are heard at once: the rest waits its turn.
    let clients = (0..<300).compactMap { _ in RawClient(folder.runtime) }
    #expect(clients.count == 300)
    for (index, client) in clients.enumerated() {
      client.say("v=1&mid=c\(index)&tel=1024\n")
    }
    for client in clients.prefix(256) { #expect(client.line() == "ok") }
    let one = clients[0]
    for index in 0..<10_000 {
      one.say("v=1&mid=f\(index)&tel=1024\n")
      if index % 100 == 99 { for _ in 0..<100 { #expect(one.line() == "ok") } }
    }
    for client in clients.suffix(44) { #expect(client.line() == "ok") }
    #expect(source.events.count == 10_300)
    await source.stop()
  }

  @Test func leavesALiveWindowItsSocket() async throws {
    let first = RunningSource(folder.runtime, station: "1024")
    #expect(await first.isUp())
    let second = RunningSource(folder.runtime, station: "1024")
    #expect(await eventually { second.health != nil })
    guard case .down(let reason, _, .some) = second.health else {
      Issue.record("the second window is \(String(describing: second.health))")
      return
    }
    #expect(reason.contains("a window already listens"))
    #expect(reason.contains("--station"))
    let other = RunningSource(folder.runtime, station: "1025")
    #expect(await other.isUp())
    let message = CallMessage(event: "ring", tel: "1026")
    #expect(try offer(message, station: "1024") == .taken(name: nil))
    #expect(first.events.count == 1)
    #expect(second.events.isEmpty)
    // It says so when it comes up after the first has gone.
    await first.stop()
    #expect(await second.isUp())
    await second.stop()
    await other.stop()
  }

  @Test func replacesWhatADeadWindowLeft() async throws {
    try StandInWindow(folder.runtime, .silent).crash()
    #expect(folder.names() == ["window.sock"])
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    #expect(try offer(CallMessage(event: "ring", tel: "1024")) == .taken(name: nil))
    await source.stop()
  }

  @Test func takesARemovedSocketAgain() async throws {
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    unlink(folder.runtime.socketPath(station: nil))
    let message = CallMessage(event: "ring", tel: "1024")
    #expect(await eventually { (try? offer(message)) == .taken(name: nil) })
    #expect(source.events.count == 1)
    await source.stop()
    #expect(folder.names() == [])
  }

  @Test func saysWhatIsInItsWay() async throws {
    try folder.place("x", at: "window.sock")
    let source = RunningSource(folder.runtime)
    #expect(
      await eventually {
        if case .down(let reason, _, _) = source.health {
          reason.contains("not a socket")
        } else {
          false
        }
      })
    unlink(folder.runtime.socketPath(station: nil))
    #expect(await source.isUp())
    await source.stop()
  }

  @Test func countsWhatDoctorNames() async throws {
    let source = RunningSource(folder.runtime)
    #expect(await source.isUp())
    for _ in 0..<2 { _ = try offer(CallMessage(event: "hold", tel: "$remote")) }
    #expect(source.source.counts.unknownWords == ["hold": 2])
    #expect(source.source.counts.unreplacedKeywords == ["$remote": 2])
    #expect(source.events.allSatisfy { $0.caller.isWithheld })
    await source.stop()
  }
}
