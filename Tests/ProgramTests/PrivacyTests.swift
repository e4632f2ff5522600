import TestSupport
import Testing

extension ProgramTests {
  /// What is kept of callers, and how it is forgotten, beside a window that runs.
  struct PrivacyTests {
    @Test func whatIsForgottenStaysSo() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      func miss(_ number: String) async throws {
        try await workplace.clicktocall(
          "--station", "1024", "--event", "end", "--reason", "missed", number)
      }
      for number in ["0388202122", "0199009999"] { try await miss(number) }
      try await workplace.journal(until: "two calls") { $0.count == 2 }

      let asked = try await workplace.screenpop("forget", "03 88 20 21 22")
      #expect(asked.status == 1)
      #expect(asked.output.contains("kept: 1 journal line in "))
      let forgotten = try await workplace.screenpop("forget", "03 88 20 21 22", "--yes")
      #expect(forgotten.status == 0, "\(forgotten.output)")
      #expect(forgotten.output.contains("removed: 1 journal line in "))
      #expect(forgotten.output.contains("Dupont SA, C00123, still has it"))
      #expect(forgotten.output.contains("inbox-1024.sqlite is a window's"))

      // The window goes on, and the next one brings nothing back.
      try await miss("0199004567")
      let others = ["+33199004567", "+33199009999"]
      try await workplace.journal(until: "the others") {
        $0.compactMap(\.number).sorted() == others
      }
      try await window.press("q")
      #expect(try await window.exitStatus() == 0)
      let next = try await workplace.openWindow()
      try await next.wait(for: "01 99 00 99 99")
      #expect(try await workplace.journal().compactMap(\.number).sorted() == others)

      let table = try await workplace.screenpop("log", "--open", "--since", "1h", "--csv").output
      #expect(table.hasPrefix("at,number,text,"))
      #expect(table.split(separator: "\n").count == 3, "\(table)")
      let kept = try await workplace.screenpop("kept", "--json").output
      #expect(kept.contains(#"{"what":"journal lines","place":"#), "\(kept)")
      try await next.press("q")
    }
  }
}
