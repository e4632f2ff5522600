import Asterisk
import LauncherSupport
import Telephony
import TestSupport
import Testing

/// Calls that Asterisk makes for the station (R32).
struct DialTests {
  private static func number(_ text: String = "00388202122") throws -> DialledNumber {
    try #require(DialledNumber(text))
  }

  /// The event that says what became of the call of this action.
  private static func outcome(_ action: StandInManager.Action, _ headers: String) -> String {
    "Event: OriginateResponse\r\nActionID: \(action["ActionID"] ?? "")\r\n\(headers)\r\n\r\n"
  }

  @Test func theStationIsRungAndThenTheNumber() async throws {
    let manager = StandInManager { action in
      let answer = StandInManager.accept(action)
      guard action["Action"] == "Originate" else { return answer }
      return answer + Self.outcome(action, "Response: Success\r\nReason: 4")
    }
    let followed = try await FollowedStation.connected(manager)
    #expect(try await followed.source.dial(Self.number()) == nil)
    var action = try #require(manager.actions.last)
    #expect(action.removeValue(forKey: "ActionID")?.hasPrefix("screenpop-") == true)
    #expect(
      action == [
        "Action": "Originate", "Channel": "PJSIP/1024", "Exten": "00388202122",
        "Context": "internal", "Priority": "1", "Async": "true", "Timeout": "30000",
      ])
    #expect(followed.source.abilities.contains(.dialling))
    try await followed.stop()
  }

  @Test(arguments: [
    (1, "did not pick up: call again"), (3, "did not pick up: call again"),
    (5, "is busy: call again later"),
    (0, "could not be rung: is the telephone registered at Asterisk?"),
    (8, "could not be rung: is the telephone registered at Asterisk?"),
  ])
  func aCallThatIsNotMadeIsExplained(reason: Int, sentence: String) async throws {
    let manager = StandInManager { action in
      let answer = StandInManager.accept(action)
      guard action["Action"] == "Originate" else { return answer }
      // Another program's call comes to nothing first.
      return answer + "Event: OriginateResponse\r\nActionID: 1\r\nResponse: Failure\r\n\r\n"
        + Self.outcome(action, "Response: Failure\r\nReason: \(reason)")
    }
    let followed = try await FollowedStation.connected(manager)
    await #expect(throws: DialError("PJSIP/1024 \(sentence)")) {
      try await followed.source.dial(Self.number())
    }
    try await followed.stop()
  }

  @Test func aRefusalIsExplained() async throws {
    let manager = StandInManager { action in
      action["Action"] == "Originate"
        ? StandInManager.refuse(action, "Permission denied") : StandInManager.accept(action)
    }
    let followed = try await FollowedStation.connected(manager)
    await #expect(
      throws: DialError(
        "127.0.0.1:\(manager.port) refused to make the call (Permission denied): check the right originate in manager.conf"
      )
    ) { try await followed.source.dial(Self.number()) }
    try await followed.stop()
  }

  @Test func anAnswerThatDoesNotComeIsNotWaitedForForever() async throws {
    let followed = try await FollowedStation.connected()
    let sentence =
      "127.0.0.1:\(followed.manager.port) did not say what became of the call: look whether it rings"
    for isCut in [true, false] {
      let asked = followed.manager.actions.count
      let dialling = Task { try await followed.source.dial(Self.number()) }
      try await soon("the call") {
        followed.manager.actions.dropFirst(asked).contains { $0["Action"] == "Originate" }
      }
      if isCut {
        followed.manager.hangUp()
      } else {
        // The connection stays: what was heard last is not 30 s old when this comes to its end.
        for _ in 0..<4 {
          followed.time.advance(by: .seconds(10))
          try await followed.manager.play("Event: FullyBooted\r\n\r\n")
          try await followed.arrived()
        }
      }
      await #expect(throws: DialError(sentence)) { try await dialling.value }
      if isCut {
        try await soon("the pause") { followed.time.nextWake == .seconds(1) }
        followed.time.advance(by: .seconds(1))
        try await soon("another login") { followed.health.last == .up }
      }
    }
    try await followed.stop()
  }

  @Test func withoutAConnectionNothingIsDialled() async throws {
    let manager = StandInManager { action in StandInManager.refuse(action, "Authentication failed")
    }
    try await manager.start()
    let followed = FollowedStation(manager)
    _ = try await followed.down()
    await #expect(
      throws: DialError("there is no connection to 127.0.0.1:\(manager.port): no call was made")
    ) { try await followed.source.dial(Self.number()) }
    try await followed.stop()
    await #expect(throws: DialError("asterisk is not in use: no call was made")) {
      try await followed.source.dial(Self.number())
    }
  }

  @Test func withoutAContextNothingIsDialled() async throws {
    let manager = StandInManager()
    try await manager.start()
    let followed = FollowedStation(manager, context: "")
    try await followed.settled()
    #expect(!followed.source.abilities.contains(.dialling))
    await #expect(
      throws: DialError("no context of the dialplan to call in: set context in [asterisk]")
    ) { try await followed.source.dial(Self.number()) }
    try await followed.stop()
  }
}
