import LauncherSupport
import Telephony
import Testing

/// Telephones that never say that they ring: with a tone of their own (183), dead ones, and those that refuse
/// at once: whoever called is to be called back.
/// The messages are those of an Asterisk 22.10.1, without the headers that are not read.
struct SilentRingTests {
  private let caller = "03 88 20 21 22 Dupont SA"
  private let mine = Leg.station("1", in: "c")
  private let other = Leg.station("2", in: "c", at: "1025")

  /// What the trunk's channel tells of its call to a station.
  private func dial(_ event: String, _ leg: Leg, _ status: String = "", _ more: String...)
    -> String
  {
    var trunk = Leg.trunk("c")
    (trunk.connected, trunk.exten) = ("1024", "0199003001")
    var lines = trunk.event(event, state: 4).split(separator: "\r\n").map { String($0) }
    lines += [
      "DestChannel: \(leg.channel)", "DestChannelState: 0", "DestCallerIDNum: \(leg.number)",
      "DestConnectedLineNum: \(leg.connected)", "DestConnectedLineName: \(leg.name)",
      "DestExten: \(leg.exten)", "DestUniqueid: \(leg.id)", "DestLinkedid: \(leg.call)",
    ]
    lines += (status.isEmpty ? [] : ["DialStatus: \(status)"]) + more
    return lines.joined(separator: "\r\n") + "\r\n\r\n"
  }

  private func down(_ leg: Leg, cause: Int = 127) -> String {
    leg.event("Hangup", state: 0, "Cause: \(cause)")
  }

  private func begins(_ leg: Leg) -> String {
    leg.event("Newchannel", state: 0) + leg.event("NewConnectedLine", state: 0)
      + dial("DialBegin", leg)
  }

  private func story(_ text: String, names: [String] = []) async throws -> [String] {
    let followed = try await FollowedStation.connected(names: names)
    let news = try await followed.hear(Leg.trunk("c").begins + text)
    try await followed.stop()
    return news
  }

  @Test func aTelephoneWithAToneOfItsOwnRings() async throws {
    let news = try await story(
      begins(mine) + dial("DialState", mine, "PROGRESS") + dial("DialEnd", mine, "CANCEL")
        + down(mine))
    #expect(news == ["ring in \(caller)", "end missed in \(caller)"])
  }

  /// The filter of an earlier release hides how far a call has come.
  @Test(arguments: ["CANCEL", "NOANSWER"])
  func aRingOfWhichNobodyToldIsMissed(status: String) async throws {
    let news = try await story(begins(mine) + dial("DialEnd", mine, status) + down(mine, cause: 0))
    #expect(news == ["end missed in \(caller)"])
  }

  /// Busy, not to be disturbed (480 is told as a call that nobody answered), dead: the operator did not refuse it.
  @Test(arguments: [
    ("BUSY", 17), ("CHANUNAVAIL", 20), ("CONGESTION", 34), ("NOANSWER", 19), ("BUSY", 21),
  ])
  func whatWasRefusedAtOnceIsMissed(status: String, cause: Int) async throws {
    let news = try await story(
      begins(mine) + dial("DialEnd", mine, status) + down(mine, cause: cause))
    #expect(news == ["end missed in \(caller)"])
  }

  /// A queue tries the telephone again and again.
  @Test func whatIsRefusedAgainAndAgainIsMissedOnce() async throws {
    let again = Leg.station("2", in: "c")
    let news = try await story(
      [mine, again].map { begins($0) + dial("DialEnd", $0, "BUSY") + down($0, cause: 17) }.joined())
    #expect(news == ["end missed in \(caller)"])
  }

