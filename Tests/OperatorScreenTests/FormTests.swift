import Canvas
import OperatorScreen
import Telephony
import Testing

/// Creating, attaching, notes, quitting (R10, R12).
struct FormTests {
  private static let party = ThirdPartySummary(
    code: "N1", id: 9, kind: .prospect, name: "Martin SARL", city: "Lyon")

  /// A window in which an unknown caller rings and this key was pressed.
  private static func story(_ key: KeyPress) -> (Story, Call.ID) {
    var story = Story()
    let call = story.ring(Sample.unknownCaller, found: [])
    story.press(key)
    return (story, call)
  }

  @Test func anUnknownCallerIsOfferedCreateAndAttach() {
    var story = Story()
    story.ring(Sample.unknownCaller, found: [])
    for text in ["06 39 98 12 34", "inconnu", "[c Créer]", "[a Rattacher]"] {
      #expect(story.screen.contains(text), "\(text) is not on the screen")
    }
  }

  @Test func aThirdPartyIsCreatedFromTheForm() throws {
    var (story, call) = Self.story("c")
    story.type("  Martin SARL ")
    story.press(.key(.tab), .key(.right), .key(.tab))
    story.type("Anne")
    story.press(.key(.down))
    story.type("Lyon")
    let subject = try #require(story.formSubject)
    let draft = story.press(.key(.enter)).drafts.first
    #expect(draft?.name == "Martin SARL")
    #expect(draft?.kind == .prospect)
    #expect(draft?.contact == "Anne")
    #expect(draft?.city == "Lyon")
    // Enter twice creates one third party.
    #expect(story.press(.key(.enter)).isEmpty)
    let effects = story.send(.joined(subject, .success(Self.party)))
    #expect(story.model.dialog == nil)
    #expect(story.journal(call)?.name == "Martin SARL")
    #expect(effects.lookedUp == ["+33639981234"])
    #expect(story.screen.contains("Tiers créé : Martin SARL"))
  }

  @Test func theNameThatTheTelephonyToldIsProposed() {
    for (name, proposed) in [("Martin\u{1B} SARL", "Martin SARL"), ("0639981234", nil)] {
      var story = Story()
      var caller = Sample.unknownCaller
      caller.name = name
      story.ring(caller, found: [])
      #expect(story.screen.contains("inconnu"))
      #expect(story.press("c", .key(.enter)).drafts.first?.name == proposed)
    }
  }

  @Test func theKindGoesRound() {
    var (story, _) = Self.story("c")
    story.type("A")
    story.press(.key(.tab), .key(.left))
    #expect(story.press(.key(.enter)).drafts.first?.kind == .contact)
  }

  @Test func aThirdPartyNeedsAName() {
    var (story, _) = Self.story("c")
    story.type("   ")
    #expect(story.press(.key(.enter)).isEmpty)
    #expect(story.screen.contains("Il faut un nom."))
    #expect(story.model.dialog != nil)
  }

  @Test func aFormThatTheStoreRefusedCanBeSentAgain() throws {
    var (story, _) = Self.story("c")
    story.type("Martin")
    story.press(.key(.enter))
    // Something else that failed does not allow a second one.
    story.send(.failed(DirectoryError("The list is closed.")))
    #expect(story.press(.key(.enter)).isEmpty)
    let subject = try #require(story.formSubject)
    story.send(.joined(subject, .failure(DirectoryError("The store is locked."))))
    #expect(story.screen.contains("The store is locked."))
    #expect(story.press(.key(.enter)).drafts.map(\.name) == ["Martin"])
  }

  @Test func anAnswerThatComesLateClosesNoOtherForm() throws {
    var (story, call) = Self.story("c")
    story.type("Martin")
    let subject = try #require(story.formSubject)
    story.press(.key(.enter), .key(.escape), "n")
    story.type("rappeler")
    story.send(.joined(subject, .success(Self.party)))
    #expect(story.noteText == "rappeler")
    #expect(story.journal(call)?.name == "Martin SARL")
  }

