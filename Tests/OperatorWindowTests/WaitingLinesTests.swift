import OperatorScreen
import OperatorWindow
import Telephony
import Testing

/// Lines of the journal that wait for the next transaction.
struct WaitingLinesTests {
  private static func line(_ key: String, _ outcome: Outcome) -> JournalEntry {
    JournalEntry(
      key: key, at: WallTime(milliseconds: 0, offset: 0), number: "+33388202122",
      text: "03 88 20 21 22", outcome: outcome)
  }

  @Test func ofSeveralStatesTheLatestIsWritten() {
    var waiting = WaitingLines()
    waiting.add(Self.line("a", .ringing), ["1"])
    waiting.add(Self.line("b", .ringing), ["2"])
    waiting.add(Self.line("a", .answered), ["3"])
    let taken = waiting.drain()
    #expect(taken.map(\.entry.key) == ["a", "b"])
    #expect(taken.map(\.entry.outcome) == [.answered, .ringing])
    #expect(taken.map(\.events) == [["1", "3"], ["2"]])
  }

  @Test func whatWasTakenIsGone() {
    var waiting = WaitingLines()
    #expect(waiting.isEmpty)
    waiting.add(Self.line("a", .missed), [])
    #expect(!waiting.isEmpty)
    _ = waiting.drain()
    #expect(waiting.isEmpty)
    #expect(waiting.drain().isEmpty)
  }
}
