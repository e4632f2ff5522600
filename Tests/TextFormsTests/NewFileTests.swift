import Foundation
import TestSupport
import Testing
import TextForms

/// A file that is replaced is the old one or the new one, and its owner's as before.
struct NewFileTests {
  private static func write(_ text: String, to path: String, isPrivate: Bool = false) throws {
    let file = try NewFile(path, mode: 0o640, isPrivate: isPrivate)
    try file.write(Array(text.utf8))
    try file.takePlace()
  }

  private static func names(_ folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private static func rights(_ path: String) -> stat {
    var status = stat()
    stat(path, &status)
    return status
  }

  @Test(arguments: ["old", nil] as [String?], ["there", "link", "link of a link", "relative"])
  func aLinkStaysALink(old: String?, way: String) throws {
    let folder = try TemporaryFolder()
    try folder.folder("real")
    let place = folder.file("real/file")
    if let old { try folder.write(old, to: "real/file") }
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: place)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link of a link"), withDestinationPath: "link")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("relative"), withDestinationPath: "real/file")
    try Self.write("new", to: way == "there" ? place : folder.file(way))
    #expect(try String(contentsOfFile: place, encoding: .utf8) == "new")
    #expect(try Self.names(folder) == ["link", "link of a link", "real", "relative"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("real")) == ["file"])
    for link in ["link", "link of a link", "relative"] {
      #expect(throws: Never.self) {
        try FileManager.default.destinationOfSymbolicLink(atPath: folder.file(link))
      }
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func anotherUsersFileStaysTheirs() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old", to: "file")
    chown(path, 65_534, 65_534)
    chmod(path, 0o664)
    try Self.write("new", to: path)
    #expect(Self.rights(path).st_uid == 65_534 && Self.rights(path).st_gid == 65_534)
    #expect(Self.rights(path).st_mode & 0o777 == 0o664)
    try Self.write("secret", to: path, isPrivate: true)
    #expect(Self.rights(path).st_mode & 0o777 == 0o600)
  }

  /// A draft holds what the file holds: that of a program that was killed does not stay for ever.
  @Test func whatAProgramLeftGoes() throws {
    let folder = try TemporaryFolder()
    // No process has these numbers: the highest is 4194304.
    for name in [
      "file.4194305.new", "file.\(getpid()).new", "file.1.new", "file.x.new", "other.4194305.new",
    ] {
      try folder.write("left", to: name)
    }
    try Self.write("new", to: folder.file("file"))
    #expect(try Self.names(folder) == ["file", "file.1.new", "file.x.new", "other.4194305.new"])
  }

  @Test func whatCannotBeReplacedStays() throws {
    let folder = try TemporaryFolder()
    try folder.folder("file")
    #expect(throws: NewFile.Trouble.self) { try Self.write("new", to: folder.file("file")) }
    #expect(throws: NewFile.Trouble.self) { try Self.write("new", to: folder.file("none/file")) }
    #expect(throws: NewFile.Trouble.self) { try Self.write("new", to: "/dev/full") }
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("loop"), withDestinationPath: "loop")
    #expect(throws: NewFile.Trouble.self) { try Self.write("new", to: folder.file("loop/x")) }
    #expect(try Self.names(folder) == ["file", "loop"])
  }
}