  @Test func aNumberIsAttachedToWhatASearchFinds() throws {
    var (story, call) = Self.story("a")
    #expect(story.type("mu") == [.ask(.search("m", ticket: 1)), .ask(.search("mu", ticket: 2))])
    story.send(.searched(ticket: 2, .success([Sample.muller.party, Sample.location.party])))
    #expect(story.screen.contains("Muller Location"))
    // The answer to a question that was typed over.
    story.send(.searched(ticket: 1, .success([Sample.dupont.party])))
    #expect(!story.screen.contains("Dupont SA"))
    story.press(.key(.down), .key(.down))
    let subject = try #require(story.formSubject)
    let attaches = story.press(.key(.enter)).contains {
      if case .keep(.attach(PartyReference(code: "P00201"), let attached)) = $0 {
        attached.number == subject.number
      } else {
        false
      }
    }
    #expect(attaches)
    story.send(.joined(subject, .success(Sample.location.party)))
    #expect(story.model.dialog == nil)
    #expect(story.journal(call)?.code == "P00201")
  }

  /// Nor of the blanks behind a name.
  @Test(arguments: 24...80)
  func noColumnIsTheSignOfACutAlone(_ width: Int) {
    var story = Story(size: Size(width: width, height: 12))
    story.press("/")
    story.type("mu")
    story.send(.searched(ticket: 2, .success([Sample.muller.party, Sample.location.party])))
    #expect(story.screen.contains("Garage"))
    #expect(!story.screen.contains(" …"))
  }

