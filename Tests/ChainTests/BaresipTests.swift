import TestSupport
import Testing

/// The whole chain on a real softphone that the window follows: sipp rings baresip, baresip tells the
/// window, and the window answers and hangs up by baresip.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct BaresipTests {
  private let workplace: Workplace

  init() async throws { workplace = try await Workplace() }

  /// A window that follows the phone, and has said so.
  private func follow(
    _ phone: BaresipPhone, _ configuration: String = ""
  ) async throws -> TmuxScreen {
    try workplace.configure(configuration + phone.configuration)
    let window = try await workplace.openWindow(width: 120)
    try await window.wait(for: "● softphone")
    return window
  }

  private func call(
    _ phone: BaresipPhone, _ scenario: SipCaller.Scenario, from number: String = "0388202122",
    id: String = "one"
  ) async throws -> SipCaller {
    let caller = try SipCaller(
      scenario, from: number, name: "Caller", to: "1024", phonePort: phone.port, callID: id)
    try await caller.wait(for: "ringing")
    return caller
  }

  @Test func aCallerWhoGivesUpIsMissed() async throws {
    let phone = try await BaresipPhone(station: "1024", in: workplace.folder)
    let window = try await follow(phone)
    let caller = try await call(phone, .ringThenCancel)
    try await window.wait(for: "03 88 20 21 22")
    try await window.wait(for: "Dupont SA")
    try await caller.hangUp()
    let call = try await workplace.onlyCall("missed") { $0.outcome == "missed" }
    #expect(call.number == "+33388202122")
    #expect(call.code == "C00123")
  }

  @Test func aCallIsAnsweredFromTheWindow() async throws {
    let phone = try await BaresipPhone(station: "1024", in: workplace.folder)
    let window = try await follow(phone)
    let caller = try await call(phone, .ringAnswerBye)
    try await window.wait(for: "R answer")
    try await window.press("R", until: "On the line")
    try await caller.wait(for: "answered")
    try await caller.hangUp()
    let call = try await workplace.onlyCall("ended") { $0.duration != nil }
    #expect(call.outcome == "answered")
  }

  @Test func aCallIsEndedFromTheWindow() async throws {
    let phone = try await BaresipPhone(station: "1024", in: workplace.folder)
    let window = try await follow(phone)
    let caller = try await call(phone, .ringAnswerReleased)
    try await window.wait(for: "Dupont SA")
    try phone.command("/accept")
    try await caller.wait(for: "answered")
    try await window.wait(for: "On the line")
    try await window.press("H")
    try await caller.end()
    let call = try await workplace.onlyCall("ended") { $0.duration != nil }
    #expect(call.outcome == "answered")
  }

  @Test func aCallIsRefusedFromTheWindow() async throws {
    let phone = try await BaresipPhone(station: "1024", in: workplace.folder)
    let window = try await follow(phone)
    let caller = try await call(phone, .ringThenRefused)
    try await window.wait(for: "Dupont SA")
    try await window.press("H")
    try await caller.end()
    try await workplace.onlyCall("rejected") { $0.outcome == "rejected" && $0.duration == nil }
  }

  /// The operator talks to one and takes the other out of two that ring.
  @Test func ofSeveralCallsTheSelectedOneIsMeant() async throws {
    let phone = try await BaresipPhone(station: "1024", in: workplace.folder)
    let window = try await follow(phone)
    let first = try await call(phone, .ringThenRefused, from: "0388202122", id: "one")
    try await window.wait(for: "Dupont SA")
    let second = try await call(phone, .ringThenCancel, from: "0199001111", id: "two")
    try await window.wait(for: "01 99 00 11 11")
    try await window.press("1")
    try await window.press("H")
    try await first.end()
    try await workplace.journal(until: "one refused") {
      $0.map(\.outcome).sorted() == ["rejected", "ringing"]
    }
    try await second.hangUp()
    try await workplace.journal(until: "one missed") {
      $0.map(\.outcome).sorted() == ["missed", "rejected"]
    }
  }

  @Test func aSecondCallIsKeptQuietWhileTheStationIsBusy() async throws {
    let phone = try await BaresipPhone(station: "1024", in: workplace.folder)
    let window = try await follow(phone, "inhibit_busy = true\n")
    let first = try await call(phone, .ringAnswerBye, from: "0388202122", id: "one")
    try await window.wait(for: "Dupont SA")
    try phone.command("/accept")
    try await first.wait(for: "answered")
    try await window.wait(for: "On the line")
    let second = try await call(phone, .ringThenCancel, from: "0199001111", id: "two")
    try await workplace.journal(until: "a busy line") {
      $0.contains { $0.outcome == "inhibited" && $0.reason == "busy" }
    }
    try await second.hangUp()
    try await first.hangUp()
    let calls = try await workplace.journal(until: "both ends") {
      $0.contains { $0.outcome == "missed" && $0.reason == "busy" }
        && $0.contains { $0.outcome == "answered" && $0.duration != nil }
    }
    #expect(calls.count == 2)
  }

  /// A softphone that dies takes its call along; started again, it is heard again.
  @Test func aSoftphoneThatDiesIsFollowedAgain() async throws {
    let phone = try await BaresipPhone(station: "1024", in: workplace.folder)
    let window = try await follow(phone)
    let lost = try await call(phone, .ringAnswerBye, id: "one")
    try await window.wait(for: "Dupont SA")
    try phone.command("/accept")
    try await lost.wait(for: "answered")
    phone.kill()
    try await window.wait(for: "○ softphone")
    try await phone.start()
    try await window.wait(for: "● softphone")
    try await workplace.onlyCall("ended") { $0.outcome == "answered" && $0.duration != nil }
    let caller = try await call(phone, .ringThenCancel, from: "0199001111", id: "two")
    try await window.wait(for: "01 99 00 11 11")
    try await caller.hangUp()
    try await workplace.journal(until: "the second call") { $0.last?.outcome == "missed" }
  }
}
