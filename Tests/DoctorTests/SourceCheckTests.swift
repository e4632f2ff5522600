import CallWire
import Doctor
import Synchronization
import Telephony
import Testing

/// A driver that says one thing of itself, if anything.
private struct StandIn: TelephonyDriver {
  let id: SourceID = "phone"
  var abilities: Set<DriverAbility> = [.ringing, .answered]
  var health: SourceHealth?

  func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    if let health { report(.health(id, health)) }
    for await _ in AsyncStream<Never>.makeStream().stream {}
  }
}

/// A driver that finds this out about itself.
private struct Examined: SelfExamining, TelephonyDriver {
  let id: SourceID = "phone"
  let abilities: Set<DriverAbility> = Set(DriverAbility.allCases)
  var symptoms: [Symptom] = []
  var found: [Symptom]
  var isForOne = false
  var health: SourceHealth? = .up

  func examine() async -> [Symptom] { found }

  func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    if let health { report(.health(id, health)) }
    for await _ in AsyncStream<Never>.makeStream().stream {}
  }
}

/// A driver that finds something out only while it runs, and counts its runs.
private final class RunOnce: SelfExamining {
  let id: SourceID = "phone"
  let symptoms: [Symptom] = []
  let runs = Atomic(0)
  private let isRunning = Atomic(false)

  func examine() async -> [Symptom] {
    isRunning.load(ordering: .relaxed) ? [Symptom(.well, "Examined while running.")] : []
  }

  func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    runs.add(1, ordering: .relaxed)
    isRunning.store(true, ordering: .relaxed)
    report(.health(id, .up))
    for await _ in AsyncStream<Never>.makeStream().stream {}
    isRunning.store(false, ordering: .relaxed)
  }
}

/// What doctor says of a source.
struct SourceCheckTests {
  private func look(
    _ source: (any CallSource)?, state: [String: String]? = nil
  ) async -> [Finding] {
    await SourceCheck(
      "phone", source, configuration: "[phone] address", state: state.map { WindowState($0) },
      patience: .milliseconds(200)
    ).look()
  }

  /// A window keeps its softphone.
  @Test(arguments: [true, false])
  func whatServesOneIsNotTakenFromAWindow(hasWindow: Bool) async {
    let source = Examined(found: [Symptom(.note, "Found.")], isForOne: true)
    let findings = await look(source, state: hasWindow ? ["source.phone": "up"] : nil)
    #expect(findings.contains(Finding(.note, "Found.")) == !hasWindow)
  }

