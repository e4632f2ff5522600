import CallWire
import OperatorScreen
import Telephony
import TestSupport
import Testing

@testable import OperatorWindow

/// Calls that neither journal nor inbox have taken when the window ends.
struct HomelessCallTests {
  private static func line(_ key: String, _ events: Set<String>) -> UnsavedLine {
    UnsavedLine(
      entry: JournalEntry(
        key: key, at: WallTime(milliseconds: 1_700_000_000_000, offset: 0), number: "+33199001234",
        text: "01 99 00 12 34", outcome: .ringing), events: events)
  }

  /// Who was not acknowledged has put it there: it is neither lost nor there twice.
  @Test func whatTheSpoolHasIsNotWrittenAgain() throws {
    let folder = try TemporaryFolder()
    let spool = Spool(path: folder.file("spool"))
    let told = CallMessage(event: "ring", tel: "0199001234", mid: "told é")
    try spool.write(try told.encoded(), station: "1024")
    let chance = LastChance(spool: spool, station: "1024")
    let name = try #require(told.keptName)
    #expect(chance.keep([Self.line("k", [name])], besides: [name]))
    #expect(spool.count() == 1)
    // A driver has told of this one as well.
    #expect(chance.keep([Self.line("k", [name, "driver"])], besides: [name, "driver"]))
    #expect(spool.count() == 2)
  }

  @Test func whatNobodyHasIsLost() throws {
    let folder = try TemporaryFolder()
    let chance = LastChance(spool: Spool(path: folder.file("there/is/no/spool")), station: nil)
    #expect(!chance.keep([Self.line("k", ["driver"])], besides: ["driver"]))
    #expect(chance.keep([Self.line("k", ["driver"])], besides: []))
  }
}
