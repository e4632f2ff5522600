import CallSources
import CallWire
import Doctor
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
    #expect(findings.first?.verdict == .mend)
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

  @Test func whatADriverCannotKnowIsSaid() async {
    let some = await look(StandIn(health: .up))
    #expect(some[1] == Finding(.well, "Can: tell that it rings, that this line took the call."))
    #expect(some[2].verdict == .note)
    #expect(some[2].sentence.contains("that another station took it"))
    let all = await look(StandIn(abilities: Set(DriverAbility.allCases), health: .up))
    #expect(all.count == 2)
  }
}
