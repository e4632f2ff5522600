import Asterisk
import Baresip
import CSTA
import Canvas
import DesktopSetup
import Foundation
import FreeSwitch
import FritzBox
import Mobile
import OperatorConfiguration
import OperatorScreen
import PhoneNumbers
import RecordOpener
import SIP
import Telephony
import TestSupport
import Testing

/// What the manual says in lists is what the code has: nothing less, nothing more.
struct ManualTests {
  @Test(arguments: ManualPage.all)
  func noPageHasAMistake(page: ManualPage) async throws {
    // It knows the first heading by its English name only.
    let text = page.text.replacing("\n.Sh NOM\n", with: "\n.Sh NAME\n")
    let lint = try await run("/usr/bin/mandoc", ["-T", "lint"], input: text)
    // Pages refer to each other, and none of them is installed here.
    let found = lint.output.split(separator: "\n").filter { !$0.contains("referenced manual") }
    #expect(found.isEmpty)
  }

  @Test func everyPageIsThereInBothLanguages() {
    let names = ManualPage.all.map(\.name)
    let french = names.filter { $0.hasPrefix("fr/") }.map { String($0.dropFirst(3)) }
    expectSame(french, names.filter { !$0.hasPrefix("fr/") })
    #expect(french.count == 6)
  }

