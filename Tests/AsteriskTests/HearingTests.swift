import Asterisk
import LauncherSupport
import Telephony
import TestSupport
import Testing

/// A login is not a right: what the doctor learns of a manager's user.
struct HearingTests {
  /// What a manager sends of a trial: which events come through.
  enum Filter: Sendable { case nothing, all, own, noEnds, noBeginnings, refused }

  private static func answer(_ action: StandInManager.Action, _ filter: Filter) -> String {
    guard action["Action"] == "Originate" else { return StandInManager.accept(action) }
    guard filter != .refused else { return StandInManager.refuse(action, "Permission denied") }
    let (channel, id) = (action["Channel"] ?? "", action["ActionID"] ?? "")
    let isOwn = channel.hasPrefix("PJSIP/1024-")
    func event(_ name: String, _ half: Int) -> String {
      "Event: \(name)\r\nChannel: \(channel)-00000000;\(half)\r\nChannelState: 0\r\n"
        + "Uniqueid: t.\(half)\r\nLinkedid: t.1\r\n\r\n"
    }
    var text = StandInManager.accept(action)
    if !isOwn, [.all, .noEnds].contains(filter) {
      text += event("Newchannel", 1) + event("Newchannel", 2)
    }
    if !isOwn, [.all, .noBeginnings].contains(filter) {
      text += event("Hangup", 2) + event("Hangup", 1)
    }
    if filter != .nothing, isOwn || filter != .own {
      text +=
        "Event: OriginateResponse\r\nActionID: \(id)\r\nResponse: Failure\r\nReason: 0\r\n\r\n"
    }
    return text
  }

  @Test(arguments: [
    (Filter.all, Symptom.Weight.well, "was heard from beginning to end"),
    (.nothing, .mend, "hears of no call at all"), (.own, .mend, "hides the channels of others"),
    (.noEnds, .mend, "hides the ends of calls"), (.noBeginnings, .note, "hides the beginnings"),
    (.refused, .note, "it has no right originate"),
  ])
  func aTrialTellsWhatTheUserHears(
    filter: Filter, weight: Symptom.Weight, words: String
  ) async throws {
    let manager = StandInManager { Self.answer($0, filter) }
    let followed = try await FollowedStation.connected(manager)
    let examination = Task { await followed.source.examine() }
    try await soon("the trial") { manager.actions.count { $0["Action"] == "Originate" } == 2 }
    try await followed.arrived()
    // Where events are missing, they are waited for.
    if ![.all, .refused].contains(filter) { followed.time.advance(by: .seconds(3)) }
    let symptoms = await examination.value
    #expect(symptoms.first?.weight == weight)
    #expect(symptoms.first?.sentence.contains(words) == true, "\(symptoms)")
    // Nothing of it is a call of the station.
    #expect(followed.story == [])
    try await followed.stop()
    #expect(followed.source.abilities.contains(.dialling) == (filter != .refused))
  }

  /// Channels are listed again from time to time: a filter that hides their ends, or all of them, shows.
  @Test func channelsThatNobodyToldOfAreNoticed() async throws {
    let manager = StandInManager()
    let followed = try await FollowedStation.connected(manager)
    #expect(followed.source.symptoms == [])
    let mine = Leg.station("1", in: "c")
    let gone = Leg.station("2", in: "d", at: "1025")
    _ = try await followed.hear(mine.rings + gone.rings)
    let strange = Leg.station("3", in: "e", at: "1026")
      .event("CoreShowChannel", state: 6, "Duration: 00:04:00")
    let channels = mine.event("CoreShowChannel", state: 5, "Duration: 00:02:00") + strange
    manager.answer { StandInManager.accept($0, channels: channels) }
    for round in 1...6 {
      try await soon("the next look") { followed.time.nextWake != nil }
      followed.time.advance(by: .seconds(30))
      try await soon("question \(round)") { manager.looks == 2 + round }
      try await followed.arrived()
    }
    try await soon("two notices", instead: "\(followed.source.symptoms)") {
      followed.source.symptoms.count == 2
    }
    #expect(followed.source.symptoms.allSatisfy { $0.weight == .mend })
    #expect(followed.story.allSatisfy { $0 == "ring in 03 88 20 21 22 Dupont SA" })
    try await followed.stop()
  }

  /// A filter lets beginnings and ends through, and hides that it rings.
  @Test func channelsThatNeverRingAreNoticed() async throws {
    let followed = try await FollowedStation.connected()
    let calls = (1...4).map { Leg.station("\($0)", in: "c\($0)").hangsUp() }
    #expect(try await followed.hear(calls.joined()) == [])
    #expect(followed.source.symptoms.first?.weight == .mend)
    #expect(followed.source.symptoms.first?.sentence.contains("(Newstate)") == true)
    try await followed.stop()
  }

  /// The end of a call that rings is hidden: the line does not ring for ever.
  @Test func aRingWhoseEndIsHiddenIsOverAllTheSame() async throws {
    let followed = try await FollowedStation.connected()
    _ = try await followed.hear(Leg.station("1", in: "c").rings)
    for round in 1...4 {
      try await soon("the next look") { followed.time.nextWake != nil }
      followed.time.advance(by: .seconds(30))
      try await soon("question \(round)") { followed.manager.looks == 2 + round }
      try await followed.arrived()
    }
    try await soon("the end of the ring", instead: "\(followed.story)") {
      followed.story.last == "vanish in 03 88 20 21 22 Dupont SA"
    }
    try await followed.stop()
  }

  /// Asterisk does not come back: a call that was answered is over, as far as anybody can tell.
  @Test func aCallIsGivenUpWhenAsteriskStaysAway() async throws {
    let manager = StandInManager()
    let followed = try await FollowedStation.connected(manager)
    let talk = Leg.station("1", in: "a")
    let ring = Leg.station("2", in: "b", from: "0199004567")
    _ = try await followed.hear(talk.rings + talk.goesUp + ring.rings)
    try await manager.stop()
    _ = try await followed.down()
    for round in 1...9 where followed.events.count < 2 {
      try await soon("failure \(round)") {
        followed.health.count == round && followed.time.nextWake != nil
      }
      guard case .down(_, _, let next?) = followed.health.last else { break }
      followed.time.advance(by: .milliseconds(next - followed.time.moment))
    }
    try await soon("the ends", instead: "\(followed.story)") { followed.events.count == 2 }
    #expect(
      Set(followed.story) == [
        "end failed in 03 88 20 21 22 Dupont SA", "vanish in 01 99 00 45 67 Dupont SA",
      ])
    await followed.leave()
  }
}
