import TestSupport
import Testing

extension ProgramTests {
  /// Looking third parties up by words, and taking them elsewhere as vCards.
  struct Searching {
    @Test func theWindowSearchesAsOneTypes() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      try await window.press("/", until: "Search for a third party")
      try await window.type("dup stras")
      try await window.wait(for: "▸Dupont SA")
      try await window.press("Enter", until: "C00123 · Dupont SA")
    }

    @Test func searchIsForScriptsToo() async throws {
      let workplace = try await Workplace()
      let found = try await workplace.screenpop("search", "--json", "c00123")
      #expect(
        found.output == """
          {"code":"C00123","name":"Dupont SA","kind":"customer","zip":"67000","city":"Strasbourg"}

          """)
      #expect(try await workplace.screenpop("search", "nobody at all").output == "")
    }

    @Test func lookupExplains() async throws {
      let workplace = try await Workplace()
      let found = try await workplace.screenpop("lookup", "--explain", "0199004567")
      for words in [
        "complete with its country", "Garage Muller", "the same number", "weak      C00311",
        "the same last eight digits, and one of the two is not complete",
      ] {
        #expect(found.output.contains(words), "\(found.output)")
      }
    }

    @Test(arguments: ["--vcard", "--vcard3"])
    func vCardsGoThereAndBack(option: String) async throws {
      let (here, there) = (try await Workplace(), try await Workplace(sample: false))
      let cards = try await here.screenpop("export", option)
      let taken = try await there.screenpop("import", "-", input: cards.output)
      #expect(taken.status == 0, "\(taken.output)")
      #expect(taken.output.contains(" cards taken"))
      #expect(
        try await there.screenpop("export").output == (try await here.screenpop("export")).output)
    }
  }
}
