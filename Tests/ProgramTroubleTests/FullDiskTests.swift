import CallWire
import Foundation
import Glibc
import TestSupport
import Testing

/// Disks that fill or cannot be written: a sentence and an exit code, and nothing lost that was acknowledged.
@Suite(.timeLimit(.minutes(3)))
struct FullDiskTests {
  private static let numbers = (10..<22).map { "01990012\($0)" }

  /// Everything on a disk of 64 KB, with room for next to nothing.
  @Test func aDiskOf64Kilobytes() async throws {
    var workplace = try await Workplace(sample: false)
    let disk = try await SmallDisk(kilobytes: 64, at: workplace.folder.file("data"))
    workplace.prefix = disk.words
    let terminal = try BareTerminal()
    let window = try await workplace.openWindow(on: terminal)
    for number in Self.numbers {
      #expect([0, 75].contains(try await workplace.clicktocall(number).status))
    }
    terminal.type("qq")
    #expect(try await window.status() == 0)
    try await disk.remount("size=8m")
    try await expectAll(workplace)
  }

  /// The disk fills while the window runs, and stays full when it ends.
  @Test(arguments: [64, 16])
  func aDiskThatFills(left: Int) async throws {
    var workplace = try await Workplace()
    let disk = try await SmallDisk(megabytes: 4, at: workplace.folder.file("data"))
    workplace.prefix = disk.words
    let terminal = try BareTerminal()
    let stream = CallStream(workplace.runtime)
    defer { stream.end() }
    let window = try await workplace.openWindow(on: terminal)
    try await disk.fill(leaving: left)
    stream.allow(300)
    try await waitUntil("300 calls") { stream.told >= 300 }
    #expect(stream.acknowledged.count == 300)
    terminal.type("qq")
    #expect(try await window.status() == 0)
    // What is there can be read, although SQLite has no room for its index of the log.
    try await disk.empty()
    try await disk.shell("rm screenpop/*-shm")
    try await disk.fill(leaving: 0)
    for words in [["log"], ["lookup", "0388202122"], ["export"]] {
      let read = try await workplace.screenpop(words)
      #expect(read.status == 0, "\(words): \(read)")
    }
    try await disk.empty()
    try await workplace.expectNextWindow(on: terminal, has: 300)
  }

  /// A window that starts on a full disk keeps its files from nobody, neither before there is room again nor after.
  @Test func aWindowThatStartsOnAFullDisk() async throws {
    var workplace = try await Workplace()
    let disk = try await SmallDisk(megabytes: 24, at: workplace.folder.file("data"))
    workplace.prefix = disk.words
    let file = try workplace.folder.write("code,name,phone\nN1,Neu,0199001234\n", to: "new.csv")
    #expect(try await workplace.screenpop("import", file).status == 0)
    #expect(try await workplace.screenpop("log").status == 0)
    try await disk.fill(leaving: 0)
    let terminal = try BareTerminal()
    let window = try await workplace.openWindow(on: terminal)
    defer { window.signal(SIGKILL) }
    #expect(try await workplace.clicktocall("0199001234").status == 75)
    for words in [["lookup", "0199001234"], ["log"]] {
      let read = try await workplace.screenpop(words)
      #expect(read.status == 0, "\(words): \(read)")
    }
    try await disk.empty()
    let taken = try await workplace.screenpop("import", file)
    #expect(taken.status == 0, "\(taken)")
    try await workplace.journal(until: "the call of Neu") { $0.contains { $0.name == "Neu" } }
  }

  /// Neither the journal, nor the inbox, nor the spool takes anything: nothing is acknowledged, and the window says
  /// what is lost.
  @Test func whatIsLostIsSaid() async throws {
    var workplace = try await Workplace()
    let disk = try await SmallDisk(megabytes: 4, at: workplace.folder.file("data"))
    workplace.prefix = disk.words
    try await disk.fill(leaving: 0)
    let terminal = try BareTerminal()
    let window = try await workplace.openWindow(on: terminal)
    let spool = workplace.runtime.spool.path
    try? FileManager.default.removeItem(atPath: spool)
    try #require(FileManager.default.createFile(atPath: spool, contents: nil))
    for number in ["0199001234", "anonymous"] {
      #expect(![0, 75].contains(try await workplace.clicktocall(number).status))
    }
    let year = Calendar(identifier: .gregorian).component(.year, from: Date())
    terminal.type("qq")
    #expect(try await window.status() == EX_IOERR)
    let said = contents(ofFile: workplace.stderr)
    #expect(said.contains("Lost: the call of 01 99 00 12 34 at \(year)-"), "\(said)")
    #expect(said.contains("Lost: the call of a withheld number at \(year)-"), "\(said)")
  }

  /// A disk may have space, and no inode for the log of a file that is there.
  @Test func aDiskThatTakesNoFurtherFile() async throws {
    var workplace = try await Workplace()
    let sample = workplace.folder.file("data/screenpop/parties.sqlite")
    let copy = workplace.folder.file("copy.sqlite")
    try Data(contentsOf: URL(fileURLWithPath: sample)).write(to: URL(fileURLWithPath: copy))
    let disk = try await SmallDisk(megabytes: 8, at: workplace.folder.file("data"))
    workplace.prefix = disk.words
    try await disk.shell("mkdir -m 700 screenpop && cp '\(copy)' screenpop/parties.sqlite")
    let used = try await disk.shell("echo $(($(stat -f -c '%c - %d' .)))").dropLast()
    try await disk.remount("nr_inodes=\(used)")
    let lookup = try await workplace.screenpop("lookup", "0388202122")
    #expect(lookup.status == EX_IOERR, "\(lookup)")
    #expect(lookup.output.contains("no room for another file"), "\(lookup)")
  }

  /// A disk that may not be written has one exit code, whatever would have been written.
  @Test func aDiskThatMayNotBeWritten() async throws {
    var workplace = try await Workplace()
    let file = try workplace.folder.write("code,name,phone\nN1,Neu,0199001234\n", to: "new.csv")
    let sample = workplace.folder.file("data/screenpop/parties.sqlite")
    let kept = try Data(contentsOf: URL(fileURLWithPath: sample))
    let copy = workplace.folder.file("copy.sqlite")
    try kept.write(to: URL(fileURLWithPath: copy))
    let disk = try await SmallDisk(megabytes: 8, at: workplace.folder.file("data"))
    workplace.prefix = disk.words
    try await disk.shell("mkdir -m 700 screenpop && cp '\(copy)' screenpop/parties.sqlite")
    #expect(try await workplace.screenpop("log").status == 0)
    try await disk.remount("ro")
    for words in [["import", file], ["exception", "add", "0199000001", "--collaborator", "MD"]] {
      let finished = try await workplace.screenpop(words)
      #expect(finished.status == EX_NOPERM, "\(words): \(finished)")
      #expect(finished.output.contains(".sqlite"), "\(words): \(finished)")
    }
  }

  private func expectAll(_ workplace: Workplace) async throws {
    let terminal = try BareTerminal()
    let last = try await workplace.openWindow(on: terminal)
    defer { last.signal(SIGKILL) }
    let calls = try await workplace.journal(until: "all calls") { $0.count >= Self.numbers.count }
    #expect(calls.compactMap(\.number) == Self.numbers.map { "+33" + $0.dropFirst() })
  }
}
