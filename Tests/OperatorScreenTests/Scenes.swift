import Canvas
import OperatorScreen
import Telephony

/// States of the window, each reached as an operator reaches it.
enum Scene: String, CaseIterable, Sendable {
  case empty, waiting, searching, found, telephone, several, unknown, withheld, account, storeDown,
    answered,
    elsewhere
  /// Calls to numbers of the company that have names, and one while the operator is not to be disturbed.
  case called, quiet
  case fiveCalls, sevenCalls, inhibited, journalLine, story
  case record, recordWhileRinging, choose, note, create, attach, search, exceptionQuestion
  case diallable, dialChoice, dialCode
  case exceptions, addingException, options, help, confirmQuit, sourceDown, watching

  /// The window in this state, after 7 seconds of the first call.
  func story(
    size: Size = Size(width: 100, height: 26), phrases: Phrases = .french,
    corner: Desk.Corner = .topRight, face: Desk.Face = .framed
  ) -> Story {
    var desk = Story.desk(
      corner: corner, canDial: dials, mayEditMachineList: true,
      controls: self == .telephone ? [.launcher] : [])
    desk.face = face
    var story = Story(
      size: size, phrases: phrases, desk: desk,
      policy: PopPolicy(options: PopOptions(minDigits: 5), ownNumbers: Sample.ownNumbers),
      options: Sample.options)
    guard self != .empty else { return story }
    story.send(.report(.health(.launcher, .up)))
    story.send(.journal(Sample.journal))
    story.send(.exceptions(Sample.exceptions))
    play(&story)
    return story
  }

  /// Whether the window of the scene has a way to dial.
  private var dials: Bool { [.diallable, .dialChoice, .dialCode].contains(self) }

  private func play(_ story: inout Story) {
    switch self {
    case .empty, .waiting: break
    case .searching: story.ring(Sample.dupontCaller)
    case .found, .telephone, .answered, .elsewhere, .exceptionQuestion, .confirmQuit:
      story.ring(Sample.dupontCaller, found: [Sample.dupont])
    case .several: story.ring(Sample.garageCaller, found: Sample.several)
    case .unknown, .note, .create, .attach: story.ring(Sample.unknownCaller, found: [])
    case .withheld: story.ring(Sample.withheldCaller)
    case .account: story.ring(Caller(identity: .text("alice"), text: "alice", name: "Alice Roy"))
    case .watching: story.send(.rank(isFirst: false))
    case .called:
      story.send(.journal(Sample.calledJournal))
      story.ring(Sample.dupontCaller, called: "+33199004500")
      story.send(.found(Call.ID(serial: 1), .success([Sample.dupont])))
    case .quiet:
      story.press("D")
      story.ring(Sample.dupontCaller, found: [Sample.dupont])
    case .storeDown:
      let call = story.ring(Sample.dupontCaller)
      let error = DirectoryError("Cannot read third-parties.db: it is locked. Trying again helps.")
      story.send(.found(call, .failure(error)))
    case .fiveCalls: ring(5, &story)
    case .sevenCalls: ring(7, &story)
    case .inhibited: story.ring(Sample.colleague)
    case .journalLine: story.press(.key(.down), .key(.down))
    case .story:
      story.send(.journal(Sample.storyJournal))
      story.press(.key(.down), .key(.enter))
      let note = Note(at: Story.wall + -200_000, text: "Rappeler pour le devis")
      story.send(.story(key: "story-1", notes: [note], earlier: Sample.calledJournal))
    case .dialCode: story.ring(Sample.code)
    case .record, .recordWhileRinging, .diallable, .dialChoice:
      story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
      story.deliverRecord(Sample.dupontRecord)
    case .choose:
      story.press(.key(.down), "o")
      story.send(.foundForLine(key: "old-3", .success(Sample.several)))
    case .exceptions: story.press("X")
    case .addingException: story.press("X", "a", "0", "8", "*")
    case .search:
      story.press("/")
      story.type("mu")
      story.send(.searched(ticket: 2, .success([Sample.muller.party, Sample.location.party])))
    case .options: story.press(",", .key(.down))
    case .help: story.press("?")
    case .sourceDown:
      let health = SourceHealth.down(
        reason: "le relais ne répond pas", since: story.now, nextTry: story.now + 12_000)
      story.send(.report(.health("relay", health)))
    }
    story.wait(7_000)
    finish(&story)
  }

  private func finish(_ story: inout Story) {
    switch self {
    case .answered: story.report(.answer, Sample.dupontCaller)
    case .elsewhere: story.report(.end(.elsewhere), Sample.dupontCaller)
    case .recordWhileRinging:
      story.report(.answer, Sample.dupontCaller)
      story.ring(Sample.garageCaller, found: Sample.several)
    case .exceptionQuestion: story.press("x")
    case .confirmQuit: story.press("q")
    case .dialChoice, .dialCode: story.press("d")
    case .note:
      story.press("n")
      story.type("Rappeler pour le devis")
    case .create:
      story.press("c")
      story.type("Martin SARL")
    case .attach:
      story.press("a")
      story.type("mu")
      story.send(.searched(ticket: 2, .success([Sample.muller.party, Sample.location.party])))
    default: break
    }
  }

  private func ring(_ count: Int, _ story: inout Story) {
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.ring(Sample.garageCaller, found: Sample.several)
    story.ring(Sample.withheldCaller)
    for number in 0..<(count - 3) { story.ring(Sample.caller(number), found: []) }
  }
}
