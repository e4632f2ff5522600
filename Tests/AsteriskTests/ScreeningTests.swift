import Asterisk
import LauncherSupport
import Synchronization
import Telephony
import Testing

/// Callers who are withheld: the manager tells their numbers like any others, and says only when asked.
struct ScreeningTests {
  private let caller = "03 88 20 21 22 Dupont SA"
  private let mine = Leg.station("1", in: "c")

  /// A manager that knows of the numbers that stations show.
  private func manager(_ value: String) -> StandInManager {
    StandInManager { action in
      guard action["Action"] == "Getvar" else { return StandInManager.accept(action) }
      return "Response: Success\r\nActionID: \(action["ActionID"] ?? "")\r\n"
        + "Variable: \(action["Variable"] ?? "")\r\nValue: \(value)\r\n\r\n"
    }
  }

  @Test(arguments: [
    "prohib", "prohib_not_screened", "prohib_passed_screen", "prohib_failed_screen",
  ])
  func whoIsWithheldIsNotShown(value: String) async throws {
    let followed = try await FollowedStation.connected(manager(value))
    let news = try await followed.hear(mine.rings + mine.goesUp + mine.hangsUp())
    #expect(news == ["ring in withheld", "answer in withheld", "end normal in withheld"])
    let asked = followed.manager.actions.filter { $0["Action"] == "Getvar" }
    #expect(asked.map { $0["Channel"] } == [mine.channel])
    #expect(asked.map { $0["Variable"] } == ["CONNECTEDLINE(num-pres)"])
    try await followed.stop()
  }

  @Test(arguments: ["allowed_not_screened", "allowed", "unavailable", ""])
  func allOthersAre(value: String) async throws {
    let followed = try await FollowedStation.connected(manager(value))
    #expect(try await followed.hear(mine.rings) == ["ring in \(caller)"])
    // A second ring of the call is not asked about again.
    #expect(try await followed.hear(mine.rings + mine.goesUp) == ["answer in \(caller)"])
    #expect(followed.manager.actions.count { $0["Action"] == "Getvar" } == 1)
    try await followed.stop()
  }

  /// Who is put through is asked about by himself.
  @Test func aColleaguePutsAWithheldCallerThrough() async throws {
    let followed = try await FollowedStation.connected()
    let answers = Mutex(["allowed", "prohib"])
    followed.manager.answer { action in
      guard action["Action"] == "Getvar" else { return StandInManager.accept(action) }
      let value = answers.withLock { $0.isEmpty ? "" : $0.removeFirst() }
      return
        "Response: Success\r\nActionID: \(action["ActionID"] ?? "")\r\nValue: \(value)\r\n\r\n"
    }
    var leg = Leg.station("1", in: "c", from: "1025", name: "Compta")
    _ = try await followed.hear(leg.rings + leg.goesUp)
    (leg.connected, leg.name) = ("0388202122", "Dupont SA")
    let news = try await followed.hear(leg.event("NewConnectedLine", state: 6) + leg.hangsUp())
    #expect(news == ["end normal in 1025 Compta", "answer in withheld", "end normal in withheld"])
    try await followed.stop()
  }

  /// The trunk calls the station: how that begins, and how it ends in a refusal.
  private func refusal(_ leg: Leg, call: String) -> (begins: String, ends: String) {
    var trunk = Leg.trunk(call)
    trunk.exten = "1024"
    let called = [
      "DestChannel: \(leg.channel)", "DestChannelState: 0", "DestCallerIDNum: 1024",
      "DestConnectedLineNum: \(leg.connected)", "DestConnectedLineName: \(leg.name)",
      "DestUniqueid: \(leg.id)", "DestLinkedid: \(leg.call)",
    ].joined(separator: "\r\n")
    return (
      trunk.begins + trunk.event("DialBegin", state: 4, called),
      trunk.event("DialEnd", state: 4, called, "DialStatus: BUSY") + leg.hangsUp(cause: 17)
    )
  }

