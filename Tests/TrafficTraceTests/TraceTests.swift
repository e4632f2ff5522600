import Foundation
import Telephony
import TestSupport
import Testing

@testable import TrafficTrace

/// A trace as a file.
struct TraceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let start = Moment(milliseconds: 1_000)

  private func trace(
    _ name: String = "trace", longest: Int64 = 1 << 20,
    ended: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> Trace {
    try Trace(
      folder.file(name), showsNumbers: false, secrets: [], options: ["station = \"1024\""],
      release: "1", at: Self.start, WallTime(milliseconds: 0), longest: longest, ended: ended)
  }

  private func lines(_ name: String = "trace") -> [Substring] {
    contents(ofFile: folder.file(name)).split(separator: "\n")
  }

  @Test func aLineTellsWhenWhoAndWhat() async throws {
    let trace = try trace()
    trace.note(
      .received, "CTI 1", Array("a\u{1b}[2J\\é\u{202e}\r\n".utf8) + [0xFF], at: Self.start + 12_041)
    trace.note(
      "baresip", .down(reason: "gone", since: Self.start, nextTry: nil), at: Self.start + 70_000)
    await trace.drain()
    #expect(
      lines() == [
        "# ScreenPop trace 1", "0.000 screenpop ! begin 0 0 1 at 1970-01-01T00:00:00+00:00",
        "0.000 screenpop ! option station = \"1024\"",
        "12.041 CTI\\x201 < a\\x1B[2J\\\\é\\xE2\\x80\\xAE\\r\\n\\xFF", "70.000 baresip ! down gone",
      ])
    let line = try #require(TraceLine(Array(lines()[3].utf8)))
    #expect(line.bytes == Array("a\u{1b}[2J\\é\u{202e}\r\n".utf8) + [0xFF])
    #expect(line.source == "CTI 1")
    #expect(line.time == 12_041)
  }

  @Test(arguments: [
    "", "1.000", "1.000 a", "1 a < x", "x.000 a < x", "1.000 a ? x", "-1.000 a < x", "1.000  < x",
  ])
  func whatIsNoLineIsNone(text: String) { #expect(TraceLine(Array(text.utf8)) == nil) }

  /// The network may cut a number in two.
  @Test func aNumberInTwoPiecesIsNotLegible() async throws {
    let trace = try trace()
    for piece in ["CallerIDNum: 0388", "2021", "22\r\nSecret: geh", "eim\r\n"] {
      trace.note(.piece, "asterisk", Array(piece.utf8), at: Self.start)
    }
    trace.note("asterisk", "ended", at: Self.start)
    await trace.drain()
    let text = contents(ofFile: folder.file("trace"))
    #expect(!text.contains("2021") && !text.contains("geh") && !text.contains("eim"))
    let whole = lines().compactMap { TraceLine(Array($0.utf8)) }.filter { $0.mark == .received }
    #expect(
      whole.flatMap(\.bytes).count == "CallerIDNum: 0388202122\r\nSecret: geheim\r\n".utf8.count)
  }

  @Test func nobodyElseMayReadIt() async throws {
    let before = umask(0)
    defer { umask(before) }
    await (try trace()).drain()
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("trace"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func aSecondRunIsAddedToTheFirst() async throws {
    for _ in 1...2 { await (try trace()).drain() }
    try await waitUntil("both runs") { lines().count == 5 }
    #expect(lines().count { $0.contains(" ! begin ") } == 2)
  }

  @Test func whatIsNotOursIsRefused() throws {
    let files = FileManager.default
    try folder.write("export A=1\n", to: "other")
    try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file("other"))
    try files.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: folder.file("other"))
    try folder.write("# ScreenPop trace 1\n", to: "open")
    try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.file("open"))
    try folder.write("# ScreenPop trace 1\n", to: "one")
    try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file("one"))
    try files.linkItem(atPath: folder.file("one"), toPath: folder.file("two"))
    #expect(mkfifo(folder.file("fifo"), 0o600) == 0)
    try folder.folder("folder")
    for (name, problem) in [
      ("other", "it holds something else"), ("link", "it is a symbolic link"),
      ("open", "others may read or change it"), ("two", "it has a second name"),
      ("fifo", "it is no regular file"), ("folder", "Is a directory"),
      ("none/trace", "No such file or directory"),
    ] {
      let error = #expect(throws: TraceError.self) { _ = try trace(name) }
      #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }
    #expect(contents(ofFile: folder.file("other")) == "export A=1\n")
    let first = try trace("mine")
    let error = #expect(throws: TraceError.self) { _ = try trace("mine") }
    #expect(error?.description.contains("another program writes it") == true)
    withExtendedLifetime(first) {}
  }

  /// What nobody can find would be recorded for nothing, and until the disk is full.
  @Test func itEndsWhenItIsRemoved() async throws {
    let (ends, tell) = AsyncStream<String>.makeStream()
    let trace = try trace { tell.yield($0) }
    await trace.drain()
    // Who renames it has it still.
    #expect(rename(folder.file("trace"), folder.file("moved")) == 0)
    trace.note("asterisk", "one", at: Self.start)
    await trace.drain()
    #expect(lines("moved").last == "0.000 asterisk ! one")
    #expect(unlink(folder.file("moved")) == 0)
    trace.note("asterisk", "two", at: Self.start)
    for await end in ends {
      #expect(end.contains("ends here: it was removed"))
      break
    }
  }

  @Test func itEndsWhenItIsLong() async throws {
    let (ends, tell) = AsyncStream<String>.makeStream()
    let trace = try trace(longest: 1_000) { tell.yield($0) }
    for _ in 1...100 {
      trace.note(.received, "launcher", Array(repeating: 0x61, count: 100), at: Self.start)
    }
    await trace.drain()
    for await end in ends {
      #expect(end.contains("ends here: it has reached"))
      break
    }
    #expect(contents(ofFile: folder.file("trace")).utf8.count <= 1_000)
    #expect(lines().last.flatMap { TraceLine(Array($0.utf8)) } != nil)
  }
}
