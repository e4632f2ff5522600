import CallWire
import Glibc
import TestSupport
import Testing

/// What the spool has acknowledged stays there while it cannot be read (R48).
@Suite(.timeLimit(.minutes(2)))
struct SpoolTroubleTests {
  @Test func aFileThatCannotBeReadNowWaits() async throws {
    var workplace = try await Workplace()
    // Who may do everything may read everything.
    if geteuid() == 0 { workplace.prefix = ["setpriv", "--bounding-set", "-all"] }
    try workplace.configure("poll_interval = 1\n")
    try workplace.runtime.prepare()
    let spool = workplace.runtime.spool
    for number in 10..<13 {
      #expect(try await workplace.clicktocall("01990012\(number)").status == 75)
    }
    let files = spool.listAll().entries.map { "\(spool.path)/\($0.name)" }
    for file in files { #expect(chmod(file, 0) == 0) }
    let terminal = try BareTerminal()
    let window = try await workplace.openWindow(on: terminal)
    defer { window.signal(SIGKILL) }
    // One that comes after them is taken at a look at all of them.
    try spool.write(CallMessage(event: "ring", tel: "0199001213").encoded(), station: nil)
    try await workplace.onlyCall("the call") { $0.number == "+33199001213" }
    #expect(spool.count() == 3)
    for file in files { #expect(chmod(file, 0o600) == 0) }
    try await workplace.journal(until: "all calls") { $0.count == 4 }
    try await waitUntil("an empty spool") { spool.count() == 0 }
  }
}
