import Foundation
import Synchronization
import Telephony
import TestSupport
import Testing

@testable import TrafficTrace

/// The log as a file.
struct StateLogTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func log(
    longest: Int64 = 1 << 20, ended: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> StateLog {
    try StateLog(
      folder: folder.file("state/of/screenpop"), secrets: ["long-secret"], longest: longest,
      wall: { WallTime(milliseconds: 0) }, ended: ended)
  }

  private var path: String { folder.file("state/of/screenpop/screenpop.log") }

  @Test func aLineTellsWhenHowBadAndWhat() async throws {
    let log = try log()
    log.note("baresip is up")
    log.warn("no way to 0388202122\nwith long-secret")
    await log.drain()
    let lines = contents(ofFile: path).split(separator: "\n")
    #expect(
      lines.prefix(2) == ["# ScreenPop log", "1970-01-01T00:00:00+00:00 notice baresip is up"])
    #expect(lines.count == 3)
    #expect(lines[2].hasPrefix("1970-01-01T00:00:00+00:00 warning no way to 038"))
    #expect(lines[2].hasSuffix("22\\nwith ***********"))
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  /// Two windows of one user write one log.
  @Test func itIsTurnedOverAndNeverLong() async throws {
    let logs = [try log(longest: 500), try log(longest: 500)]
    for number in 1...40 {
      logs[number % 2].note("line \(number)")
      await logs[number % 2].drain()
    }
    let (now, before) = (contents(ofFile: path), contents(ofFile: path + ".1"))
    #expect(now.utf8.count <= 500 && before.utf8.count <= 500)
    #expect(now.contains("line 40\n"))
    // Nothing is missing in between.
    let numbers = (before + now).split(separator: "\n").compactMap {
      Int($0.split(separator: " ").last ?? "")
    }
    #expect(numbers == Array((numbers.first ?? 0)...40))
    #expect(numbers.count > 8)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.file("state/of/screenpop")).count
        == 2)
  }

  /// What is in the way is told once, and the log goes on when it has gone.
  @Test func whatIsInItsWayPasses() async throws {
    let told = Mutex<[String]>([])
    let log = try log { sentence in told.withLock { $0.append(sentence) } }
    await log.drain()
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    for number in 1...2 {
      log.note("line \(number)")
      await log.drain()
    }
    #expect(told.withLock { $0 } == ["\(path) cannot be written: Is a directory"])
    try FileManager.default.removeItem(atPath: path)
    log.note("line 3")
    await log.drain()
    #expect(contents(ofFile: path).hasSuffix("notice line 3\n"))
    #expect(told.withLock { $0.count } == 1)
  }

  @Test func aLinkInItsPlaceIsNotFollowed() throws {
    try folder.folder("state/of/screenpop")
    try folder.write("", to: "precious")
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: folder.file("precious"))
    #expect(throws: TraceError.self) { _ = try log() }
    #expect(contents(ofFile: folder.file("precious")).isEmpty)
  }
}
