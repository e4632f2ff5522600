import CallWire
import Telephony
import Testing
import ThirdPartyStore

/// Why a call of one number did not come up: set-ups that are broken, each found and named (R63).
struct NumberCheckTests {
  /// A set-up that is broken, and what must be said of it.
  struct Broken: CustomTestStringConvertible, Sendable {
    let name: String
    let mend: String
    let spoil: @Sendable (NumberDesk) throws -> Void
    var testDescription: String { name }

    init(_ name: String, _ mend: String, _ spoil: @escaping @Sendable (NumberDesk) throws -> Void) {
      (self.name, self.mend, self.spoil) = (name, mend, spoil)
    }
  }

  static let broken: [Broken] = [
    Broken("a keyword", "number mend $remote is a keyword") { $0.number = "$remote" },
    Broken("the station itself", "number mend 1024 is the station itself") {
      $0.configure("station = \"1024\"")
      $0.number = "1024"
    },
    Broken("a prefix that is not configured", "→ With outside_prefix = \"0\" it would be") {
      $0.number = "00388202122"
    },
    Broken("an exception of the machine", "for everybody in the machine's list (devis)") {
      try $0.machineException("+333882*", comment: "devis")
    },
    Broken("an exception of the collaborator", "for collaborator 7 in the operator's list") {
      $0.configure("collaborator = \"7\"")
      try $0.own().add(
        ExceptionNumber(pattern: "+33388202122", collaborator: "7", list: .own))
    },
    Broken("an exception of whom the window was told", "exception number for collaborator 9") {
      $0.state = ["collaborator": "9"]
      try $0.own().add(
        ExceptionNumber(pattern: "+33388202122", collaborator: "9", list: .own))
    },
    Broken("too few digits", "it has 3 digits, and min_digits = 6 (") {
      $0.configure("min_digits = 6")
      $0.number = "118"
    },
    Broken("unknown callers", "no third party has it for sure, and inhibit_unknown = true") {
      $0.configure("inhibit_unknown = true")
      $0.number = "01 99 00 45 67"
    },
    Broken("a weak match", "inhibit_unknown = false shows unknown callers") {
      $0.configure("inhibit_unknown = true")
      $0.number = "88202122"
    },
    Broken("internal calls", "it is an extension, and inhibit_internal = true") {
      $0.configure("inhibit_internal = true")
      $0.number = "1025"
    },
    Broken("a called number", "rules mend A call stays quiet: Support is called") {
      $0.configure("inhibit_called = [\"Support\"]")
      $0.names = ["0199004500": "Support"]
      $0.called = "01 99 00 45 00"
    },
    Broken("do not disturb", "not to be disturbed until 2026-11-29T14:30:00+01:00") {
      $0.state = ["quiet": "2026-11-29T14:30:00+01:00"]
    },
    Broken("a busy station", "the station is on a call, and inhibit_busy = true") {
      $0.configure("inhibit_busy = true")
      $0.state = ["busy": "1"]
    },
    Broken("a ring that waits", "A message of it waits in ") {
      try $0.runtime.prepare()
      try $0.runtime.spool.write(
        CallMessage(event: "ring", tel: "0033388202122").encoded(), station: nil)
    },
    Broken("a ring for another station", "Give the launcher and the window the same station") {
      $0.configure("station = \"1024\"")
      try $0.runtime.prepare()
      try $0.runtime.spool.write(
        CallMessage(event: "ring", tel: "0388202122").encoded(), station: "1025")
    },
    Broken("a call that came too late", "found later than spool_age") {
      try $0.journal("0388202122", .inhibited, .tooOld)
      $0.at = $0.now
    },
    Broken("no window at that time", "heard mend No window ran at that time") {
      try $0.log(
        "\($0.ago(900)) notice ScreenPop 0.2.0 starts, station 1024",
        "\($0.ago(600)) notice ScreenPop ends",
        "\($0.ago(30)) notice ScreenPop 0.2.0 starts, station 1024")
      $0.at = $0.now + -120_000
    },
    Broken("a window that was killed", "heard mend A window was killed, perhaps before") {
      try $0.log("\($0.ago(900)) notice ScreenPop 0.2.0 starts, station 1024")
      $0.at = $0.now + -120_000
      $0.state = nil
    },
    Broken("a source out of reach", "heard mend baresip was out of reach since 2026-11-29T11:55") {
      try $0.log(
        "\($0.ago(900)) notice ScreenPop 0.2.0 starts, station 1024",
        "\($0.ago(890)) notice baresip is up",
        "\($0.ago(300)) warning baresip is down: 127.0.0.1:4444 closed the connection",
        "\($0.ago(10)) notice baresip is up")
      $0.at = $0.now + -120_000
    },
    Broken("nobody told of it", "nobody told of any call") {
      try $0.log("\($0.ago(900)) notice ScreenPop 0.2.0 starts, station 1024")
      $0.at = $0.now + -120_000
    },
  ]

