import Asterisk
import Baresip
import Canvas
import DesktopSetup
import OperatorConfiguration
import OperatorScreen
import PhoneNumbers
import RecordOpener
import SIP
import Telephony
import Testing

/// What the README says in tables is what the code has: nothing less, nothing more.
struct ReadmeTests {
  /// The help screen is made from the key table, so its words are the README's.
  @Test func theKeysAreThoseOfTheHelpScreen() {
    let shown = Self.helpRows()
    #expect(shown.count == Keymap.bindings.count)
    let told = Readme.table("Keys").map { row in
      [row[0], Readme.code(row[1]).joined(separator: " "), row[2]]
    }
    expectSame(told, shown)
  }

  @Test func theOptionsAreThoseOfTheConfiguration() {
    let told = Readme.table("Configuration")
    let known = OperatorConfiguration.Key.allCases.map {
      ["`\($0.rawValue)`", "`\($0.defaultText)`", $0.summary]
    }
    expectSame(told, known)
  }

  @Test func thePlaceholdersAreThoseOfTheOpener() {
    let told = Readme.table("Opening records").flatMap { Readme.code($0[0]) }
    expectSame(told, Placeholder.allCases.map(\.description))
  }

  @Test func theWaysInAreThoseThatSetupPrints() {
    let printed = WaysIn(
      launcher: "/usr/local/bin/clicktocall", protocols: [.ctidivalto], station: "1024", ident: "",
      relay: nil, needsToken: false, socket: "$XDG_RUNTIME_DIR/screenpop/window-1024.sock")
    let told = Readme.table("Ways in").map { [$0[0]] + Readme.code($0[1]) }
    expectSame(told, printed.ways.map { [$0.name] + $0.examples })
  }

  @Test func theDriversCanWhatIsTold() throws {
    let plan = NumberPlan()
    let now: @Sendable () -> Moment = { Moment(milliseconds: 0) }
    let manager = AsteriskManager(
      address: "192.0.2.1", port: 5038, user: "", secret: "", context: "from-internal")
    let drivers: [any TelephonyDriver] = [
      BaresipDriver(address: "127.0.0.1", port: 4444, plan: plan, now: now),
      AsteriskSource(manager, station: "1024", plan: plan, now: now),
      SIPDialogSource(
        account: try SIPAccount(server: "192.0.2.1", watch: "1024"), station: "1024", plan: plan,
        now: now),
    ]
    let does: [DriverAbility] = [.dialling, .answering, .hangingUp]
    let known = drivers.map { driver in
      let able = DriverAbility.allCases.filter(driver.abilities.contains)
      return [driver.id.name]
        + [able.filter { !does.contains($0) }, able.filter(does.contains)].map {
          $0.map(\.rawValue).joined(separator: ", ")
        }
    }
    let told = Readme.table("Telephony drivers").map {
      [Readme.code($0[0])[0], $0[1], $0[2]]
    }
    expectSame(told, known)
  }

  @Test func theModulesAreThoseOfThePackage() throws {
    let rows = Readme.table("Modules")
    expectSame(rows.flatMap { Readme.code($0[0]) }.sorted(), Manifest.modules.sorted())
    for row in rows {
      let name = try #require(Readme.code(row[0]).first)
      let target = try #require(Manifest.targets[name])
      let told = Set(Readme.code(row[2]))
      #expect(
        told.symmetricDifference(target.dependencies).isEmpty, "what \(name) depends on")
    }
  }

  /// The rows of the English help: heading, keys, what they do.
  private static func helpRows() -> [[String]] {
    var model = Model(
      size: Size(width: 80, height: 200), now: Moment(milliseconds: 0),
      wall: WallTime(milliseconds: 0, offset: 0), phrases: .english, desk: Desk(isDemo: true))
    _ = update(&model, .input(.character("?")))
    var heading = ""
    var rows: [[String]] = []
    for line in render(model).golden.split(separator: "\n").prefix(while: { $0 != "--" })
    where line.hasPrefix("│ ") {
      // Up to the border: the corner may stand at the right.
      let text = line.dropFirst(2).prefix { $0 != "│" }
      if text.hasPrefix("  "), text.contains(where: { $0 != " " }) {
        // Two blanks, 14 columns for the keys, and the rest for what they do.
        let columns = [text.dropFirst(2).prefix(14), text.dropFirst(16)]
        rows.append([heading] + columns.map(trimmed))
      } else if !text.hasPrefix(" ") {
        heading = trimmed(text)
      }
    }
    return rows
  }
}

/// Without the blanks at both ends.
private func trimmed(_ text: Substring) -> String {
  String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
}

/// Expects two lists to be equal, and names what is on one side only.
func expectSame<Row: Hashable>(
  _ told: [Row], _ known: [Row], sourceLocation: SourceLocation = #_sourceLocation
) {
  let missing = known.filter { !told.contains($0) }
  let invented = told.filter { !known.contains($0) }
  #expect(missing.isEmpty, "not in the README", sourceLocation: sourceLocation)
  #expect(invented.isEmpty, "in the README only", sourceLocation: sourceLocation)
  #expect(told.count == known.count, sourceLocation: sourceLocation)
}