  /// A telephone that refuses is gone before anybody could ask about it: it is asked about as soon as it is called.
  @Test func whoIsWithheldIsAskedAboutBeforeItRings() async throws {
    let followed = try await FollowedStation.connected(manager("prohib"))
    let refusal = refusal(mine, call: "c")
    _ = try await followed.hear(refusal.begins)
    try await soon("both questions") { followed.manager.questions.count == 2 }
    #expect(try await followed.hear(refusal.ends) == ["end missed in withheld"])
    #expect(
      followed.manager.questions == [
        "\(mine.channel) CONNECTEDLINE(num-pres)", "PJSIP/trunk-000000a0 CALLERID(num-pres)",
      ])
    try await followed.stop()
  }

  /// The station's channel has gone before it could be asked; the caller's, which lives on, says it.
  @Test(arguments: [("prohib", "withheld"), ("allowed", "03 88 20 21 22 Dupont SA")])
  func theCallersChannelIsAskedToo(value: String, caller: String) async throws {
    let manager = manager(value)
    manager.answer { [mine] action in
      action["Channel"] == mine.channel
        ? StandInManager.refuse(action, "No such channel")
        : StandInManager.accept(action).replacing("allowed_not_screened", with: value)
    }
    let followed = try await FollowedStation.connected(manager)
    let refusal = refusal(mine, call: "c")
    #expect(
      try await followed.hear(refusal.begins + refusal.ends) == ["end missed in \(caller)"])
    try await followed.stop()
  }

  /// A telephone that is not to be disturbed refuses at once, and both channels are gone: who was withheld before still is,
  /// and anybody else is who the events say.
  @Test(arguments: [
    ("0388202122", "Dupont SA", "withheld"),
    ("0199004567", "Garage Muller", "01 99 00 45 67 Garage Muller"),
  ])
  func whoCannotBeAskedAboutIsAsBefore(number: String, name: String, caller: String) async throws {
    let manager = manager("prohib")
    let followed = try await FollowedStation.connected(manager)
    #expect(try await followed.hear(mine.rings + mine.hangsUp()).last == "end missed in withheld")
    manager.answer {
      $0["Action"] == "Getvar"
        ? StandInManager.refuse($0, "No such channel") : StandInManager.accept($0)
    }
    for (id, call) in [("2", "d"), ("3", "e")] {
      let refusal = refusal(Leg.station(id, in: call, from: number, name: name), call: call)
      #expect(
        try await followed.hear(refusal.begins + refusal.ends) == ["end missed in \(caller)"])
    }
    try await followed.stop()
  }

  /// Without the right to ask, callers are told of as before, and the doctor says what that costs.
  @Test func whoMayNotAskIsToldAtOnce() async throws {
    let followed = try await FollowedStation.connected(
      StandInManager {
        $0["Action"] == "Getvar"
          ? StandInManager.refuse($0, "Permission denied") : StandInManager.accept($0)
      })
    #expect(try await followed.hear(mine.rings + mine.goesUp).count == 2)
    let second = Leg.station("2", in: "d", from: "0199004567", name: "Garage Muller")
    #expect(try await followed.hear(second.rings) == ["ring in 01 99 00 45 67 Garage Muller"])
    #expect(followed.manager.actions.count { $0["Action"] == "Getvar" } == 1)
    #expect(
      followed.source.symptoms.contains { $0.sentence.contains("whether a caller is withheld") })
    try await followed.stop()
  }

  /// The caller has hung up before the question came.
  @Test func aChannelThatHasGoneSaysNothingOfTheRight() async throws {
    let followed = try await FollowedStation.connected(
      StandInManager {
        $0["Action"] == "Getvar"
          ? StandInManager.refuse($0, "No such channel") : StandInManager.accept($0)
      })
    let news = try await followed.hear(mine.rings + mine.hangsUp())
    #expect(news == ["ring in \(caller)", "end missed in \(caller)"])
    #expect(followed.source.counts.mayAsk == nil)
    try await followed.stop()
  }

  /// A manager that does not answer costs a second.
  @Test func anAnswerThatDoesNotComeIsNotWaitedForLong() async throws {
    let followed = try await FollowedStation.connected()
    followed.manager.answer { $0["Action"] == "Getvar" ? "" : StandInManager.accept($0) }
    try await followed.manager.play(mine.rings)
    try await soon("a question") { followed.source.counts.held == 1 }
    #expect(followed.story == [])
    followed.time.advance(by: .seconds(1))
    try await soon("the ring", instead: "\(followed.story)") {
      followed.story == ["ring in \(caller)"]
    }
    try await followed.stop()
  }

  @Test func whatTheStationDialsIsNobodysSecret() async throws {
    let followed = try await FollowedStation.connected(manager("prohib"))
    var leg = Leg.station("1", in: "1", from: "<unknown>", name: "<unknown>")
    leg.exten = "0199003333"
    #expect(try await followed.hear(leg.begins) == ["ring out 01 99 00 33 33"])
    try await followed.stop()
  }
}

extension StandInManager {
  /// The channels that were asked about, and for what.
  fileprivate var questions: [String] {
    actions.filter { $0["Action"] == "Getvar" }
      .map { "\($0["Channel"] ?? "") \($0["Variable"] ?? "")" }
  }
}
