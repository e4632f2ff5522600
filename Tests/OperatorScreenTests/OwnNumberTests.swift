import Canvas
import OperatorScreen
import Telephony
import Testing

/// Which of the company's numbers was called (R59).
struct OwnNumberTests {
  private static let support = "+33199004500"

  private func story(
    quiet: [String] = [], triggers: [String: Trigger] = [:],
    openings: [OwnNumbers.Opening] = [], opensCard: Bool = true, phrases: Phrases = .french
  ) -> Story {
    let numbers = OwnNumbers(
      names: ["0199004500": "Support", "sales": "Ventes"], quiet: quiet, triggers: triggers,
      openings: openings,
      key: { $0.first == "0" ? "+33" + $0.dropFirst() : $0 },
      text: { $0.hasPrefix("+33") ? "0" + $0.dropFirst(3) : $0 })
    return Story(
      phrases: phrases, desk: Story.desk(opensCard: opensCard),
      policy: PopPolicy(ownNumbers: numbers))
  }

  private func ring(
    _ story: inout Story, called: String? = nil, line: String? = nil,
    _ kind: CallEvent.Kind = .ring, id: String = "1"
  ) {
    story.send(
      .report(
        .event(
          CallEvent(
            source: .launcher, kind: kind, at: story.now, callID: id, caller: Sample.dupontCaller,
            called: called, line: line))))
  }

  static let told: [(String?, String?, String)] = [
    ("0199004500", nil, "Appel entrant · Support "),
    ("+33199004500", nil, "Appel entrant · Support "),
    (nil, "SALES", "Appel entrant · Ventes "), ("0199004501", "sales", "Appel entrant · Ventes "),
    ("0199004501", nil, "Appel entrant · 0199004501 "),
    (nil, "trunk 2", "Appel entrant · trunk 2 "),
    ("1024", nil, "Appel entrant ─"), ("1024", "1024", "Appel entrant ─"),
    ("", "", "Appel entrant ─"),
  ]

  @Test(arguments: told)
  func itStandsInTheCornerByItsName(_ called: String?, _ line: String?, _ title: String) {
    var story = story()
    ring(&story, called: called, line: line)
    #expect(story.screen.contains(title), "\(story.screen)")
  }

  @Test func itStandsInTheJournalAndStays() {
    var story = story()
    ring(&story, called: "0199004500", line: "sales")
    story.send(.found(Call.ID(serial: 1), .success([Sample.dupont])))
    ring(&story, .end(.missed))
    let line = story.model.journal.first
    #expect(line?.own == OwnNumber(called: Self.support, line: "sales"))
    let row = story.lines.map { $0.joined() }.first { $0.contains("Dupont") } ?? ""
    #expect(row.contains("Support") && row.contains("manqué"), "\(row)")
  }

  @Test func aNarrowJournalShowsTheCallerFirst() {
    var story = story()
    ring(&story, called: "0199004500")
    story.send(.found(Call.ID(serial: 1), .success([Sample.dupont])))
    ring(&story, .end(.missed))
    story.resize(44, 10)
    #expect(story.screen.contains("Dupont SA"))
  }

  @Test(arguments: ["Support", "support", "0199004500", "+33199004500"])
  func callsToSomeAreKeptQuiet(_ rule: String) {
    var story = story(quiet: [rule])
    ring(&story, called: "0199004500")
    #expect(story.model.corner.isEmpty)
    #expect(story.model.journal.first?.reason == .called("Support"))
    #expect(story.model.journal.first?.outcome == .inhibited)
    #expect(Reason(text: Reason.called("Support").text) == .called("Support"))
    ring(&story, called: "0199004501", id: "2")
    #expect(story.model.corner.count == 1)
  }

  /// Another source knows it a moment later.
  @Test func aNumberThatComesLateIsJudgedToo() {
    var story = story(quiet: ["Support"])
    ring(&story)
    #expect(story.model.corner.count == 1)
    ring(&story, called: "0199004500")
    #expect(story.model.corner.isEmpty)
    #expect(story.model.journal.first?.reason == .called("Support"))
  }

  @Test(arguments: [false, true])
  func someHaveATriggerOfTheirOwn(_ isLate: Bool) {
    var story = story(triggers: ["Support": .ring])
    ring(&story, called: isLate ? nil : "0199004500")
    story.send(.found(Call.ID(serial: 1), .success([Sample.dupont])))
    if isLate { ring(&story, called: "0199004500") }
    #expect(story.effects.loaded == ["C00123"])
    ring(&story, called: "0199004501", id: "2")
    story.send(.found(Call.ID(serial: 2), .success([Sample.muller])))
    #expect(story.effects.loaded == ["C00123"])
  }

  /// The record of one call opens in the card and that of another elsewhere, also without a call, from its line.
  @Test(arguments: [
    ("0199004500", true, "tickets"), ("0199004501", true, nil), ("0199004500", false, "tickets"),
    (nil, true, nil), (nil, false, "all"),
  ])
  func someOpenElsewhere(_ called: String?, _ opensCard: Bool, _ place: String?) {
    let rule = OwnNumbers.Opening(rule: called == nil ? "other" : "support", isCard: false)
    var story = story(openings: [rule], opensCard: opensCard)
    ring(&story, called: called)
    story.send(.found(Call.ID(serial: 1), .success([Sample.dupont])))
    story.wait(400)
    for _ in 0..<2 {
      let opened = story.press(.key(.enter)).compactMap {
        if case .open(.record(let subject)) = $0 { subject.rule ?? "all" } else { nil }
      }
      #expect(opened.first == (place == "tickets" ? "support" : place))
      guard opened.isEmpty else { break }
    }
  }

  @Test func someOpenInTheCardWhereOthersDoNot() {
    var story = story(
      openings: [OwnNumbers.Opening(rule: "0199004500", isCard: true)], opensCard: false)
    ring(&story, called: "0199004500")
    story.send(.found(Call.ID(serial: 1), .success([Sample.dupont])))
    story.wait(400)
    story.press(.key(.enter))
    #expect(story.effects.loaded == ["C00123"])
  }

  @Test func aRecordThatOpensElsewhereKnowsIt() {
    var story = Story(desk: Story.desk(opensCard: false))
    ring(&story, called: "0199004500", line: "2", id: "abc")
    story.send(.found(Call.ID(serial: 1), .success([Sample.dupont])))
    story.wait(400)
    let opened = story.press(.key(.enter)).compactMap {
      if case .open(.record(let subject)) = $0 { subject } else { nil }
    }
    #expect(opened.first?.own == OwnNumber(called: "0199004500", line: "2"))
    #expect(opened.first?.callID == "abc")
  }
}
