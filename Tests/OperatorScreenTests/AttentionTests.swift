import Canvas
import OperatorScreen
import Telephony
import Testing

/// What the operator, who may not look at the window, is told (R58).
struct AttentionTests {
  private func story(
    _ policy: PopPolicy = PopPolicy(), tellsNumbers: Bool = false
  ) -> Story {
    var desk = Story.desk()
    (desk.announces, desk.tellsNumbers) = (true, tellsNumbers)
    return Story(phrases: .english, desk: desk, policy: policy)
  }

  @Test func aCallIsAnnouncedOnceWithItsName() {
    var story = story()
    let call = story.ring(Sample.dupontCaller)
    #expect(story.effects.announced.isEmpty)
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.effects.announced == ["new Dupont SA, Marie Dupont, achats"])
    story.report(.ring, Sample.dupontCaller)
    story.wait(3_000)
    #expect(story.effects.announced.count == 1)
  }

  @Test func aStoreThatIsSlowHoldsNothingBack() {
    var story = story()
    let call = story.ring(Sample.dupontCaller)
    story.wait(600)
    story.send(.found(call, .success([Sample.dupont])))
    #expect(
      story.effects.announced == [
        "new looking up… · ** ** ** 21 22", "more Dupont SA, Marie Dupont, achats",
      ])
  }

  static let ends: [CallEvent.Kind] = [
    .answer, .end(.normal), .end(.missed), .end(.elsewhere), .end(.rejected),
  ]

  @Test(arguments: ends)
  func whateverEndsTheRingingSettlesIt(_ kind: CallEvent.Kind) {
    var story = story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.report(kind, Sample.dupontCaller)
    #expect(story.effects.announced.last == "settled")
    #expect(story.effects.announced.count == 2)
  }

  @Test func silenceAndTheOperatorSettleItToo() {
    var story = story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(91_000)
    #expect(story.effects.announced.last == "settled")
    story.ring(Sample.garageCaller, found: [Sample.muller])
    story.wait(400)
    story.press(.key(.escape))
    #expect(story.effects.announced.suffix(2) == ["new Garage Muller", "settled"])
    // The telephony asks for it once more.
    story.report(.request, Sample.garageCaller)
    #expect(story.effects.announced.last == "new Garage Muller")
  }

  static let quiet: [PopPolicy] = [
    PopPolicy(exceptions: [ExceptionNumber(pattern: "+33*", list: .own)]),
    PopPolicy(options: PopOptions(minDigits: 11)),
    PopPolicy(options: PopOptions(inhibitUnknown: true)),
  ]

  @Test(arguments: quiet)
  func whatIsKeptQuietIsNotAnnounced(_ policy: PopPolicy) {
    var story = story(policy)
    let call = story.ring(Sample.unknownCaller)
    story.wait(2_000)
    story.send(.found(call, .success([])))
    story.wait(2_000)
    #expect(story.effects.announced.isEmpty)
    #expect(story.journal(call)?.outcome == .inhibited)
  }

  @Test func theStationsOwnCallIsNotAnnounced() {
    var story = story()
    story.report(.ring, Sample.dupontCaller, direction: .outgoing)
    story.report(.answer, Sample.garageCaller)
    story.wait(2_000)
    #expect(story.effects.announced.isEmpty)
  }

  @Test func aNameThatIsNotSureSaysSo() {
    var story = story()
    story.ring(Sample.dupontCaller, found: [Sample.schmitt])
    story.ring(Sample.garageCaller, found: Sample.several)
    #expect(
      story.effects.announced == [
        "new Transports Schmitt · end of number", "new Garage Muller · 3 records",
      ])
  }

  @Test func numbersAreToldOnlyWhereTheyMayBe() {
    for (tells, told) in [
      (false, "new unknown · ** ** ** 12 34"), (true, "new unknown · 06 39 98 12 34"),
    ] {
      var story = story(tellsNumbers: tells)
      story.ring(Sample.unknownCaller, found: [])
      #expect(story.effects.announced == [told])
    }
  }

  @Test(arguments: [
    ("+33 6 39 98 12 34", "+** * ** ** 12 34"), ("Garage 24", "Garage 24"),
    ("0639981234", "******1234"), ("06.39.98/12-34 bis 7", "**.**.**/12-34 bis 7"),
    ("٠٦٣٩٩٨١٢٣٤", "******١٢٣٤"), ("alice", "alice"),
  ])
  func aNumberInPlaceOfANameIsHiddenToo(_ name: String, _ told: String) {
    var story = story()
    var caller = Sample.unknownCaller
    caller.name = name
    let call = story.ring(caller)
    story.send(.found(call, .success([])))
    #expect(
      story.effects.announced == ["new \(told) · by the telephone system · ** ** ** 12 34"])
  }

  @Test func aWithheldNumberIsSaidSo() {
    var story = story(tellsNumbers: true)
    story.ring(Sample.withheldCaller)
    #expect(story.effects.announced == ["new Withheld number"])
  }
}

extension [Effect] {
  /// What was announced, and settled.
  var announced: [String] {
    compactMap {
      switch $0 {
      case .attend(.announce(let call, let isNew)): (isNew ? "new " : "more ") + call.text
      case .attend(.settle): "settled"
      default: nil
      }
    }
  }
}
