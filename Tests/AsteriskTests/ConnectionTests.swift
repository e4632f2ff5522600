import Asterisk
import LauncherSupport
import Telephony
import TestSupport
import Testing

/// Greeting, login, list, pings, and connections that end.
struct ConnectionTests {
  @Test func theLoginAsksForCallsOnly() async throws {
    let followed = try await FollowedStation.connected()
    let actions = followed.manager.actions
    #expect(actions.map { $0["Action"] } == ["Login", "CoreShowChannels"])
    #expect(actions[0]["Username"] == "screenpop")
    #expect(actions[0]["Secret"] == "geheim")
    #expect(actions[0]["Events"] == "call")
    #expect(followed.health == [.up])
    try await followed.stop()
  }

  @Test(arguments: ["2.0.0", "2.10.6", "9.0.0", "11.0.0", "12.0.0"])
  func laterVersionsAreSpokenTo(version: String) async throws {
    let manager = StandInManager()
    manager.greet("Asterisk Call Manager/\(version)\r\n")
    let followed = try await FollowedStation.connected(manager)
    #expect(followed.health == [.up])
    try await followed.stop()
  }

  @Test(arguments: ["1.1", "1.3", "1.4.0", "x", ""])
  func olderVersionsAreRefusedForGood(version: String) async throws {
    let manager = StandInManager()
    manager.greet("Asterisk Call Manager/\(version)\r\n")
    try await manager.start()
    let followed = FollowedStation(manager)
    let reason = try await followed.down()
    #expect(
      reason
        == "127.0.0.1:\(manager.port) speaks version \(version) of the manager interface: Asterisk 12 or later is needed"
    )
    guard case .down(_, _, nextTry: nil) = followed.health.last else {
      Issue.record("it tries again")
      return
    }
    #expect(followed.time.nextWake == nil)
    #expect(manager.actions.isEmpty)
    try await followed.stop()
  }

  @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", String(repeating: "x", count: 1000)])
  func aStrangerIsNotSpokenTo(greeting: String) async throws {
    let manager = StandInManager()
    manager.greet(greeting)
    try await manager.start()
    let followed = FollowedStation(manager)
    let said = greeting.prefix { $0 != "\r\n" }.prefix(60)
    #expect(
      try await followed.down()
        == "127.0.0.1:\(manager.port) is no Asterisk manager (it says \"\(said)\"): check address and port"
    )
    #expect(manager.actions.isEmpty)
    try await followed.stop()
  }

  @Test func aRefusedLoginIsNotTriedAgainSoon() async throws {
    let manager = StandInManager { _ in
      "Response: Error\r\nMessage: Authentication failed\r\n\r\n"
    }
    try await manager.start()
    let followed = FollowedStation(manager, secret: "falsch")
    #expect(
      try await followed.down()
        == "127.0.0.1:\(manager.port) refused the user \"screenpop\" (Authentication failed): check user and secret_file"
    )
    try await soon("the pause") { followed.time.nextWake == .seconds(900) }
    manager.answer { StandInManager.accept($0) }
    followed.time.advance(by: .seconds(900))
    try await followed.settled()
    #expect(followed.health.last == .up)
    try await followed.stop()
  }

  @Test func whoIsNotThereIsTriedLessAndLessOften() async throws {
    let manager = StandInManager()
    try await manager.start()
    try await manager.stop()
    let followed = FollowedStation(manager)
    var pauses: [Int64] = []
    for round in 1...8 {
      try await soon("failure \(round)", instead: "\(followed.reports)") {
        followed.health.count == round && followed.time.nextWake != nil
      }
      guard case .down(_, let since, let next?) = followed.health.last else { break }
      #expect(since == Moment(milliseconds: 1_000_000))
      let pause = next - followed.time.moment
      pauses.append(pause / 1000)
      if round < 8 { followed.time.advance(by: .milliseconds(pause)) }
    }
    #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60])
    #expect(followed.reason?.contains("could not be reached (Connection refused)") == true)
    try await manager.start()
    followed.time.advance(by: .seconds(60))
    try await followed.settled()
    #expect(followed.health.last == .up)
    try await followed.stop()
  }

  @Test func whoSaysNothingIsLeft() async throws {
    let manager = StandInManager()
    manager.greet("")
    try await manager.start()
    let followed = FollowedStation(manager)
    try await soon("the connection") { manager.accepted == 1 && followed.time.nextWake != nil }
    followed.time.advance(by: .seconds(10))
    #expect(
      try await followed.down()
        == "127.0.0.1:\(manager.port) did not answer within 10 s: check port and tls")
    try await followed.stop()
  }

  /// The connection dies within a message, and the telephones go on.
  @Test func afterABreakTheListSaysWhatBecameOfCalls() async throws {
    let manager = StandInManager()
    let followed = try await FollowedStation.connected(manager)
    let answered = Leg.station("1", in: "a")
    let ringing = Leg.station("2", in: "b", from: "0199004567")
    let gone = Leg.station("3", in: "c", from: "0261910001")
    let talked = Leg.station("4", in: "d", from: "0353010001")
    _ = try await followed.hear(
      answered.rings + ringing.rings + gone.rings + talked.rings + talked.goesUp)
    let next = Leg.station("5", in: "e", from: "0465710001").event("CoreShowChannel", state: 5)
    let channels =
      answered.event("CoreShowChannel", state: 6) + ringing.event("CoreShowChannel", state: 5)
      + next + Leg.station("6", in: "f", at: "1025").event("CoreShowChannel", state: 6)
    manager.answer { StandInManager.accept($0, channels: channels) }
    try await manager.play(gone.hangsUp().dropLast(40).utf8.map { $0 })
    manager.hangUp()
    #expect(
      try await followed.down()
        == "127.0.0.1:\(manager.port) ended the connection: look at Asterisk's log")
    try await soon("the pause") { followed.time.nextWake == .seconds(1) }
    _ = followed.news()
    followed.time.advance(by: .seconds(1))
    try await waitUntil("the second list", instead: "\(followed.reports)") {
      followed.events.count == 4
    }
    #expect(
      followed.story == [
        "answer in 03 88 20 21 22 Dupont SA", "ring in 04 65 71 00 01 Dupont SA",
        "vanish in 02 61 91 00 01 Dupont SA", "end lost in 03 53 01 00 01 Dupont SA",
      ])
    try await followed.stop()
  }

  @Test func callsThatGoOnAreKnownFromTheBeginning() async throws {
    let mine = Leg.station("1", in: "a").event("CoreShowChannel", state: 6)
    var own = Leg(channel: "PJSIP/1024-00000007", id: "o", call: "o", exten: "0199004567")
    own.connected = "0199004567"
    let channels = mine + own.event("CoreShowChannel", state: 6)
    let followed = try await FollowedStation.connected(
      StandInManager { StandInManager.accept($0, channels: channels) })
    #expect(
      followed.story == ["answer in 03 88 20 21 22 Dupont SA", "answer out 01 99 00 45 67"])
    try await followed.stop()
  }

  /// Without the right `reporting`, what may have gone counts as gone.
  @Test func whereChannelsMayNotBeListedOldCallsEnd() async throws {
    let manager = StandInManager { action in
      action["Action"] == "CoreShowChannels"
        ? StandInManager.refuse(action, "Permission denied") : StandInManager.accept(action)
    }
    let followed = try await FollowedStation.connected(manager)
    _ = try await followed.hear(Leg.station("1", in: "a").goesUp)
    manager.hangUp()
    _ = try await followed.down()
    try await soon("the pause") { followed.time.nextWake != nil }
    followed.time.advance(by: .seconds(1))
    try await waitUntil("the end") { followed.story == ["end lost in 03 88 20 21 22 Dupont SA"] }
    #expect(followed.health.last == .up)
    try await followed.stop()
  }

  @Test func anHourOfSilence() async throws {
    let followed = try await FollowedStation.connected()
    let manager = followed.manager
    for round in 1...(3600 / 30) {
      try await soon("the next look") { followed.time.nextWake != nil }
      followed.time.advance(by: .seconds(30))
      try await soon("ping \(round)", instead: "\(manager.actions.count)") {
        manager.actions.count == 2 + round
      }
      try await followed.arrived()
      guard followed.health == [.up] else { break }
    }
    #expect(followed.health == [.up])
    #expect(manager.accepted == 1)
    #expect(try await followed.hear(Leg.station("1", in: "c").rings).count == 1)
    try await followed.stop()
  }

  @Test func whoDoesNotAnswerAPingIsLeft() async throws {
    let manager = StandInManager()
    let followed = try await FollowedStation.connected(manager)
    manager.answer { _ in "" }
    try await soon("the next look") { followed.time.nextWake != nil }
    followed.time.advance(by: .seconds(30))
    try await soon("the ping") { manager.actions.last?["Action"] == "Ping" }
    try await soon("the next look") { followed.time.nextWake == .seconds(10) }
    followed.time.advance(by: .seconds(10))
    #expect(
      try await followed.down()
        == "127.0.0.1:\(manager.port) has said nothing for 40 s: is Asterisk running?")
    try await followed.stop()
  }

  @Test func aSourceThatCannotBeUsedSaysWhy() async throws {
    let manager = StandInManager()
    try await manager.start()
    let lost = FollowedStation(manager, station: nil)
    #expect(try await lost.down() == "no station configured: Asterisk is not asked")
    try await lost.stop()
    let unsafe = FollowedStation(manager, secret: "a\r\nAction: Command")
    #expect(
      try await unsafe.down()
        == "secret_file in [asterisk] holds a line end or a control character")
    #expect(manager.accepted == 0)
    try await unsafe.stop()
  }
}
