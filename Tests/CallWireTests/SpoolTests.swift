import CallWire
import Foundation
import Glibc
import LauncherSupport
import TestSupport
import Testing

@Suite struct SpoolTests {
  private let folder: TemporaryFolder
  private var spool: Spool { folder.runtime.spool }

  init() throws {
    folder = try TemporaryFolder()
    try folder.runtime.prepare()
  }

  private func line(_ tel: String) throws -> [UInt8] {
    try CallMessage(event: "ring", tel: tel).encoded()
  }

  private func tels(station: String? = nil) throws -> [String] {
    try spool.list(station: station).entries.map { try CallMessage(line: $0.line).tel }
  }

  @Test func keepsMessagesInOrderUntilTheyAreRemoved() throws {
    for number in 1...20 { try spool.write(line("10\(number)"), station: nil) }
    let listing = spool.list(station: nil)
    #expect(try tels() == (1...20).map { "10\($0)" })
    #expect(listing.entries.allSatisfy { (0..<60_000).contains($0.age) })
    #expect(folder.mode("spool") == 0o700)
    #expect(folder.mode("spool/" + listing.entries[0].name) == 0o600)
    for entry in listing.entries { spool.remove(entry.name) }
    #expect(folder.names(in: "spool").isEmpty)
  }

  /// What a program says that set the time of a file, as far as the file system keeps it.
  @Test(arguments: [Int.min, -1, 0, 1 << 40, .max])
  func aFileMayBeOfAnyTime(seconds: Int) throws {
    try spool.write(line("1"), station: nil)
    let name = folder.names(in: "spool")[0]
    let times = Array(repeating: timespec(tv_sec: seconds, tv_nsec: 0), count: 2)
    try #require(utimensat(AT_FDCWD, spool.path + "/" + name, times, 0) == 0)
    let age = try #require(spool.list(station: nil).entries.first).age
    #expect((0...(1 << 53)).contains(age))
    // It is subtracted from what a clock says.
    #expect(Int64.max - age > 0)
  }

  @Test func keepsAStationsMessagesForItsWindow() throws {
    try spool.write(line("1"), station: nil)
    try spool.write(line("2"), station: "1024")
    try spool.write(line("3"), station: "../1024")
    #expect(try tels() == ["1"])
    #expect(try tels(station: "1024") == ["1", "2"])
    #expect(try tels(station: "../1024") == ["1", "3"])
    #expect(folder.names() == ["spool"])
  }

  @Test func holdsOneThousand() throws {
    let message = try line("1024")
    for _ in 0..<Spool.limit { try spool.write(message, station: nil) }
    #expect(throws: CallWireError.spoolFull(path: spool.path)) {
      try spool.write(message, station: "1024")
    }
    #expect(folder.names(in: "spool").count == 1000)
    let times = Array(repeating: timespec(tv_sec: time(nil) - 60, tv_nsec: 0), count: 2)
    for name in folder.names(in: "spool") {
      try #require(utimensat(AT_FDCWD, spool.path + "/" + name, times, 0) == 0)
    }
    let listing = spool.list(station: nil)
    #expect(listing.entries.count == 1000)
    // Files of one moment are of one age, although reading them takes some time.
    #expect(Set(listing.entries.map(\.age)).count == 1)
  }

  /// Neither a launcher, which waits for it, nor a window's look reads all of a folder that somebody filled.
  @Test func aFolderThatIsFilledIsNotReadWhole() throws {
    let message = String(decoding: try line("1024"), as: UTF8.self)
    for number in 0..<(2 * Spool.limit + 50) {
      try folder.place(number < 20 ? message : "", at: "spool/\(1000 + number).call")
    }
    #expect(spool.count() == Spool.limit + 1)
    let listing = spool.list(station: nil)
    #expect(listing.entries.count + listing.faults.count == 2 * Spool.limit)
  }

  @Test func tellsTheAgeByTheWallClock() throws {
    try spool.write(line("1024"), station: nil)
    let path = spool.path + "/" + folder.names(in: "spool")[0]
    var times = [timeval(), timeval()]
    times[1].tv_sec = time(nil) - 120
    #expect(utimes(path, times) == 0)
    #expect((120_000..<180_000).contains(try #require(spool.list(station: nil).entries.first).age))
    times[1].tv_sec = time(nil) + 3600
    #expect(utimes(path, times) == 0)
    #expect(spool.list(station: nil).entries.map(\.age) == [0])
  }

  @Test func passesOverWhatIsNoMessage() throws {
    try spool.write(line("1024"), station: nil)
    try folder.place("v=1&tel=1", at: "spool/half.call")
    try folder.place("", at: "spool/empty.call")
    try folder.place(String(repeating: "x", count: 5000) + "\n", at: "spool/long.call")
    try folder.place("v=1&tel=1\n", at: "spool/.young.tmp")
    try folder.place("v=1&tel=1\n", at: "spool/other.txt")
    #expect(symlink("other.txt", spool.path + "/link.call") == 0)
    #expect(mkfifo(spool.path + "/pipe.call", 0o600) == 0)
    #expect(mkdir(spool.path + "/folder.call", 0o700) == 0)
    let listing = spool.list(station: nil)
    #expect(listing.entries.count == 1)
    #expect(
      listing.faults
        == ["empty.call", "folder.call", "half.call", "link.call", "long.call", "pipe.call"])
    #expect(listing.foreign == 1)
  }

  @Test func findsWhatADeadLauncherLeft() throws {
    try folder.place("v=1", at: "spool/.dead.tmp")
    var times = [timeval(), timeval()]
    times[1].tv_sec = time(nil) - 3600
    #expect(utimes(spool.path + "/.dead.tmp", times) == 0)
    #expect(spool.list(station: nil).faults == [".dead.tmp"])
  }

  @Test func setsOneFileAside() throws {
    for name in ["a.call", "b.call"] {
      try folder.place(name, at: "spool/" + name)
      spool.setAside(name)
    }
    #expect(folder.names(in: "spool") == ["refused"])
    #expect(spool.list(station: nil) == SpoolListing())
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
  func readsNobodyElsesFile() throws {
    try spool.write(line("1024"), station: nil)
    let name = folder.names(in: "spool")[0]
    #expect(chown(spool.path + "/" + name, 65534, 65534) == 0)
    #expect(spool.list(station: nil).faults == [name])
  }

  @Test func isNoLink() throws {
    #expect(symlink("/tmp", spool.path) == 0)
    #expect(throws: CallWireError.foreignFolder(path: spool.path)) {
      try spool.write(line("1024"), station: nil)
    }
    #expect(spool.list(station: nil) == SpoolListing())
  }

  @Test func holdsNothingWhereThereIsNoFolder() {
    #expect(Spool(path: "/nonexistent").list(station: nil) == SpoolListing())
  }
}
