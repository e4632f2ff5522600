import TestSupport
import Testing

/// The whole chain on real parts: sipp rings Twinkle, Twinkle runs the launcher, the window on a tmux
/// screen shows the number and the name, and the journal keeps what became of the call.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct ChainTests {
  private let site: OperatorSite

  init() async throws { site = try await OperatorSite() }

  @Test(arguments: ["0388202122", "+33388202122"])
  func aCallerWhoGivesUpIsMissed(number: String) async throws {
    let caller = try await site.call(.ringThenCancel, from: number)
    try await site.window.wait(for: "03 88 20 21 22")
    try await site.window.wait(for: "Dupont SA")

    try await site.window.press("Enter", until: "12 rue des Tanneurs")
    try await caller.hangUp()

    let call = try await site.workplace.onlyCall("missed") { $0.outcome == "missed" }
    #expect(call.number == "+33388202122")
    #expect(call.name == "Dupont SA")
    #expect(call.code == "C00123")
    #expect(call.duration == nil)
  }

  @Test func anAnsweredCallLastsUntilTheCallerHangsUp() async throws {
    let caller = try await site.call(.ringAnswerBye, from: "0388202122")
    try await site.window.wait(for: "Dupont SA")
    try await site.phone.command("answer")
    try await caller.wait(for: "answered")
    let running = try await site.workplace.onlyCall("answered") { $0.outcome == "answered" }
    #expect(running.duration == nil)

    try await caller.hangUp()
    let call = try await site.workplace.onlyCall("ended") { $0.duration != nil }
    #expect(call.outcome == "answered")
    #expect(call.code == "C00123")
  }

  /// The softphone's own BYE is From the station: only the call's id says which call has ended.
  @Test func anAnsweredCallLastsUntilTheOperatorHangsUp() async throws {
    let caller = try await site.call(.ringAnswerReleased, from: "0388202122")
    try await site.phone.command("answer")
    try await caller.wait(for: "answered")
    _ = try await site.workplace.onlyCall("answered") { $0.outcome == "answered" }

    // Before the caller's ACK the phone has no call to end.
    try await site.phone.wait(for: "call established.")
    try await site.phone.command("bye")
    try await caller.end()
    let call = try await site.workplace.onlyCall("ended") { $0.duration != nil }
    #expect(call.outcome == "answered")
    #expect(call.number == "+33388202122")
  }

  /// Twinkle tells a refusal from a caller who gave up by the status alone: 486, not 487.
  @Test func aCallThatTheOperatorRefusesIsRejected() async throws {
    let caller = try await site.call(.ringThenRefused, from: "0388202122")
    try await site.window.wait(for: "Dupont SA")
    try await site.phone.command("reject")
    try await caller.end()

    let call = try await site.workplace.onlyCall("rejected") { $0.outcome == "rejected" }
    #expect(call.duration == nil)
  }

  /// Twinkle rings with the name that the window answered, not with the one that came with the call.
  @Test func thePhoneShowsTheNameOfTheStore() async throws {
    let caller = try await site.call(.ringThenCancel, from: "0388202122", name: "Somebody")
    try await site.phone.wait(for: "Dupont SA")
    try await caller.hangUp()
  }

  @Test func aNumberOfSeveralPartiesShowsThemAll() async throws {
    let caller = try await site.call(.ringThenCancel, from: "0199004567")
    for name in ["Garage Muller", "Muller Location", "Transports Schmitt"] {
      try await site.window.wait(for: name)
    }
    try await caller.hangUp()
  }

  @Test func aWithheldNumberIsNobodys() async throws {
    let caller = try await site.call(.ringThenCancel, from: "anonymous", name: "Anonymous")
    try await caller.hangUp()

    let call = try await site.workplace.onlyCall("missed") { $0.outcome == "missed" }
    #expect(call.number == nil)
    #expect(call.code == nil)
  }
}
