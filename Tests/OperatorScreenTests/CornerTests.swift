import Canvas
import OperatorScreen
import Telephony
import Testing

/// What the corner shows of calls (R7–R10, R14).
struct CornerTests {
  /// Where the calls leave no room for it, a form or a record has the screen.
  @Test(arguments: [(60, 12), (80, 14), (80, 18), (90, 16), (44, 8), (20, 4)])
  func whatIsTypedOrReadIsNeverBelowTheCorner(_ width: Int, _ height: Int) {
    for corner in Desk.Corner.allCases {
      var story = Scene.fiveCalls.story(size: Size(width: width, height: height), corner: corner)
      story.press("n")
      story.type("abcdef")
      #expect(story.screen.contains("abcdef"), "\(corner)")
      story.press(.key(.escape))
      story.wait(400)
      story.press(.key(.enter))
      story.deliverRecord(Sample.dupontRecord)
      #expect(story.screen.contains("12 rue des"), "\(corner)")
      #expect(story.screen.contains("Dupont SA"), "\(corner)")
    }
  }

  /// Beside the selected call it is said which of the others are talked with, and no number is cut for it.
  @Test(arguments: [(100, 26, false), (80, 24, true), (20, 8, false), (34, 8, false)])
  func whoIsOnTheLineIsSaidOfOthersToo(_ width: Int, _ height: Int, _ isPlain: Bool) {
    var desk = Story.desk()
    if isPlain { desk.face = .plain }
    var story = Story(size: Size(width: width, height: height), phrases: .english, desk: desk)
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.report(.answer, Sample.dupontCaller)
    story.ring(Sample.garageCaller, found: [Sample.muller])
    let row = { (story: Story, number: String) in
      story.lines.map { $0.joined() }.first { $0.contains(number) } ?? ""
    }
    #expect(row(story, " 2 01 99 00 45 67").contains("on the line") == false)
    story.press(.key(.tab))
    let other = row(story, " 1 03 88 20 21 22")
    #expect(other.contains("on the line") || width < 40 && !other.isEmpty, "\(story.screen)")
  }

  /// A match that is not sure says on what it rests, in the corner and in the list.
  @Test(arguments: [
    (MatchStrength.weak, Match.Weakness.switchboard, "même standard", "same switchboard"),
    (.weak, .reading, "lecture incertaine", "uncertain reading"),
    (.weak, .end, "fin du numéro", "end of number"),
    (.national, .end, "numéro national", "national number"),
  ])
  func whatAMatchRestsOn(
    _ strength: MatchStrength, _ weakness: Match.Weakness, _ french: String, _ english: String
  ) {
    var match = Sample.schmitt
    (match.strength, match.weakness) = (strength, weakness)
    for (phrases, words) in [(Phrases.french, french), (.english, english)] {
      for others in [[], [Sample.muller]] {
        var story = Story(phrases: phrases)
        story.ring(Sample.garageCaller, found: others + [match])
        #expect(story.screen.contains(words), "\(others.count)")
      }
    }
  }

  /// Beside the call that is shown in full, too, a name that is not sure says so, however long it is.
  @Test(arguments: [Desk.Face.framed, .plain, .lines])
  func aNameIsInDoubtWhereverItStands(_ face: Desk.Face) {
    var desk = Story.desk()
    desk.face = face
    func named(_ match: Match) -> Match {
      var match = match
      match.party.name = "Muller, location de véhicules utilitaires et de tourisme"
      return match
    }
    let (one, weak, other) = (named(Sample.location), named(Sample.schmitt), Sample.dupont)
    for (matches, doubt) in [
      ([one, other], "one of several"), ([weak], "end of number"), ([one, Sample.schmitt], nil),
    ] {
      var story = Story(size: Size(width: 80, height: 24), phrases: .english, desk: desk)
      story.ring(Sample.dupontCaller, found: [Sample.dupont])
      story.ring(Sample.garageCaller, found: matches)
      let row = story.lines.map { $0.joined() }.first { $0.contains("2 ") && $0.contains("Muller") }
      let mark = doubt.map { face == .framed ? "? " : "\($0): " } ?? ""
      #expect(row?.contains("45 67  \(mark)Muller") == true, "\(row ?? story.screen)")
    }
  }

