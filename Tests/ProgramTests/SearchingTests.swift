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
        "the same last eight digits; this one is not complete",
        "3 third parties match: the operator chooses, no record opens by itself",
      ] {
        #expect(found.output.contains(words), "\(found.output)")
      }
    }

    @Test(arguments: [
      ("anonymous", "withheld: nothing is looked up"), ("", "withheld: nothing is looked up"),
      ("$remote", "did not replace its keyword $remote"),
      ("call me", "no number as telephones send"),
      ("0188202122", "no third party has it: numbers that only end alike are no match"),
      ("0199009999", "no number is the same, and none ends alike"),
      (
        "99",
        "extensions and short numbers match only the same; a number of at most 5 digits is one"
      ),
      ("9900999", "not complete in any reading"),
      ("9900999", "fewer than eight digits match nothing"),
      ("00388202122", "with outside_prefix = \"0\" it would be 03 88 20 21 22"),
      ("90388202122", "the same number; the caller's is read behind a first 9"),
      ("99009999", "no number ends in the same eight digits"),
    ])
    func lookupExplainsWhyNot(input: String, words: String) async throws {
      let workplace = try await Workplace()
      let found = try await workplace.screenpop("lookup", "--explain", "--", input)
      #expect(found.output.contains(words), "\(found.output)")
    }

    @Test func lookupExplainsExceptionsAndAnEmptyStore() async throws {
      let workplace = try await Workplace(sample: false)
      _ = try await workplace.screenpop("exception", "add", "03882021*")
      let empty = try await workplace.screenpop("lookup", "--explain", "0388202122")
      #expect(
        empty.output.contains("an exception number, +333882021* for everybody: brings nothing up"),
        "\(empty.output)")
      #expect(empty.output.contains("the store is empty"), "\(empty.output)")
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
