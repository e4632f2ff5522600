import Telephony
import Testing

/// Which lines pass, and which missed calls are still open (R61).
struct JournalFilterTests {
  private static let now = WallTime(milliseconds: 1_795_950_000_000, offset: 3600)

  private static func line(
    _ key: String, _ outcome: Outcome, number: String? = "+33388202122",
    text: String = "03 88 20 21 22", name: String? = nil, code: String? = nil,
    withheld: Bool = false, reason: Reason? = nil
  ) -> JournalEntry {
    JournalEntry(
      key: key, at: now, number: number, text: text, isWithheld: withheld, name: name, code: code,
      outcome: outcome, reason: reason)
  }

  @Test(arguments: [
    ("0388", true), ("88 20", true), ("8820", true), ("+33 3", true), ("0.3", true),
    ("dupont", true),
    ("DUPONT S", true), ("c001", true), ("7", false), ("999", false), ("muller", false), ("", true),
    ("Élan", true), ("élan", true),
  ])
  func aTextIsFoundInNumberNameAndCode(text: String, isFound: Bool) {
    let entry = Self.line("1", .missed, name: "Dupont SA Élan", code: "C00123")
    #expect(JournalFilter(text: text).holds(entry) == isFound)
  }

  @Test func eachConditionHolds() {
    let known = Self.line("1", .answered, name: "Dupont SA")
    let unknown = Self.line("2", .missed)
    let withheld = Self.line("3", .missed, number: nil, text: "", withheld: true)
    let all = [known, unknown, withheld]
    #expect(all.filter(JournalFilter(onlyMissed: true).holds).map(\.key) == ["2", "3"])
    #expect(all.filter(JournalFilter(onlyUnknown: true).holds).map(\.key) == ["2"])
    #expect(all.filter(JournalFilter(since: Self.now + 1).holds).isEmpty)
    #expect(all.filter(JournalFilter().holds) == all)
  }

  /// Newest first, as the journal has them.
  @Test func whoeverIsReachedClearsTheMissedCalls() {
    func open(_ later: JournalEntry?) -> [String] {
      let missed = Self.line("1", .missed, code: "C00123")
      return MissedCalls([later].compactMap { $0 } + [missed]).open.sorted()
    }
    #expect(open(nil) == ["1"])
    #expect(open(Self.line("2", .answered)).isEmpty)
    #expect(open(Self.line("2", .answered, reason: .outgoing)).isEmpty)
    #expect(open(Self.line("2", .answeredElsewhere)).isEmpty)
    // Through another number of theirs.
    #expect(open(Self.line("2", .answered, number: "+33639981234", code: "C00123")).isEmpty)
    #expect(open(Self.line("2", .answered, number: "+33639981234", code: "C9")) == ["1"])
    #expect(open(Self.line("2", .ringing, reason: .outgoing)) == ["1"])
    #expect(open(Self.line("2", .missed)) == ["1", "2"])
  }

  @Test func whatCannotBeCalledBackIsNotOpen() {
    let withheld = Self.line("1", .missed, number: nil, text: "", withheld: true)
    let untold = Self.line("2", .missed, number: nil, text: "")
    let account = Self.line("3", .missed, number: nil, text: "alice")
    #expect(MissedCalls([withheld, untold, account]).open == ["3"])
    #expect(MissedCalls([withheld, untold, account]).reached.isEmpty)
    // Reached before it was missed again.
    #expect(MissedCalls([Self.line("2", .missed), Self.line("1", .answered)]).open == ["2"])
  }
}