  /// What a title has no room for is left out from behind, and not cut.
  @Test func noWordOfATitleIsCut() {
    var story = Story(phrases: .english)
    let call = story.ring(Sample.garageCaller, called: "0261914500")
    story.send(.found(call, .success([Sample.location, Sample.dupont])))
    #expect(story.screen.contains("Incoming call · 0261914500 ─"))
  }

  @Test func theStationIsNeverCut() {
    for width in 60...120 {
      for count in 0...4 {
        var story = Story(size: Size(width: width, height: 24))
        story.ring(Sample.dupontCaller, found: [Sample.dupont])
        for (index, name) in ["launcher", "pbx", "softphone", "relay"].prefix(count).enumerated() {
          let down = SourceHealth.down(reason: "x", since: story.now, nextTry: story.now + 9_000)
          story.send(.report(.health(SourceID(name), index == 3 ? down : .up)))
        }
        let corner = story.lines[0].firstIndex(of: "┌") ?? width
        let header = story.lines[0][..<corner].joined()
        #expect(!header.contains("…") || corner < 28, "\(width) \(count) \(header)")
        #expect(corner < 30 || header.contains("1024"), "\(width) \(count) \(header)")
      }
    }
  }

  @Test func theNumberIsThereBeforeTheStoreAnswers() {
    var story = Story()
    let call = story.ring(Sample.dupontCaller)
    #expect(story.effects.lookedUp == ["+33388202122"])
    #expect(story.screen.contains("03 88 20 21 22"))
    #expect(story.screen.contains("recherche…"))
    #expect(!story.screen.contains("[c Créer]"))
    story.send(.found(call, .success([Sample.dupont])))
    for text in ["Dupont SA", "Marie Dupont, achats", "client", "67000 Strasbourg", "C00123"] {
      #expect(story.screen.contains(text), "\(text) is not on the screen")
    }
  }

  @Test func aNameFromTheTelephonyStandsInUntilTheStoreAnswers() {
    var story = Story()
    var caller = Sample.dupontCaller
    caller.name = "MARIE D"
    let call = story.ring(caller)
    #expect(story.screen.contains("MARIE D"))
    story.send(.found(call, .success([Sample.dupont])))
    #expect(!story.screen.contains("MARIE D"))
  }

