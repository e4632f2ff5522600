import Canvas
import OperatorScreen
import Telephony
import TestSupport
import Testing

/// Long random stories, each the same at every run: what must hold whatever happens.
struct AnythingTests {
  @Test(arguments: 1...16)
  func theRulesHoldWhateverHappens(_ seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    var story = Scene.allCases[Int(seed) % Scene.allCases.count].story()
    for _ in 0..<250 { Self.step(&story, &random) }
  }

  private static func step(_ story: inout Story, _ random: inout SeededNumbers) {
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: news(&story, &random)
    case 2: answer(&story, &random)
    case 3: pass(&story, &random)
    case 4:
      let size = RobustnessTests.sizes.randomElement(using: &random) ?? (80, 24)
      story.resize(size.0, size.1)
    case 5:
      let point = Point(
        x: Int.random(in: -1...110, using: &random), y: Int.random(in: -1...30, using: &random))
      story.send(.input(.click(point)))
    default: press(&story, &random)
    }
    check(story)
  }

  /// A source tells something: the operator keeps the keyboard (R6).
  private static func news(_ story: inout Story, _ random: inout SeededNumbers) {
    let kinds: [CallEvent.Kind] =
      [.ring, .ring, .request, .answer, .other(word: "hm"), .vanish]
      + EndReason.allCases.map { .end($0) }
    let caller = [
      Sample.dupontCaller, Sample.garageCaller, Sample.withheldCaller, Sample.colleague,
      Sample.caller(Int.random(in: 0..<20, using: &random)),
    ].randomElement(using: &random)
    let before = story.model
    story.report(
      kinds.randomElement(using: &random) ?? .ring, caller ?? Sample.withheldCaller,
      id: String(Int.random(in: 0..<30, using: &random)),
      direction: [nil, nil, .incoming, .outgoing].randomElement(using: &random) ?? nil,
      popup: Bool.random(using: &random),
      age: [0, 0, 3_000, 70_000].randomElement(using: &random) ?? 0)
    #expect(story.model.dialog == before.dialog)
    if story.model.dialog != nil { #expect(story.model.card == before.card) }
    switch before.selection {
    case .call(let id, _) where story.model.visibleCalls.contains(id):
      if story.model.pops[id]?.farewell == nil {
        #expect(story.model.selection == before.selection)
      }
    case .journal: #expect(story.model.selection == before.selection)
    default: break
    }
  }

  /// The store answers some question, asked long ago or never.
  private static func answer(_ story: inout Story, _ random: inout SeededNumbers) {
    let asked = story.model.pops.filter { $0.value.lookup == .running }.keys.sorted()
    let any = Call.ID(serial: Int.random(in: 1...40, using: &random))
    let call = Bool.random(using: &random) ? any : asked.randomElement(using: &random) ?? any
    let ticket = Int.random(in: 1...20, using: &random)
    let lists: [[Match]] = [
      [], [Sample.dupont], [Sample.muller], Sample.several, [Sample.schmitt],
    ]
    let matches = lists.randomElement(using: &random) ?? []
    let error = DirectoryError("The store is locked.")
    let answers: [Message] = [
      .found(call, .failure(error)),
      .foundForLine(key: "run-\(call.serial)", .success(matches)),
      .foundForLine(key: "old-2", .failure(error)),
      .record(ticket: ticket, .success(Sample.dupontRecord)),
      .record(ticket: ticket, .failure(error)),
      .searched(ticket: ticket, .success(matches.map(\.party))),
      .journalRefused(error), .failed(error), .noteSaved(nil, number: nil, failure: error),
      .done(.optionSaved),
      .trouble(.store, sentence: error.sentence), .noPattern("x"), .exceptions(Sample.exceptions),
      .exceptions([]), .options(PopOptions(trigger: .ring, inhibitBusy: true), Sample.options),
      .options(PopOptions(), []), .journal(Sample.journal),
    ]
    let before = story.model
    let isFound = Int.random(in: 0..<3, using: &random) > 0
    let found = Message.found(call, .success(matches))
    story.send(isFound ? found : answers.randomElement(using: &random) ?? found)
    if before.dialog != nil {
      // No record comes up under the operator's hands.
      #expect(story.model.dialog != nil)
      #expect(story.model.card == nil || story.model.card?.place == before.card?.place)
    }
    if let entry = story.model.unsaved.values.min(by: { $0.key < $1.key }),
      Bool.random(using: &random)
    {
      story.send(.journalSaved(entry))
    }
  }

  private static func pass(_ story: inout Story, _ random: inout SeededNumbers) {
    story.wait([1, 399, 400, 5_000, 91_000].randomElement(using: &random) ?? 1)
    // A moment that has passed would wake the window without end.
    if let wake = story.model.nextWake { #expect(wake > story.now) }
  }

  private static func press(_ story: inout Story, _ random: inout SeededNumbers) {
    let keys = Keymap.bindings.flatMap(\.keys) + [.key(.backspace), .key(.home), "é", "中"]
    let effects = story.press(keys.randomElement(using: &random) ?? .key(.escape))
    for case .keep(.attach(_, let subject)) in effects { story.send(.joined(subject, joined)) }
    for case .keep(.create(_, let subject)) in effects { story.send(.joined(subject, joined)) }
  }

  private static let joined: Result<ThirdPartySummary, DirectoryError> = .success(
    Sample.location.party)

  private static func check(_ story: Story) {
    let model = story.model
    #expect(model.visibleCalls.count <= Model.cornerLimit)
    #expect(Set(model.corner).count == model.corner.count)
    #expect(model.corner == model.corner.sorted())
    // Nothing in the corner or in the store's question is without its line (R11).
    #expect(model.pops.keys.allSatisfy { story.journal($0) != nil })
    #expect(Set(model.journal.map(\.key)).count == model.journal.count)
    #expect(Array(model.journal) == model.journal.sorted { $0.at > $1.at })
    #expect(
      model.journal.indices.allSatisfy { model.journal.index(of: model.journal[$0].key) == $0 })
    switch model.selection {
    case .call(let id, let since):
      #expect(model.visibleCalls.contains(id))
      #expect(since <= story.now)
    case .journal(let key): #expect(model.journal.contains { $0.key == key })
    case .nothing: break
    }
    // An outgoing call is never in the corner (R1).
    #expect(model.corner.allSatisfy { model.calls[$0]?.isOutgoing != true })
    let frame = render(model)
    if let cursor = frame.cursor { #expect(frame.bounds.contains(cursor)) }
  }
}
