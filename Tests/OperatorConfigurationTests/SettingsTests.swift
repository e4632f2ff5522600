import CTIBlock
import Foundation
import OperatorConfiguration
import RecordOpener
import Telephony
import Testing

@Suite struct SettingsTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func needsNoFile() throws {
    let settings = try machine.load()
    #expect(settings.station == nil)
    #expect(settings.ident == "")
    #expect(settings.collaborator == nil)
    #expect(settings.corner == .topRight)
    #expect(settings.pop == PopOptions())
    #expect(settings.region == "FR")
    #expect(settings.outsidePrefix == "")
    #expect(settings.extensionDigits == 5)
    #expect(settings.open == .target(.card))
    #expect(settings.pollInterval == 5)
    #expect(settings.relayURL == nil)
    #expect(settings.relayTokenFile == nil)
    #expect(settings.fixed == [])
    #expect(settings.notes == [])
    #expect(Key.allCases.allSatisfy { settings.origin(of: $0) == .default })
  }

  @Test func strongerLayersWin() throws {
    try machine.write("second", "corner = 'top-left'\nmin_digits = 1\nident = 'second'")
    try machine.write("first", "corner = 'bottom-left'\nmin_digits = 2")
    try machine.write("operator", "min_digits = 3\ntrigger = 'ring'\nstation = '1'")
    let settings = try machine.load(
      screen: ["trigger": "answer", "popup": "true"],
      commandLine: ["station": "2", "popup": "false"])
    #expect(settings.ident == "second")
    #expect(settings.origin(of: .ident) == .machine(file: machine.path("second")))
    #expect(settings.corner == .bottomLeft)
    #expect(settings.origin(of: .corner) == .machine(file: machine.path("first")))
    #expect(settings.pop.minDigits == 3)
    #expect(settings.origin(of: .minDigits) == .operator(file: machine.path("operator")))
    #expect(settings.pop.trigger == .answer)
    #expect(settings.origin(of: .trigger) == .screen)
    #expect(settings.station == "2")
    #expect(settings.origin(of: .station) == .commandLine)
    #expect(settings.pop.popup == false)
    #expect(settings.origin(of: .popup) == .commandLine)
    #expect(settings.origin(of: .region) == .default)
  }

  @Test func fixedKeysEndAtTheMachine() throws {
    try machine.write("second", "fixed = ['region']\npopup = true")
    try machine.write("first", "fixed = ['trigger', 'popup', 'corner']\ntrigger = 'ring'")
    try machine.write("operator", "\npopup = false\nregion = 'DE'\ntrigger = 'ring'")
    let settings = try machine.load(
      screen: ["trigger": "answer"], commandLine: ["corner": "top-left", "station": "1"])
    #expect(settings.pop.trigger == .ring)
    #expect(settings.pop.popup)
    #expect(settings.region == "FR")
    #expect(settings.corner == .topRight)
    #expect(settings.station == "1")
    #expect(settings.fixed == [.trigger, .popup, .corner, .region])
    #expect(settings.isFixed(.popup) && !settings.isFixed(.station))
    #expect(settings.origin(of: .region) == .default)
    #expect(settings.origin(of: .trigger) == .machine(file: machine.path("first")))
    #expect(
      machine.shown(settings.notes) == [
        #"FILE:2: "popup" is fixed for this machine: SECOND holds with true"#,
        #"FILE:3: "region" is fixed for this machine: the default holds with "FR""#,
        #"options screen: "trigger" is fixed for this machine: MACHINE holds with "ring""#,
        #"command line: "corner" is fixed for this machine: the default holds with "top-right""#,
      ])
  }

  @Test func choicesOfTheScreenNeverPreventTheStart() throws {
    let settings = try machine.load(
      screen: ["trigger": "sometimes", "min_digits": "6", "popup": "yes", "tirgger": "ring"])
    #expect(settings.pop == PopOptions(minDigits: 6))
    #expect(settings.notes.count == 3)
    #expect(settings.notes.allSatisfy { $0.place == "options screen" && $0.line == nil })
  }

  @Test func choosingChangesOnlyTheScreensLayer() throws {
    try machine.write("first", "fixed = ['popup']")
    try machine.write("operator", "min_digits = 3")
    let settings = try machine.load(
      screen: ["trigger": "ring"], commandLine: ["corner": "top-left"])
    let later = settings.choosing(["min_digits": "4", "popup": "true"])
    #expect(later.pop == PopOptions(minDigits: 4))
    #expect(later.origin(of: .trigger) == .default)
    #expect(later.origin(of: .minDigits) == .screen)
    #expect(later.corner == .topLeft)
    #expect(later.notes.count == 1)
    #expect(later.choosing(["trigger": "ring"]) == settings)
  }

  @Test func emptyTextIsNone() throws {
    try machine.write("first", "station = '1024'\nrelay_url = 'http://x'\nrelay_token_file = '/t'")
    try machine.write("operator", "station = ''\nrelay_url = ''\nrelay_token_file = ''")
    let settings = try machine.load()
    #expect(settings.station == nil)
    #expect(settings.relayURL == nil)
    #expect(settings.relayTokenFile == nil)
  }

  @Test(arguments: [
    ("'card'", "card"), ("'https://e.example/{code}'", "https://e.example/{code}"),
    ("'myerp:{code}'", "myerp:{code}"), ("['erp']", #"["erp"]"#),
    (#"["/opt/erp", "a \"b\" \\ {{}}"]"#, #"["/opt/erp", "a \"b\" \\ {{}}"]"#),
  ])
  func readsHowARecordOpens(toml: String, text: String) throws {
    try machine.write("operator", "open = \(toml)")
    #expect(try machine.load().text(of: .open) == text)
  }

  @Test(arguments: [("command", ["dial.command phone"]), ("url", [])])
  func theProgramsThatItNamesAreKnown(_ way: String, _ dialling: [String]) throws {
    let machine = try Machine()
    try machine.write(
      "operator",
      """
      open = ["crm", "{code}"]
      open_called = { "Sales" = ["other", "{code}"], "Support" = "card" }
      lookup.command = ["/opt/ask", "{number}"]
      hooks.missed = ["note"]
      dial.through = "\(way)"
      dial.command = ["phone", "{number}"]
      """)
    #expect(
      try machine.load().programs.map { "\($0.option) \($0.program)" }
        == ["open crm", "open_called other", "lookup.command /opt/ask", "hooks.missed note"]
        + dialling)
  }
}
