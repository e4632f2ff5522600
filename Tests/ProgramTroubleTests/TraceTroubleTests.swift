import Foundation
import TestSupport
import Testing

/// A trace that cannot be written costs the trace, and no call.
@Suite(.timeLimit(.minutes(2)))
struct TraceTroubleTests {
  private func open(_ workplace: Workplace, _ path: String) async throws -> TmuxScreen {
    try await workplace.openWindow("--trace", path)
  }

  private func takesCalls(_ workplace: Workplace, _ window: TmuxScreen) async throws {
    #expect(try await workplace.clicktocall("0388202122").status == 0)
    try await window.wait(for: "Dupont SA")
    try await workplace.onlyCall("in the journal") { $0.code == "C00123" }
  }

  @Test func aLinkIsNotFollowedAndTheWindowSaysSo() async throws {
    let workplace = try await Workplace()
    let precious = try workplace.folder.write("precious\n", to: "precious")
    let link = workplace.folder.file("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: precious)
    let window = try await open(workplace, link)
    try await window.wait(for: "it is a symbolic link")
    try await takesCalls(workplace, window)
    #expect(contents(ofFile: precious) == "precious\n")
  }

  @Test func aFullDiskEndsTheTraceAndTheWindowSaysSo() async throws {
    var workplace = try await Workplace()
    let folder = try workplace.folder.folder("small")
    let disk = try await SmallDisk(kilobytes: 64, at: folder)
    workplace.prefix = disk.words
    let window = try await open(workplace, folder + "/trace")
    try await disk.fill(leaving: 0)
    for number in 10..<70 { try await workplace.clicktocall("01990012\(number)") }
    try await window.wait(for: "ends here")
    let log = workplace.folder.file("home/.local/state/screenpop/screenpop.log")
    #expect(contents(ofFile: log).contains("trace ends here: No space left on device"))
    #expect(try await workplace.clicktocall("0388202122").status == 0)
    try await workplace.journal(until: "the call after it") { $0.contains { $0.code == "C00123" } }
  }

  @Test func noLogIsKeptWhereNoneIsWanted() async throws {
    let workplace = try await Workplace()
    try workplace.configure("log = \"off\"\ntrace = \"\(workplace.folder.file("trace"))\"\n")
    let window = try await workplace.openWindow()
    try await takesCalls(workplace, window)
    #expect(!FileManager.default.fileExists(atPath: workplace.folder.file("home/.local/state")))
    try await waitUntil("a trace") {
      contents(ofFile: workplace.folder.file("trace")).contains(" launcher < v=1")
    }
  }
}