  /// Of two telephones of the station one refuses at once, the other one rings a moment later, or refuses, too.
  @Test func oneTelephoneRefusesWhatTheOtherOneTakes() async throws {
    let refused =
      begins(mine) + begins(other) + dial("DialEnd", mine, "BUSY") + down(mine, cause: 17)
    let names = ["1024", "1025"]
    #expect(
      try await story(refused + other.rings + other.goesUp + other.hangsUp(), names: names)
        == ["ring in \(caller)", "answer in \(caller)", "end normal in \(caller)"])
    #expect(
      try await story(
        refused + dial("DialEnd", other, "BUSY") + down(other, cause: 17), names: names)
        == ["end missed in \(caller)"])
  }

  @Test func whatIsRefusedHereAColleagueTakes() async throws {
    let news = try await story(
      begins(mine) + begins(other) + dial("DialEnd", mine, "BUSY") + down(mine, cause: 17)
        + other.rings + other.goesUp + dial("DialEnd", other, "ANSWER"))
    #expect(news == ["end missed in \(caller)", "end elsewhere in \(caller)"])
  }

  /// The telephone sends the call on (302).
  @Test func whatWasSentOnIsNoCall() async throws {
    let forwarded = dial("DialEnd", mine, "CANCEL", "Forward: Local/1026@internal")
    #expect(try await story(begins(mine) + forwarded + down(mine)) == [])
  }

  @Test func aColleagueTakesWhatRangHereWithoutAWord() async throws {
    let news = try await story(
      begins(mine) + begins(other) + other.rings + other.goesUp + dial("DialEnd", mine, "CANCEL")
        + down(mine, cause: 26) + dial("DialEnd", other, "ANSWER"))
    #expect(news == ["end elsewhere in \(caller)"])
  }

  @Test func theOtherTelephoneOfTheStationHasTheCall() async throws {
    let news = try await story(
      begins(mine) + begins(other) + other.rings + other.goesUp + dial("DialEnd", mine, "CANCEL")
        + down(mine, cause: 26) + dial("DialEnd", other, "ANSWER") + other.hangsUp(),
      names: ["1024", "1025"])
    #expect(news == ["ring in \(caller)", "answer in \(caller)", "end normal in \(caller)"])
  }

  @Test func aRefusalAfterTheToneIsTheOperators() async throws {
    let news = try await story(
      begins(mine) + dial("DialState", mine, "PROGRESS") + dial("DialEnd", mine, "BUSY")
        + down(mine, cause: 21))
    #expect(news == ["ring in \(caller)", "end rejected in \(caller)"])
  }

  /// A program rings the station for itself, which does not pick up.
  @Test func whatAProgramDialsForTheStationIsNoMissedCall() async throws {
    var leg = Leg.station("c", in: "c")
    leg.connected = "1024"
    let end = dial("DialEnd", leg, "NOANSWER").split(separator: "\r\n").filter {
      $0.hasPrefix("Event") || $0.hasPrefix("D")
    }
    let news = try await FollowedStation.connected().hear(
      leg.event("Newchannel", state: 0) + end.joined(separator: "\r\n") + "\r\n\r\n" + down(leg))
    #expect(news == [])
  }

  /// Whoever sees the telephone only takes it for a call that comes in.
  @Test func thatAProgramRingsTheStationIsSaidAtOnce() async throws {
    var leg = Leg.station("c", in: "c")
    leg.number = leg.connected
    let followed = try await FollowedStation.connected()
    try await followed.manager.play(leg.event("Newchannel", state: 0) + leg.rings)
    try await followed.arrived()
    let told = try #require(followed.reports.events.last)
    #expect(told.kind == .dialled && told.callID == "c" && told.direction == .outgoing)
    #expect(told.who == "03 88 20 21 22")
    #expect(try await followed.hear(leg.hangsUp()) == ["end normal out 03 88 20 21 22"])
    try await followed.stop()
  }

  /// Both ways of telling it: one call.
  @Test func aTelephoneThatRingsAfterItsToneIsOneCall() async throws {
    let news = try await story(
      begins(mine) + dial("DialState", mine, "PROGRESS") + mine.rings
        + dial("DialState", mine, "RINGING") + mine.goesUp + dial("DialEnd", mine, "ANSWER")
        + mine.hangsUp())
    #expect(news == ["ring in \(caller)", "answer in \(caller)", "end normal in \(caller)"])
  }
}
