import OperatorScreen
import OperatorWindow
import Telephony
import TestSupport
import Testing

/// Programs that are told of calls.
struct HookRunnerTests {
  private let programs: Programs
  private let posted = Collected<Message>()

  init() throws { programs = try Programs() }

  private static func news(
    _ kind: CallNews.Kind, _ serial: Int = 1, party: ThirdPartySummary? = nil, name: String = ""
  ) -> CallNews {
    let line = JournalEntry(
      key: "k", at: WallTime(milliseconds: 0), number: "+33388202122", text: "03 88 20 21 22",
      outcome: kind == .missed ? .missed : .answered, duration: kind == .end ? 42 : nil,
      own: OwnNumber(called: "+33199004500", line: "2"))
    return CallNews(
      kind, call: Call.ID(serial: serial), line: line,
      number: PhoneNumber(.complete, "+33388202122"), party: party, callID: "abc-\(serial)")
  }

  private func runner(_ text: String) throws -> HookRunner {
    HookRunner(try programs.settings(text), environment: programs.environment, posted.add)
  }

  @Test func everyPlaceholderHasItsValue() async throws {
    try programs.write("tell", "for word; do echo \"$word\" >> $OUT/told; done")
    let runner = try runner(
      """
      station = "1024"
      [hooks]
      end = ["tell", "n={number}", "e={e164}", "c={called}", "k={code}", "w={name}", "i={call_id}", "s={seconds}",
        "o={outcome}", "d={direction}", "l={line}", "t={station}"]
      """)
    let party = ThirdPartySummary(code: "C1", id: 1, kind: .customer, name: "$(touch x) Dupont")
    runner.perform(Self.news(.end, party: party))
    runner.perform(Self.news(.ring, party: party))
    await runner.finish()
    #expect(
      programs.lines("told") == [
        "n=0388202122", "e=+33388202122", "c=+33199004500", "k=C1", "w=$(touch x) Dupont",
        "i=abc-1",
        "s=42", "o=answered", "d=in", "l=2", "t=1024",
      ])
    #expect(posted.all.isEmpty)
  }

  @Test func theProgramsOfACallRunInOrder() async throws {
    try programs.write("slow", "sleep 0.3; echo ring >> $OUT/told")
    try programs.write("tell", "echo \"$1\" >> $OUT/told")
    let runner = try runner(
      "[hooks]\nring = ['slow']\nanswer = ['tell', 'answer']\nend = ['tell', 'end']")
    for kind in [CallNews.Kind.ring, .answer, .end] { runner.perform(Self.news(kind)) }
    await runner.finish()
    #expect(programs.lines("told") == ["ring", "answer", "end"])
  }

  @Test func aFailureIsSaidOnce() async throws {
    try programs.write("fail", "echo no database >&2; exit 3")
    let runner = try runner("[hooks]\nmissed = ['fail']")
    for serial in 1...3 { runner.perform(Self.news(.missed, serial)) }
    await runner.finish()
    #expect(
      posted.sentences == ["hooks.missed: fail failed with status 3: no database"])
  }

  /// More than anybody would read.
  @Test func whatTheyPrintEndsNoneOfThem() async throws {
    try programs.write("loud", "seq 9999; seq 9999 >&2; echo done >> $OUT/told; exit 3")
    let runner = try runner("[hooks]\nring = ['loud']\nmissed = ['loud']")
    for kind in [CallNews.Kind.ring, .missed] { runner.perform(Self.news(kind)) }
    await runner.finish()
    #expect(programs.lines("told") == ["done", "done"])
    #expect(posted.sentences.allSatisfy { $0.contains("loud failed with status 3") })
    #expect(posted.sentences.count == 2)
  }

  /// What hangs holds up neither the window's end, nor without limit what comes behind it.
  @Test func theyAreBoundedInNumberAndTheEndDoesNotWait() async throws {
    try programs.write("hang", "echo $$ >> $OUT/child; exec sleep 600")
    let runner = try runner("[hooks]\nring = ['hang']")
    for serial in 1...70 { runner.perform(Self.news(.ring, serial)) }
    _ = try await waitFor("four run") { programs.lines("child").count == 4 ? true : nil }
    #expect(posted.sentences.first?.contains("too many") == true)
    await runner.finish()
    #expect(programs.lines("child").count == 4)
  }
}
