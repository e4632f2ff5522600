import Doctor
import OperatorConfiguration
import Telephony
import Testing

/// What doctor says of programs and of dialling.
struct ProgramCheckTests {
  @Test(arguments: [
    ("sh", true), ("/bin/sh", true), ("no-such-program", false), ("/etc/passwd", false),
    ("/bin", false), ("/nowhere/sh", false),
  ])
  func aProgramThatIsNotThereIsNamed(_ program: String, _ isThere: Bool) async {
    let named = [Settings.NamedProgram("hooks.ring", program)]
    let findings = await ProgramCheck(named, path: "/nowhere:/bin").look()
    #expect(findings.map(\.weight) == [isThere ? .well : .mend])
    #expect(findings[0].sentence.contains("hooks.ring: \(program)") == !isThere)
  }

  @Test func whoNamesNoneReadsNothingOfThem() async {
    #expect(await ProgramCheck([], path: nil).look() == [])
  }

  private struct Driver: TelephonyDriver, Dialler {
    let id: SourceID = "pbx"
    var abilities: Set<DriverAbility>

    func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {}
    func dial(_ number: DialledNumber) async throws(DialError) -> String? { nil }
  }

  @Test func aDriverThatCannotDialIsNoWay() async {
    #expect(await DialCheck("pbx", nil).look().map(\.sentence) == ["Not configured."])
    for (abilities, verdict) in [([.dialling], .well), ([.ringing], .mend)]
      as [(Set<DriverAbility>, Finding.Weight)]
    {
      let findings = await DialCheck("pbx", Driver(abilities: abilities)).look()
      #expect(findings.map(\.weight) == [verdict])
    }
  }
}
