import CommandOutput
import Foundation
import TestSupport
import Testing
import ThirdPartyStore

/// Where results go: bytes as they are into files and pipes, harmless on a terminal.
struct OutputFileTests {
  private static let hostile = "Dupont\u{1B}[2J\u{202E}SA\t1\nzwei\n"

  @Test func filesGetEveryByte() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("out")
    let output = try OutputFile(path: path)
    try output.write(Self.hostile)
    try output.finish()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == Self.hostile)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  /// Until all of it is there, who reads meets the old one; links and modes stay.
  @Test func aFileIsReplacedInOneStep() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old", to: "out")
    let link = folder.file("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    chmod(path, 0o640)
    do {
      let output = try OutputFile(path: link)
      try output.write(String(repeating: "new", count: 40_000))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    let output = try OutputFile(path: link)
    try output.write("new")
    try output.finish()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o640)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
  }

  @Test func terminalsGetWhatDoesNothing() throws {
    var (master, slave): (Int32, Int32) = (0, 0)
    try #require(openpty(&master, &slave, nil, nil, nil) == 0)
    defer { close(master) }
    let output = OutputFile(descriptor: slave, name: "the terminal")
    try output.write(Self.hostile)
    try output.flush()
    var bytes = [UInt8](repeating: 0, count: 200)
    let count = read(master, &bytes, bytes.count)
    let shown = String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    #expect(shown == "Dupont[2JSA\t1\r\nzwei\r\n")
  }

  @Test func aDiskThatIsFullIsSaid() throws {
    let output = try OutputFile(path: "/dev/full")
    try output.write("x")
    #expect {
      try output.finish()
    } throws: { ($0 as? StoreError)?.kind == .full }
  }

  @Test func whereNothingCanBeMadeIsSaid() throws {
    let folder = try TemporaryFolder()
    #expect {
      try OutputFile(path: folder.file("absent/out"))
    } throws: { ($0 as? StoreError)?.kind == .cannotOpen }
  }
}
