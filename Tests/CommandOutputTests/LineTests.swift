import CommandOutput
import Doctor
import Telephony
import Testing
import TextForms

/// Lines that commands print, for people and for programs.
struct LineTests {
  private static let hostile = "A\"\\\u{1B}[2J\u{202E}\n\u{2028}é"

  @Test func jsonIsHarmlessAndWhole() {
    var line = JSONLine()
    line.add("name", Self.hostile)
    line.add("none", nil as String?)
    line.add("count", 3)
    line.add("flag", true)
    line.add("list", [JSONLine()])
    #expect(
      line.text
        == #"{"name":"A\"\\\u001b[2J\u202e\n\u2028é","none":null,"count":3,"flag":true,"list":[{}]}"#
    )
  }

  @Test func aLineOfTheJournalHasOneRowAndOneObject() {
    let entry = JournalEntry(
      key: "k", at: WallTime(milliseconds: 1_700_000_000_000, offset: 3600),
      number: "+33388202122", text: "03 88 20 21 22", name: "Dupont\u{1B} SA", code: "C00123",
      outcome: .answered, duration: 42)
    let line = JournalLine(entry)
    #expect(
      line.row
        == "2023-11-14T23:13:20+01:00  answered            42 s      03 88 20 21 22      C00123        Dupont SA\n"
    )
    #expect(
      line.object
        == #"{"at":"2023-11-14T23:13:20+01:00","number":"+33388202122","name":"Dupont\u001b SA","code":"C00123","outcome":"answered","reason":null,"duration":42}"#
        + "\n")
  }

  /// A name is shown as sure only when it is (R51).
  @Test(
    arguments: [
      (.several, true), (.caller, true), (.exact, false), (.national, false), (nil, false),
    ] as [(MatchCertainty?, Bool)])
  func aNameThatMayBeAnothersSaysSo(certainty: MatchCertainty?, isInDoubt: Bool) {
    var entry = JournalEntry(
      key: "k", at: WallTime(milliseconds: 0, offset: 0), number: "+33388202122",
      text: "03 88 20 21 22", name: "Dupont SA", outcome: .answered)
    entry.certainty = certainty
    let word = certainty.map { #""certainty":"\#($0.rawValue)""# } ?? "certainty"
    #expect(JournalLine(entry).object.contains(word) == isInDoubt)
    #expect(JournalLine(entry).row.contains("? Dupont SA") == isInDoubt)
  }

  @Test func aCallerWhoIsNoNumberStandsAsText() {
    let entry = JournalEntry(
      key: "k", at: WallTime(milliseconds: 0, offset: 0), number: nil, text: "alice",
      outcome: .missed)
    #expect(JournalLine(entry).object.contains(#""number":null,"text":"alice""#))
    #expect(JournalLine(entry).row.contains("alice"))
  }

  @Test func aNameOfSeveralAndACallThatIsDoneAreMarked() {
    var entry = JournalEntry(
      key: "k", at: WallTime(milliseconds: 0, offset: 0), number: "+33388202122",
      text: "03 88 20 21 22", name: "Dupont SA", code: "C00123", outcome: .missed,
      reason: .tooOld)
    #expect(!JournalLine(entry).object.contains("several"))
    #expect(JournalLine(entry).record.hasSuffix(",too old,,,,,\n"))
    (entry.certainty, entry.isDone) = (.several, true)
    #expect(JournalLine(entry).row.hasSuffix("  ? Dupont SA [too old] [done]\n"))
    #expect(
      JournalLine(entry).object.hasSuffix(
        #","duration":null,"certainty":"several","done":true}"# + "\n"))
    #expect(JournalLine(entry).news.hasSuffix(#","certainty":"several","done":true}"# + "\n"))
    #expect(JournalLine(entry).record.hasSuffix(",too old,,,,several,yes\n"))
    let columns = { (row: String) in row.count { $0 == "," } }
    #expect(columns(JournalLine.heading) == columns(JournalLine(entry).record))
    // Missed no more, and nobody's.
    (entry.outcome, entry.name) = (.answered, nil)
    #expect(!JournalLine(entry).object.contains("true"))
  }

  @Test func aFindingSaysItsSubjectOnce() {
    let lines = FindingLines("store", Finding(.mend, "It is gone.", advice: "Import it."))
    #expect(
      lines.rows(isFirst: true) == "store          ✗ It is gone.\n                 → Import it.\n")
    #expect(lines.rows(isFirst: false).hasPrefix("               ✗ "))
    #expect(
      lines.object
        == #"{"check":"store","verdict":"mend","finding":"It is gone.","advice":"Import it."}"#
        + "\n")
  }

  /// On a terminal no word is broken but one that is longer than the line; below its beginning a sentence goes on.
  @Test func aFindingStaysWithinTheTerminal() {
    let lines = FindingLines(
      "erp",
      Finding(.mend, "The database says nothing at all.", advice: "See /etc/a-long-path/odbc.ini."))
    #expect(
      lines.rows(isFirst: true, width: 40)
        == "erp            ✗ The database says\n                 nothing at all.\n"
        + "                 → See\n                   /etc/a-long-path/odbc.ini.\n")
    #expect(lines.rows(isFirst: true, width: 30) == lines.rows(isFirst: true))
    #expect(TerminalLines.hang("One two? [y/N]: ", width: 20) == "One two? [y/N]: ")
  }

  @Test func textsOfSeveralLinesKeepTheirLines() {
    #expect("a\u{1B}b\tc\nd\u{200E}".printableLines == "ab\tc\nd")
    #expect("a\nb".printable == "a b")
  }
}
