import GRDB
import Glibc
import TestSupport
import Testing

/// Two windows of one station: the second watches, and takes over all that the first has acknowledged (R48).
@Suite(.timeLimit(.minutes(3)))
struct TwoWindowsTests {
  @Test func theSecondBringsWhatTheFirstCouldNotWrite() async throws {
    let workplace = try await Workplace()
    try workplace.configure("poll_interval = 1\n")
    #expect(try await workplace.journal().isEmpty)
    let terminal = try BareTerminal()
    let first = try await workplace.openWindow(on: terminal)
    let second = try await workplace.openWindow()
    try await second.wait(for: "only watches")
    // The journal is held: the first window has its calls in the inbox alone.
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let holder = try DatabaseQueue(
      path: workplace.folder.file("data/screenpop/operator.sqlite"), configuration: configuration)
    try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    for number in 10..<15 {
      #expect(try await workplace.clicktocall("01990012\(number)").status == 0)
    }
    first.signal(SIGKILL)
    try await first.status()
    try await holder.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    // Nobody calls: the second window brings them by itself.
    let calls = try await workplace.journal(until: "5 calls") { $0.count >= 5 }
    #expect(Set(calls.compactMap(\.number)).count == 5 && calls.count == 5)
  }
}
