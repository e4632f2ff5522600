import Doctor
import OperatorConfiguration
import Synchronization
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

  private final class Driver: TelephonyDriver, Dialler {
    let id: SourceID = "pbx"
    let mayDial = Atomic(true)
    var abilities: Set<DriverAbility> {
      mayDial.load(ordering: .relaxed) ? [.ringing, .dialling] : [.ringing]
    }

    func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {}
    func dial(_ number: DialledNumber) async throws(DialError) -> String? { nil }
  }

  @Test func aDriverThatCannotDialIsNoWay() async {
    #expect(await DialCheck("pbx", nil).look().map(\.sentence) == ["Not configured."])
    let driver = Driver()
    let check = DialCheck("pbx", driver)
    #expect(await check.look().map(\.weight) == [.well])
    // The trial before finds that the user lacks the right.
    driver.mayDial.store(false, ordering: .relaxed)
    #expect(await check.look().map(\.weight) == [.mend])
  }
}
