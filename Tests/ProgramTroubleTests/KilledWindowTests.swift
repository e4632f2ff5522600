import CallWire
import Foundation
import Glibc
import TestSupport
import Testing

/// What is acknowledged is kept, whatever ends the window, and counts once (R48).
///
/// KEPT_KILLS says how many times a window is killed; a few where it is not set.
@Suite(.timeLimit(.minutes(10)))
struct KilledWindowTests {
  private static let kills =
    ProcessInfo.processInfo.environment["KEPT_KILLS"].flatMap { Int($0) } ?? 4

  /// A window is killed at a random moment of a stream of calls, and the next one opened, again and again.
  @Test(arguments: [false, true])
  func noCallIsLostAndNoneCountsTwice(isWhole: Bool) async throws {
    let workplace = try await Workplace()
    let terminal = try BareTerminal()
    let stream = CallStream(workplace.runtime, isWhole: isWhole)
    defer { stream.end() }
    let round = 40
    for kill in 0..<Self.kills {
      let window = try await workplace.openWindow(on: terminal)
      stream.allow(round)
      let moment = kill * round + Int.random(in: 0..<round)
      try await waitUntil("call \(moment)") { stream.told >= moment }
      window.signal(SIGKILL)
      try await window.status()
      try await waitUntil("the end of round \(kill)") { stream.told >= (kill + 1) * round }
      _ = terminal.read()
    }
    let last = try await workplace.openWindow(on: terminal)
    try await expectOnce(stream.acknowledged, workplace)
    last.signal(SIGTERM)
    _ = try await last.status()
    try await expectOnce(stream.acknowledged, workplace)
  }

  /// Right after a burst, before the window had the time to write anything.
  @Test func aBurstIsKept() async throws {
    let workplace = try await Workplace()
    let terminal = try BareTerminal()
    let stream = CallStream(workplace.runtime, launchers: 8)
    defer { stream.end() }
    let window = try await workplace.openWindow(on: terminal)
    stream.allow(600)
    try await waitUntil("600 calls") { stream.told >= 600 }
    window.signal(SIGKILL)
    try await window.status()
    _ = terminal.read()
    let last = try await workplace.openWindow(on: terminal)
    defer { last.signal(SIGKILL) }
    try await expectOnce(stream.acknowledged, workplace)
    #expect(stream.acknowledged.count == 600)
  }

  /// The window dies while it reads a full spool, several times.
  @Test func theSpoolIsKeptUntilItIsTaken() async throws {
    let workplace = try await Workplace()
    let terminal = try BareTerminal()
    try workplace.runtime.prepare()
    let stream = CallStream(workplace.runtime)
    defer { stream.end() }
    stream.allow(600)
    try await waitUntil("600 calls") { stream.told >= 600 }
    for _ in 0..<max(2, Self.kills / 2) {
      let window = try await workplace.openWindow(on: terminal)
      let left = Int.random(in: 0..<600)
      try await waitUntil("a spool of \(left)") { workplace.runtime.spool.count() <= left }
      window.signal(SIGKILL)
      try await window.status()
    }
    let last = try await workplace.openWindow(on: terminal)
    defer { last.signal(SIGKILL) }
    try await expectOnce(stream.acknowledged, workplace)
    #expect(stream.acknowledged.count == 600)
  }

  /// A message that the window had and the spool has, too, is one call, also for the next window.
  @Test func aMessageIsKnownForGood() async throws {
    let workplace = try await Workplace()
    try workplace.configure("poll_interval = 1")
    let terminal = try BareTerminal()
    let line = try CallMessage(event: "ring", tel: "0199001234", mid: "one name").encoded()
    let socket = workplace.runtime.socketPath(station: "1024")
    for end in [SIGTERM, SIGKILL, SIGTERM] {
      let window = try await workplace.openWindow(on: terminal)
      #expect(Delivery.offer(line, to: [socket]) == .taken(name: nil))
      try workplace.runtime.spool.write(line, station: nil)
      try await workplace.onlyCall("the call") { $0.number == "+33199001234" }
      try await waitUntil("an empty spool") { workplace.runtime.spool.count() == 0 }
      window.signal(end)
      try await window.status()
    }
    try await workplace.onlyCall("the call") { $0.number == "+33199001234" && $0.reason == nil }
  }

  /// A call that one window saw ring and the next one sees answered and ended has one line.
  @Test func aCallGoesOnInTheNextWindow() async throws {
    let workplace = try await Workplace()
    let terminal = try BareTerminal()
    let first = try await workplace.openWindow(on: terminal)
    try await workplace.clicktocall("0388202122", "--call-id", "a")
    try await workplace.onlyCall("found") { $0.code == "C00123" }
    first.signal(SIGKILL)
    try await first.status()
    try await workplace.clicktocall("--event", "answer", "--call-id", "a")
    let second = try await workplace.openWindow(on: terminal)
    try await workplace.onlyCall("answered") { $0.outcome == "answered" && $0.code == "C00123" }
    second.signal(SIGTERM)
    try await second.status()
    try await workplace.clicktocall("--event", "end", "--call-id", "a")
    let last = try await workplace.openWindow(on: terminal)
    defer { last.signal(SIGKILL) }
    try await workplace.onlyCall("ended") {
      $0.outcome == "answered" && $0.duration != nil && $0.code == "C00123"
    }
  }

  /// Waits until every number has its line, and checks that none has two.
  private func expectOnce(_ numbers: [String], _ workplace: Workplace) async throws {
    let wanted = Set(numbers)
    let calls = try await workplace.journal(until: "all \(wanted.count) calls") { calls in
      wanted.isSubset(of: calls.compactMap(\.number))
    }
    let counts = Dictionary(grouping: calls.compactMap(\.number)) { $0 }.mapValues(\.count)
    #expect(counts.filter { $0.value > 1 } == [:])
  }
}

extension Workplace {
  /// Where its windows listen.
  var runtime: RuntimeDirectory { RuntimeDirectory(path: folder.file("runtime/screenpop")) }
}