  @Test func aStoreInTroubleIsSaidAndEnterAsksAgain() {
    var story = Story()
    let call = story.ring(Sample.dupontCaller)
    story.send(.found(call, .failure(DirectoryError("Cannot read the store: locked."))))
    #expect(story.screen.contains("03 88 20 21 22"))
    #expect(story.screen.contains("Cannot read the store: locked."))
    #expect(!story.screen.contains("[c Créer]"))
    story.wait(400)
    #expect(story.press(.key(.enter)).lookedUp == ["+33388202122"])
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.screen.contains("Dupont SA"))
  }

  @Test func enterBeforeTheStoreAnswersSaysSo() {
    var story = Story()
    story.ring(Sample.dupontCaller)
    story.wait(400)
    #expect(story.press(.key(.enter)).isEmpty)
    #expect(story.model.notice?.text == "recherche…")
  }

  @Test func aNameThatComesLaterDoesNotAskTwice() {
    var story = Story()
    story.ring(Sample.dupontCaller)
    var caller = Sample.dupontCaller
    caller.name = "MARIE D"
    story.report(.ring, caller)
    #expect(story.effects.lookedUp == ["+33388202122"])
  }

  @Test func aNumberThatComesLaterIsLookedUp() {
    var story = Story(policy: PopPolicy(options: PopOptions(inhibitUnknown: true)))
    let call = story.ring(Sample.withheldCaller, id: "7")
    #expect(story.model.corner.isEmpty)
    #expect(story.report(.ring, Sample.dupontCaller, id: "7").lookedUp == ["+33388202122"])
    #expect(story.model.corner == [call])
    #expect(story.journal(call)?.outcome == .ringing)
  }

  @Test func enterOAndTheButtonOpenTheRecord() {
    for open in [0, 1, 2] {
      var story = Story()
      story.ring(Sample.dupontCaller, found: [Sample.dupont])
      story.wait(400)
      switch open {
      case 0: story.press(.key(.enter))
      case 1: story.press("o")
      default: story.click("[⏎ Fiche]")
      }
      story.deliverRecord(Sample.dupontRecord)
      #expect(story.screen.contains("12 rue des Tanneurs"))
      #expect(story.screen.contains("compta@dupont.example"))
    }
  }

  @Test func theRecordOpensWhereTheConfigurationSays() {
    var story = Story(desk: Story.desk(opensCard: false))
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(400)
    let subjects: [RecordSubject] = story.press(.key(.enter)).compactMap {
      if case .open(.record(let subject)) = $0 { subject } else { nil }
    }
    #expect(subjects.map(\.party) == [Sample.dupont.party])
    #expect(subjects.map(\.number) == [Sample.dupontNumber])
    #expect(subjects.map(\.contact) == ["Marie Dupont, achats"])
    #expect(story.model.card == nil)
    story.send(.opened(failure: "firefox ended with status 1."))
    #expect(story.screen.contains("firefox ended with status 1."))
  }

  @Test func theOperatorsChoiceAmongSeveralIsRemembered() {
    var story = Story()
    let call = story.ring(Sample.garageCaller, found: Sample.several)
    for text in ["3 fiches", "▸Garage Muller", "Muller Location", "fin du numéro"] {
      #expect(story.screen.contains(text), "\(text) is not on the screen")
    }
    story.wait(400)
    story.press(.key(.down))
    let effects = story.press(.key(.enter))
    #expect(effects.contains(.keep(.remember(Sample.garageNumber, PartyReference(code: "P00201")))))
    #expect(effects.loaded == ["P00201"])
    #expect(story.journal(call)?.code == "P00201")
  }

  @Test func oneMatchIsNothingToRemember() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(400)
    let remembers = story.press(.key(.enter)).contains {
      if case .keep(.remember) = $0 { true } else { false }
    }
    #expect(!remembers)
  }

  @Test func aClickChoosesAmongSeveral() {
    var story = Story()
    story.ring(Sample.garageCaller, found: Sample.several)
    story.wait(400)
    story.click("Muller Location")
    #expect(story.press(.key(.enter)).loaded == ["P00201"])
  }

  @Test func theArrowsStayInTheList() {
    var story = Story()
    let call = story.ring(Sample.garageCaller, found: Sample.several)
    story.press(.key(.up), .key(.up))
    #expect(story.model.pops[call]?.choice == 0)
    story.press(.key(.pageDown), .key(.down))
    #expect(story.model.pops[call]?.choice == 2)
  }

  @Test func aSecondAnswerKeepsTheChoice() {
    var story = Story()
    let call = story.ring(Sample.garageCaller, found: Sample.several)
    story.press(.key(.down))
    story.send(.found(call, .success([Sample.dupont] + Sample.several)))
    #expect(story.model.pops[call]?.chosen == Sample.location)
  }

  @Test func aWithheldCallerIsSaidAndNeverLookedUp() {
    var story = Story()
    let call = story.ring(Sample.withheldCaller)
    #expect(story.screen.contains("Numéro masqué"))
    #expect(!story.screen.contains("[⏎ Fiche]"))
    story.wait(400)
    story.press(.key(.enter), "c", "a", "x", "n")
    #expect(story.effects.lookedUp.isEmpty)
    #expect(story.model.dialog == nil)
    #expect(story.screen.contains("Cet appel n'a pas de numéro."))
    #expect(story.journal(call)?.isWithheld == true)
    #expect(story.journal(call)?.number == nil)
  }

  static let numberless: [Caller.Identity] = [
    .withheld, .unreplaced(keyword: "$remote"), .text("abc"),
  ]

  @Test(arguments: numberless)
  func whatIsNoNumberIsNeverLookedUp(_ identity: Caller.Identity) {
    var story = Story()
    let call = story.ring(Caller(identity: identity, text: "abc"))
    #expect(story.effects.lookedUp.isEmpty)
    #expect(story.model.corner == [call])
    #expect(story.journal(call) != nil)
  }

  @Test func theKeywordThatWasNotReplacedIsNamed() {
    var story = Story()
    story.ring(Caller(identity: .unreplaced(keyword: "$remote")))
    #expect(story.screen.contains("$remote"))
  }

  @Test func sixCallsShowFiveAndTheRestIsInTheJournal() {
    var story = Story()
    let calls = (1...6).map { story.ring(Sample.caller($0), found: []) }
    #expect(story.model.visibleCalls == Array(calls.prefix(5)))
    #expect(story.screen.contains("+1 dans le journal"))
    #expect(calls.allSatisfy { story.journal($0) != nil })
    story.report(.end(.missed), Sample.caller(1))
    #expect(story.model.visibleCalls == Array(calls.dropFirst()))
    #expect(!story.screen.contains("+1 dans le journal"))
  }

  @Test func theDigitsAndTabMoveBetweenTheCalls() {
    var story = Story()
    let calls = (1...6).map { story.ring(Sample.caller($0), found: []) }
    for (index, key) in (["1", "2", "3", "4", "5"] as [KeyPress]).enumerated() {
      story.press(key)
      #expect(story.selectedCall == calls[index])
    }
    story.press(.key(.tab))
    #expect(story.model.selection == .journal("run-6"))
    story.press(.key(.tab))
    #expect(story.selectedCall == calls[0])
    story.press(.key(.backtab), .key(.backtab))
    #expect(story.selectedCall == calls[4])
  }

  @Test func aHiddenCallIsInTheJournalAndItsPlaceIsFree() {
    var story = Story()
    let calls = (1...6).map { story.ring(Sample.caller($0), found: []) }
    story.wait(400)
    story.press(.key(.escape))
    #expect(story.model.visibleCalls == Array(calls.dropFirst()))
    #expect(story.selectedCall == calls[1])
    story.report(.answer, Sample.caller(1))
    #expect(!story.model.corner.contains(calls[0]))
    #expect(story.journal(calls[0])?.outcome == .answered)
  }

  @Test func answeredElsewhereIsSaidForAMoment() {
    var story = Story()
    let call = story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(1_000)
    story.report(.end(.elsewhere), Sample.dupontCaller)
    #expect(story.screen.contains("Pris ailleurs"))
    #expect(story.selectedCall == nil)
    #expect(story.press(.key(.enter)).loaded.isEmpty)
    #expect(story.click("Dupont SA").isEmpty)
    story.wait(4_000)
    #expect(story.model.corner.isEmpty)
    #expect(story.screen.contains("En attente"))
    #expect(story.journal(call)?.outcome == .answeredElsewhere)
  }

  @Test func aRingingCallWithoutNewsLeavesTheCorner() {
    var story = Story()
    let call = story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(89_999)
    #expect(story.model.corner == [call])
    story.wait(1)
    #expect(story.model.corner.isEmpty)
    #expect(story.journal(call)?.outcome == .ringing)
  }

  @Test func anAnswerWithoutARingIsOffered() {
    var story = Story(policy: PopPolicy(options: PopOptions(trigger: .answer)))
    story.report(.answer, Sample.dupontCaller)
    let call = Call.ID(serial: 1)
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.model.corner == [call])
    #expect(story.effects.loaded.isEmpty)
    #expect(story.screen.contains("En ligne"))
  }

  /// R7: a name that the store could not give comes by itself once it can.
  @Test func aFailedLookIsRepeatedUntilItIsAnswered() throws {
    var story = Story()
    let call = story.ring(Sample.dupontCaller)
    story.send(.found(call, .failure(DirectoryError("Cannot read the store: locked."))))
    #expect(story.wait(4_999).isEmpty)
    #expect(story.wait(1) == [.ask(.lookUp(call, Sample.dupontNumber))])
    #expect(story.wait(5_000).isEmpty)
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.screen.contains("Dupont SA"))
    #expect(story.wait(5_000).isEmpty)
  }

  /// What to do stands at the end of a sentence: a long one is not cut.
  @Test func aLongSentenceTakesMoreThanOneLine() {
    var story = Story(size: Size(width: 60, height: 20))
    let sentence =
      "The journal in a folder with a long name cannot be written: the disk is full; free some space."
    story.send(.failed(DirectoryError(sentence)))
    #expect(story.screen.contains("free some space."))
    #expect(story.screen.contains("The journal in a folder"))
  }
}