  @Test func aWholeRangeIsAttached() throws {
    var (story, _) = Self.story("a")
    func title() -> String {
      story.screen.split(separator: "\n").first { $0.contains("Rattacher 0") }.map(String.init)
        ?? ""
    }
    #expect(story.screen.contains("* toute la plage"))
    for text in [
      "06 39 98 12 3*", "06 39 98 12*", "06 39 98 1*", "06 39 98*", "06 39 9*", "06 39 98 12 34 ",
    ] {
      story.type("*")
      #expect(title().contains("Rattacher " + text), "\(text): \(title())")
    }
    story.type("**mu")
    story.send(.searched(ticket: 2, .success([Sample.location.party])))
    let orders = story.press(.key(.enter))
    #expect(
      orders.contains {
        if case .keep(.attachRange(_, "+336399812", _)) = $0 { true } else { false }
      }, "\(orders)")
  }

  @Test func aSearchWithoutAResultAttachesNothing() {
    var (story, _) = Self.story("a")
    story.type("zz")
    story.send(.searched(ticket: 2, .success([])))
    #expect(story.screen.contains("Rien ne correspond."))
    #expect(story.press(.key(.enter)).isEmpty)
    #expect(story.press(.key(.control("u"))).isEmpty)
  }

  @Test func aSearchOpensTheRecordThatIsChosen() {
    var story = Story()
    #expect(story.press("/").isEmpty)
    #expect(story.type("mu") == [.ask(.search("m", ticket: 1)), .ask(.search("mu", ticket: 2))])
    story.send(.searched(ticket: 2, .success([Sample.muller.party, Sample.location.party])))
    // A call comes in meanwhile: the field keeps the keyboard.
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.press(.key(.down))
    #expect(
      story.press(.key(.enter)) == [.ask(.loadRecord(PartyReference(code: "P00201"), ticket: 3))])
    #expect(story.model.dialog == nil)
    story.send(.record(ticket: 3, .success(Sample.mullerRecord)))
    #expect(story.screen.contains("3 rue du Port"))
    story.press(.key(.escape))
    #expect(story.model.card == nil)
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 44, height: 10)])
  func theSelectedResultStaysOnTheScreen(_ size: Size) {
    var story = Story(size: size)
    let parties = (0..<50).map {
      ThirdPartySummary(code: "T\($0)", id: Int64($0), kind: .other, name: "Tiers numéro \($0)")
    }
    story.press("/", "t")
    story.send(.searched(ticket: 1, .success(parties)))
    for _ in 0..<30 { story.press(.key(.down)) }
    #expect(story.screen.contains("▸Tiers numéro 30"))
    #expect(story.screen.contains("Nom, ville ou code : t"))
    story.press(.key(.pageDown), .key(.pageUp), .key(.pageUp))
    #expect(story.screen.contains("▸Tiers numéro 20"))
    #expect(
      story.press(.key(.enter)) == [.ask(.loadRecord(PartyReference(code: "T20"), ticket: 2))])
  }

  @Test func aSearchWithAnERPOpensTheRecordThere() {
    var story = Story(desk: Story.desk(opensCard: false))
    story.press("/")
    story.type("m")
    story.send(.searched(ticket: 1, .success([Sample.muller.party])))
    let opened = story.press(.key(.enter)).compactMap { effect in
      if case .open(.record(let subject)) = effect { subject } else { nil }
    }
    #expect(opened.map(\.party) == [Sample.muller.party])
    #expect(opened.allSatisfy { $0.number == nil })
  }

  @Test func everyLiveCallWithTheNumberLearnsItsName() throws {
    var (story, _) = Self.story("a")
    story.report(.ring, Sample.unknownCaller, id: "another")
    let subject = try #require(story.formSubject)
    let effects = story.send(.joined(subject, .success(Self.party)))
    #expect(effects.lookedUp == ["+33639981234", "+33639981234"])
  }

  @Test func aFieldIsEditedWithTheUsualKeys() {
    var (story, _) = Self.story("n")
    story.type("bcd")
    story.press(.key(.home), "a", .key(.end), "f", .key(.left), "e")
    #expect(story.noteText == "abcdef")
    story.press(.key(.backspace), .key(.delete))
    #expect(story.noteText == "abcd")
    story.press(.key(.control("a")), .key(.delete), .key(.control("e")), .key(.right), "e")
    #expect(story.noteText == "bcde")
    story.press(.key(.control("u")), .key(.backspace), .key(.delete))
    #expect(story.noteText == "")
  }

  @Test func whatIsPastedIsOneLineOfPlainText() {
    var (story, _) = Self.story("n")
    story.send(.input(.paste("un\ndeux\ttrois\u{1B}[31m\u{202E}\u{0}")))
    #expect(story.noteText == "un deux trois[31m")
    story.send(.input(.paste(String(repeating: "é", count: 10_000))))
    #expect(story.noteText?.count == 500)
  }

  @Test func theCardCountsItsOwnAnswersOnly() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.ring(Sample.garageCaller, found: [Sample.muller])
    story.wait(400)
    story.press(.key(.enter), "2")
    story.wait(400)
    story.press(.key(.enter))
    story.send(.record(ticket: 1, .success(Sample.dupontRecord)))
    #expect(story.model.card?.record == nil)
    story.send(.record(ticket: 2, .success(Sample.mullerRecord)))
    #expect(story.screen.contains("3 rue du Port"))
    story.press(.key(.escape))
    story.send(.record(ticket: 2, .success(Sample.mullerRecord)))
    #expect(story.model.card == nil)
  }

  @Test func aRecordThatCannotBeReadIsSaid() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.send(.record(ticket: 1, .failure(DirectoryError("The store is locked."))))
    #expect(story.model.card == nil)
    #expect(story.screen.contains("The store is locked."))
  }

  @Test func whatFailsIsSaidInTheOperatorsWordsFirst() {
    var story = Story()
    let troubles: [(Message, String)] = [
      (.failed(DirectoryError("x")), "Opération impossible : x"),
      (.trouble(.store, sentence: "x"), "Données indisponibles : x"),
      (.trouble(.configuration, sentence: "x"), "Configuration : x"),
      (.opened(failure: "x"), "La fiche n'a pas pu être ouverte : x"),
      (.journalRefused(DirectoryError("x")), "Le journal n'est pas encore enregistré : x"),
      (.noPattern("abc"), "« abc » n'est ni un numéro ni un modèle"),
    ]
    for (message, text) in troubles {
      story.send(message)
      #expect(story.screen.contains(text))
    }
  }

  @Test func quittingAsksOnlyWhileACallRings() {
    var story = Story()
    #expect(story.press("q") == [.quit])
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    #expect(story.press("q").isEmpty)
    #expect(story.screen.contains("Quitter quand même"))
    #expect(story.press(.key(.escape)).isEmpty)
    #expect(story.model.dialog == nil)
    #expect(story.press("q", "q") == [.quit])
    story.report(.answer, Sample.dupontCaller)
    #expect(story.press("q") == [.quit])
  }

  @Test func aTerminalThatGoesEndsTheWindowWhateverIsOpen() {
    var (story, _) = Self.story("c")
    #expect(story.send(.input(.hangup)) == [.quit])
  }
}

extension Story {
  /// The number that the open form is about.
  fileprivate var formSubject: Subject? {
    switch model.dialog {
    case .create(let form): form.subject
    case .search(let form): form.subject
    default: nil
    }
  }
}

extension [Effect] {
  fileprivate var drafts: [PartyDraft] {
    compactMap { if case .keep(.create(let draft, _)) = $0 { draft } else { nil } }
  }
}