  @Test(arguments: broken)
  func whatIsBrokenIsNamed(set: Broken) async throws {
    let desk = try NumberDesk()
    try desk.add("Dupont SA", "03 88 20 21 22")
    try set.spoil(desk)
    let found = try await desk.look()
    #expect(found.contains { $0.contains(set.mend) && $0.contains(" mend ") }, "\(found)")
  }

  @Test func whereAllIsWellNothingIsToMend() async throws {
    let desk = try NumberDesk()
    try desk.add("Dupont SA", "03 88 20 21 22")
    try desk.journal("0388202122", .missed)
    let found = try await desk.look()
    #expect(!found.contains { $0.contains(" mend ") }, "\(found)")
    #expect(found.contains { $0.hasPrefix("third party well Dupont SA, ") }, "\(found)")
    #expect(
      found.contains {
        $0.hasPrefix(
          "rules well A ring is shown with the button; no record opens by itself: trigger")
      }, "\(found)")
    #expect(found.contains { $0.hasSuffix("it was shown, and missed.") }, "\(found)")
  }

  /// Whatever became of a call that was kept quiet, nobody saw it.
  @Test(arguments: [(Outcome.missed, "missed"), (.rejected, "rejected")])
  func whatWasKeptQuietWasNotShown(_ outcome: Outcome, _ word: String) async throws {
    let desk = try NumberDesk()
    try desk.journal("0388202122", outcome, .called("Sales"))
    let found = try await desk.look()
    #expect(
      found.contains { $0.contains("it was kept quiet, and \(word): Sales is called") }, "\(found)")
  }

  /// The trigger of the number that was called goes before the general one.
  @Test func theTriggerThatHoldsIsNamed() async throws {
    let desk = try NumberDesk()
    try desk.add("Dupont SA", "03 88 20 21 22")
    desk.configure("trigger_called = { '0199004500' = 'answer' }")
    #expect(
      try await desk.look().contains {
        $0.contains("rules note Calls to 0199004500 have triggers of their own: trigger_called.")
      })
    desk.called = "0199004500"
    let found = try await desk.look()
    #expect(found.contains { $0.contains("trigger_called = \"answer\" (") }, "\(found)")
  }

  /// Nobody tells apart who is withheld: all their calls may be the one.
  @Test(arguments: [nil, 0] as [Int64?])
  func whoIsWithheldWasHeard(_ ago: Int64?) async throws {
    let desk = try NumberDesk()
    desk.number = "anonymous"
    try desk.journal(nil, .missed, withheld: true)
    desk.at = ago.map { desk.now + -$0 }
    let found = try await desk.look()
    #expect(found.contains { $0.hasSuffix("it was shown, and missed.") }, "\(found)")
    #expect(found.contains { $0.contains("A ring is shown; no record opens") }, "\(found)")
  }

  @Test func aStoreThatIsMissingOrEmptyIsSaid() async throws {
    let desk = try NumberDesk()
    #expect(try await desk.look().contains { $0.hasPrefix("third party mend There is no store") })
    try desk.makeEmptyStore()
    #expect(try await desk.look().contains { $0.contains(" is empty. → Import some") })
  }

  /// The window gives the first reason; whoever looks for them wants all.
  @Test func everyRuleIsNamedAtOnce() async throws {
    let desk = try NumberDesk()
    try desk.makeEmptyStore()
    desk.configure("min_digits = 6\ninhibit_unknown = true\ninhibit_internal = true")
    desk.state = ["quiet": "2026-11-29T14:30:00+01:00"]
    desk.number = "1025"
    try desk.machineException("10??")
    let rules = try await desk.look().filter { $0.hasPrefix("rules mend") }
    #expect(rules.count == 5, "\(rules)")
  }

  /// What was withheld, or came with a prefix, may be the call that is asked about.
  @Test func callsThatMayBeTheOneAreShown() async throws {
    let desk = try NumberDesk()
    try desk.add("Dupont SA", "03 88 20 21 22")
    try desk.journal(nil, .missed, ago: 60, withheld: true)
    try desk.journal("0039388202122", .missed, ago: 70)
    try desk.journal("0199004567", .missed, ago: 80)
    desk.at = desk.now
    let heard = try await desk.look().filter { $0.hasPrefix("heard note") }
    #expect(heard.contains { $0.contains("somebody called who was withheld") }, "\(heard)")
    #expect(heard.contains { $0.contains("read as another number") }, "\(heard)")
    #expect(!heard.contains { $0.contains("0199004567") }, "\(heard)")
  }
}