  /// What is typed is the same in every language: the tags of the lists in their order, and the examples. Keys have
  /// other names: they are those of the help screen.
  @Test(arguments: ManualPage.all.filter { $0.original != nil })
  func aTranslationHasTheSameEntries(page: ManualPage) throws {
    let original = try #require(page.original)
    let (told, known) = (Self.typed(page, "TOUCHES"), Self.typed(original, "KEYS"))
    #expect(told.count == known.count)
    for (told, known) in zip(told, known) { #expect(told == known) }
  }

  /// The help screen is made from the key table, so its words are the manual's.
  @Test(arguments: [("", "KEYS"), ("fr/", "TOUCHES")])
  func theKeysAreThoseOfTheHelpScreen(language: String, heading: String) {
    let shown = Self.helpRows(language.isEmpty ? .english : .french)
    #expect(shown.count == Keymap.bindings.count)
    let page = ManualPage.named("screenpop.1", language: language)
    let told = page.sections(after: heading).flatMap { section in
      section.items.map { [section.heading, ($0.words + [$0.text]).joined(separator: " ")] }
    }
    expectSame(told, shown)
  }

  @Test func theOptionsAreThoseOfTheConfiguration() {
    let told = ManualPage.named("screenpop.toml.5").items("OPTIONS").map {
      [$0.words.joined(), $0.values.joined(), $0.text]
    }
    let known = OperatorConfiguration.Key.allCases.map {
      [$0.rawValue, $0.defaultText, $0.summary]
    }
    expectSame(told, known)
  }

  @Test func thePlaceholdersAreThoseOfTheOpener() {
    let page = ManualPage.named("screenpop.toml.5")
    let told = page.items("OPENING RECORDS").flatMap(\.words)
    let known = Placeholder.allCases.filter(Placeholder.ofRecords.contains)
    expectSame(told, known.map(\.description))
    let others = Placeholder.allCases.filter { !known.contains($0) }
    expectSame(page.items("HOOKS").flatMap(\.words), others.map(\.description))
  }

  @Test func theWaysInAreThoseThatSetupPrints() {
    let printed = WaysIn(
      launcher: "/usr/local/bin/clicktocall", protocols: [.ctidivalto], station: "1024", ident: "",
      relay: nil, needsToken: false, socket: "$XDG_RUNTIME_DIR/screenpop/window-1024.sock")
    let told = Self.telephony.items("WAYS IN").map { [$0.title] + $0.quoted }
    expectSame(told, printed.ways.map { [$0.name] + $0.examples })
  }

  /// The maps of webhooks that come along, and the keys in them.
  @Test func theMapsAreThoseOfTheRelaysPage() {
    let page = ManualPage.named("ctirelay.8")
    let maps = Project.files.filter { $0.path.hasPrefix("Resources/maps/") }
    expectSame(
      page.items("WEBHOOKS").flatMap(\.words),
      maps.map { String($0.path.split(separator: "/").last?.dropLast(".toml".count) ?? "") })
    let items = page.items("MAPS")
    let keys = items.flatMap(\.words)
    let fields = items.first { $0.words == ["fields"] }?.quoted ?? []
    for map in maps {
      var table = ""
      for line in map.text.split(separator: "\n") where !line.hasPrefix("#") {
        if line.hasPrefix("[") {
          table = String(line.dropFirst().dropLast())
          #expect(keys.contains(table), "\(map.path): \(table)")
        } else if let key = line.split(separator: " ").first.map(String.init) {
          let isTold =
            table.isEmpty
            ? keys.contains(key) : !table.hasPrefix("fields") || fields.contains(key)
          #expect(isTold, "\(map.path): \(key)")
        }
      }
    }
  }

  @Test func theDriversCanWhatIsTold() throws {
    let plan = NumberPlan()
    let now: @Sendable () -> Moment = { Moment(milliseconds: 0) }
    let manager = AsteriskManager(
      address: "192.0.2.1", port: 5038, user: "", secret: "", context: "from-internal")
    let drivers: [any TelephonyDriver] = [
      BaresipDriver(address: "127.0.0.1", port: 4444, plan: plan, now: now),
      AsteriskSource(manager, station: "1024", plan: plan, now: now),
      FreeSwitchDriver(
        FreeSwitchServer(address: "192.0.2.1", password: ""), station: "1024", plan: plan, now: now),
      CSTADriver(CSTAServer(address: "192.0.2.1"), station: "1024", plan: plan, now: now),
      MobileDriver(
        MobileBus(.oFono, environment: [:], user: 0), station: "1024", plan: plan, now: now),
      FritzBoxDriver(
        FritzBoxMonitor(address: "192.0.2.1", extensions: ["10"]),
        dialler: FritzBoxDialler(FritzBoxControl(url: "", address: "", user: "", password: "")),
        station: "1024", plan: plan, now: now),
      SIPDialogSource(
        account: try SIPAccount(server: "192.0.2.1", watch: "1024"), station: "1024", plan: plan,
        now: now),
      SIPTelephone(
        account: try SIPAccount(server: "192.0.2.1", watch: "1024"), station: "1024", plan: plan,
        now: now),
    ]
    let does: [DriverAbility] = [.dialling, .answering, .hangingUp]
    let known = drivers.map { driver in
      let able = DriverAbility.allCases.filter(driver.abilities.contains)
      let lists = [able.filter { !does.contains($0) }, able.filter(does.contains)]
      let words = lists.map { $0.map { Self.words($0.rawValue) }.joined(separator: ", ") }
      return [
        driver.id.name, "Knows: \(words[0])." + (words[1].isEmpty ? "" : " Does: \(words[1])."),
      ]
    }
    let told = Self.telephony.items("DRIVERS").map { [$0.words.joined(), $0.text] }
    expectSame(told, known)
  }

  /// `answered elsewhere` for `answeredElsewhere`.
  private static func words(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
  }

  /// What each section says is to be typed; nothing of those behind the heading of the keys.
  private static func typed(_ page: ManualPage, _ keys: String) -> [[String]] {
    let ofKeys = page.sections(after: keys).map(\.heading)
    return page.sections.map { section in
      let items = ofKeys.contains(section.heading) ? [] : section.items
      return items.map { ($0.words + $0.values).joined(separator: " ") }
        + section.display.map { String($0) }
    }
  }

  private static let telephony = ManualPage.named("screenpop-telephony.7")

  /// The rows of the help: heading, then keys and what they do.
  private static func helpRows(_ phrases: Phrases) -> [[String]] {
    var model = Model(
      size: Size(width: 80, height: 200), now: Moment(milliseconds: 0),
      wall: WallTime(milliseconds: 0, offset: 0), phrases: phrases, desk: Desk(isDemo: true))
    _ = update(&model, .input(.character("?")))
    var heading = ""
    var rows: [[String]] = []
    for line in render(model).golden.split(separator: "\n").prefix(while: { $0 != "--" })
    where line.hasPrefix("│ ") {
      // Up to the border: the corner may stand at the right.
      let text = line.dropFirst(2).prefix { $0 != "│" }
      if text.hasPrefix("  "), text.contains(where: { $0 != " " }) {
        rows.append([heading, text.split(separator: " ").joined(separator: " ")])
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
  #expect(missing.isEmpty, "not in the document", sourceLocation: sourceLocation)
  #expect(invented.isEmpty, "in the document only", sourceLocation: sourceLocation)
  #expect(told.count == known.count, sourceLocation: sourceLocation)
}