  @Test func whatIsNotConfiguredIsNoFault() async {
    #expect(
      await look(nil) == [Finding(.well, "Not configured.", advice: "To use it: [phone] address.")])
  }

  @Test(arguments: [
    (SourceHealth.up, Finding(.well, "It answers.")),
    (.off(reason: "no station"), Finding(.note, "Off: no station.")),
    (
      .down(reason: "no answer: is it running?", since: Moment(milliseconds: 0), nextTry: nil),
      Finding(.mend, "no answer: is it running?")
    ),
  ])
  func aSourceIsTried(health: SourceHealth, finding: Finding) async {
    #expect(await look(StandIn(health: health)).first == finding)
  }

  @Test func aSourceThatSaysNothingIsGivenUp() async {
    let findings = await look(StandIn(health: nil))
    #expect(findings.first?.weight == .mend)
    #expect(findings.first?.sentence.hasPrefix("It said nothing within") == true)
  }

  /// The window that has the connection is asked, so that it keeps it.
  @Test(arguments: [
    (["source.phone": "up"], Finding(.well, "The window hears it.")),
    (
      ["source.phone": "down", "reason.phone": "gone"],
      Finding(.mend, "The window does not hear it: gone.")
    ),
    (["source.phone": "off", "reason.phone": "no station"], Finding(.note, "Off: no station.")),
  ])
  func theWindowIsAsked(state: [String: String], finding: Finding) async {
    #expect(await look(StandIn(health: nil), state: state).first == finding)
  }

  @Test func aWindowWithoutTheSourceTellsNothingOfIt() async {
    let findings = await look(StandIn(health: .up), state: ["source.launcher": "up"])
    #expect(findings.first == Finding(.well, "It answers."))
  }

  /// A login is not a right: what was heard since tells.
  @Test(arguments: [
    ("7", Finding(.well, "The window hears it; 7 pieces of news of calls came.")),
    (
      "0",
      Finding(
        .note, "The window is connected to it; no news of a call has come yet.",
        advice: "Have the station called once, and look again.")
    ),
  ])
  func whatCameSinceIsSaid(count: String, finding: Finding) async {
    let state = ["source.phone": "up", "events.phone": count]
    #expect(await look(StandIn(health: nil), state: state).first == finding)
  }

  @Test(arguments: [Symptom.Weight.well, .note, .mend])
  func aDriverExaminesItself(weight: Symptom.Weight) async {
    let found = Symptom(weight, "It hears half.", advice: "Open its ears.")
    for state in [nil, ["source.phone": "up"]] {
      let findings = await look(Examined(found: [found]), state: state)
      #expect(findings[1] == found)
    }
  }

  /// A source is run once, and examines itself on that connection: a second one would take its place, or the
  /// first would be gone.
  @Test func whatIsTriedIsTriedOnOneRun() async {
    let source = RunOnce()
    let findings = await look(source)
    #expect(findings.prefix(2).map(\.sentence) == ["It answers.", "Examined while running."])
    #expect(source.runs.load(ordering: .relaxed) == 1)
  }

  /// A window that is connected and has heard nothing is the one to be tried.
  @Test func aWindowWithoutNewsIsExaminedToo() async {
    let deaf = Symptom(.mend, "The user hears of no call at all.")
    let findings = await look(
      Examined(found: [deaf]), state: ["source.phone": "up", "events.phone": "0"])
    #expect(findings.map(\.weight).prefix(2) == [.note, .mend])
    #expect(findings[1].sentence == deaf.sentence)
  }

  /// What keeps a source from being heard in time is more than that it said nothing.
  @Test func aSourceThatSaysNothingTellsWhatItNoticed() async {
    let noticed = Symptom(.mend, "Accepted, and never told.", advice: "Look for a firewall.")
    let silent = Examined(symptoms: [noticed], found: [], health: nil)
    let findings = await look(silent)
    #expect(findings.first?.sentence.hasPrefix("It said nothing within") == true)
    #expect(findings[1] == Finding(.mend, noticed.sentence, advice: noticed.advice))
  }

  /// One that cannot be reached is not asked what it hears.
  @Test func aDriverThatIsDownIsNotExamined() async {
    let state = ["source.phone": "down", "reason.phone": "gone"]
    let findings = await look(Examined(found: [Symptom(.mend, "Deaf.")]), state: state)
    #expect(
      findings.map(\.sentence) == ["The window does not hear it: gone.", findings[1].sentence])
  }

  /// What the window noticed in hours counts for more than the doctor's trial.
  @Test func whatTheWindowNoticedIsSaid() async {
    let state = [
      "source.phone": "up", "events.phone": "3", "mend.phone.1": "Ends are hidden.",
      "advice.phone.1": "Look at the filter.", "note.phone.2": "It may not list.",
      "mend.other.1": "Not mine.",
    ]
    let trial = Symptom(.well, "A trial call, which rings nobody, was heard.")
    let findings = await look(Examined(found: [trial]), state: state)
    #expect(
      findings.dropFirst().prefix(2) == [
        Finding(.mend, "Ends are hidden.", advice: "Look at the filter."),
        Finding(.note, "It may not list."),
      ])
  }

  @Test func whatADriverCannotKnowIsSaid() async {
    let some = await look(StandIn(health: .up))
    #expect(some[1] == Finding(.well, "Can: tell that it rings, that this line took the call."))
    #expect(some[2].weight == .note)
    #expect(some[2].sentence.contains("that another station took it"))
    let all = await look(StandIn(abilities: Set(DriverAbility.allCases), health: .up))
    #expect(all.count == 2)
  }
}
