import Foundation
import GRDB
import Glibc
import TestSupport
import Testing

/// What a window does with calls that it cannot write when it ends, and with files that are taken away.
@Suite(.timeLimit(.minutes(3)))
struct LastChanceTests {
  /// The journal is held: the inbox keeps the calls for the next window.
  @Test func aHeldJournalLosesNothing() async throws {
    let workplace = try await Workplace()
    #expect(try await workplace.journal().isEmpty)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let holder = try DatabaseQueue(
      path: workplace.folder.file("data/screenpop/operator.sqlite"), configuration: configuration)
    try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    let terminal = try BareTerminal()
    let stream = CallStream(workplace.runtime)
    defer { stream.end() }
    let window = try await workplace.openWindow(on: terminal)
    stream.allow(30)
    try await waitUntil("30 calls") { stream.told >= 30 }
    terminal.type("qq")
    #expect(try await window.status() == 0)
    #expect(contents(ofFile: workplace.stderr).contains("30 calls"))
    try await holder.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    try await workplace.expectNextWindow(on: terminal, has: 30)
  }

  /// Neither journal nor inbox has room: no call is acknowledged by the window, and the spool has all of them.
  @Test func aFullDiskIsNoAcknowledgement() async throws {
    var workplace = try await Workplace()
    let disk = try await SmallDisk(megabytes: 4, at: workplace.folder.file("data"))
    workplace.prefix = disk.words
    try await disk.fill(leaving: 0)
    let terminal = try BareTerminal()
    let window = try await workplace.openWindow(on: terminal)
    for number in 10..<20 {
      #expect(try await workplace.clicktocall("01990012\(number)").status == 75)
    }
    terminal.type("qq")
    try await window.status()
    try await disk.empty()
    try await workplace.expectNextWindow(on: terminal, has: 10)
  }

  /// Somebody takes files away under the window: it goes on with new ones, and says so.
  @Test(arguments: [
    ["operator.sqlite", "operator.sqlite-wal", "operator.sqlite-shm"], ["operator.sqlite-shm"],
    ["inbox-1024.sqlite"], ["inbox-1024.sqlite-wal"],
    ["inbox-1024.sqlite", "inbox-1024.sqlite-wal"],
  ])
  func filesThatAreTakenAway(names: [String]) async throws {
    let workplace = try await Workplace()
    let terminal = try BareTerminal()
    let window = try await workplace.openWindow(on: terminal)
    try await workplace.clicktocall("0199001234")
    try await workplace.onlyCall("the call") { $0.number == "+33199001234" }
    for name in names {
      try FileManager.default.removeItem(atPath: workplace.folder.file("data/screenpop/" + name))
    }
    #expect(try await workplace.clicktocall("0199001235").status == 0)
    var painted = ""
    try await waitUntil("a sentence", instead: painted) {
      painted += terminal.read()
      return painted.contains("taken away")
    }
    try await workplace.journal(until: "the second call") { calls in
      calls.contains { $0.number == "+33199001235" }
    }
    window.signal(SIGKILL)
    try await window.status()
    let last = try await workplace.openWindow(on: terminal)
    defer { last.signal(SIGKILL) }
    let calls = try await workplace.journal()
    #expect(calls.count { $0.number == "+33199001235" } == 1)
  }

  /// A file is cut under the window: what was acknowledged before and after is there.
  @Test(arguments: [
    ("inbox-1024.sqlite-wal", 0), ("inbox-1024.sqlite", 0), ("inbox-1024.sqlite", 5_000),
    ("operator.sqlite", 0), ("operator.sqlite", 5_000),
  ])
  func aFileThatIsCut(name: String, length: Int) async throws {
    let workplace = try await Workplace()
    let terminal = try BareTerminal()
    let window = try await workplace.openWindow(on: terminal)
    try await workplace.clicktocall("0199001234")
    try await workplace.onlyCall("the call") { $0.number == "+33199001234" }
    #expect(truncate(workplace.folder.file("data/screenpop/" + name), length) == 0)
    #expect(try await workplace.clicktocall("0199001235").status == 0)
    window.signal(SIGKILL)
    try await window.status()
    try await workplace.expectNextWindow(on: terminal, has: 2)
  }
}
