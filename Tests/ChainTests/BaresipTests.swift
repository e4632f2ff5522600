import Baresip
import PhoneNumbers
import Telephony
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
    try await window.wait(for: "● baresip")
    return window
  }

  private func call(
    _ phone: BaresipPhone, _ scenario: SipCaller.Scenario, from number: String = "0388202122",
    station: String = "1024", id: String = "one"
  ) async throws -> SipCaller {
    let caller = try SipCaller(
      scenario, from: number, name: "Caller", to: station, phonePort: phone.port, callID: id)
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
    try await window.wait(for: "○ baresip")
    try await phone.start()
    try await window.wait(for: "● baresip")
    // How long it went on, nobody knows.
    try await workplace.onlyCall("ended") { $0.outcome == "answered" && $0.reason != nil }
    let caller = try await call(phone, .ringThenCancel, from: "0199001111", id: "two")
    try await window.wait(for: "01 99 00 11 11")
    try await caller.hangUp()
    try await workplace.journal(until: "the second call") { $0.last?.outcome == "missed" }
  }

  /// A call that the operator makes on the phone comes up nowhere, and makes the station busy.
  @Test func aCallOutMakesTheStationBusy() async throws {
    let callee = try SipCallee()
    let phone = try await BaresipPhone(
      station: "1024", outbound: callee.port, in: workplace.folder)
    let window = try await follow(phone, "inhibit_busy = true\n")
    try phone.command("/dial 0199004567")
    try await workplace.onlyCall("going out") {
      $0.outcome == "answered" && $0.reason == "outgoing" && $0.number == "+33199004567"
    }
    let caller = try await call(phone, .ringThenCancel)
    try await workplace.journal(until: "a busy line") { $0.contains { $0.reason == "busy" } }
    try await caller.hangUp()
    try phone.command("/hangup")
    try await workplace.journal(until: "the end of the call out") {
      $0.contains { $0.reason == "outgoing" && $0.duration != nil }
    }
    #expect(try await !window.text().contains("Incoming call"))
  }

  @Test func aMissedCallIsCalledBackFromTheWindow() async throws {
    let callee = try SipCallee()
    let phone = try await BaresipPhone(
      station: "1024", outbound: callee.port, in: workplace.folder)
    let window = try await follow(phone, "[dial]\nthrough = \"baresip\"\n")
    let caller = try await call(phone, .ringThenCancel)
    try await window.wait(for: "Dupont SA")
    try await caller.hangUp()
    try await window.wait(for: "missed")
    try await window.press("Tab")
    try await window.press("d")
    try await workplace.journal(until: "the call back") {
      $0.contains { $0.reason == "outgoing" && $0.outcome == "answered" && $0.code == "C00123" }
    }
  }

  /// `screenpop dial` takes the softphone from the window for a moment, and the window learns of the call when it
  /// comes back.
  @Test func aCallThatTheCommandDialsComesUpNowhere() async throws {
    let callee = try SipCallee()
    let phone = try await BaresipPhone(
      station: "1024", outbound: callee.port, in: workplace.folder)
    let window = try await follow(phone, "[dial]\nthrough = \"baresip\"\n")
    let done = try await workplace.screenpop("dial", "03 88 20 21 22")
    #expect(done.status == 0, "\(done)")
    try await workplace.onlyCall("going out") {
      $0.outcome == "answered" && $0.reason == "outgoing" && $0.number == "+33388202122"
    }
    try await window.wait(for: "● baresip")
    #expect(try await !window.text().contains("Incoming call"))
    try phone.command("/hangup")
    try await workplace.onlyCall("over") { $0.outcome == "answered" && $0.duration != nil }
  }

  @Test func aNumberIsDialledByTheDriver() async throws {
    let callee = try SipCallee()
    let phone = try await BaresipPhone(
      station: "1024", outbound: callee.port, in: workplace.folder)
    let driver = BaresipDriver(
      address: "127.0.0.1", port: Int(phone.controlPort), plan: NumberPlan(),
      now: { Moment(milliseconds: 0) })
    let (reports, teller) = AsyncStream<SourceReport>.makeStream()
    let running = Task { await driver.run { teller.yield($0) } }
    defer { running.cancel() }
    var kinds: [CallEvent.Kind] = []
    for await report in reports {
      switch report {
      case .health(_, .up):
        #expect(try await driver.dial(try #require(DialledNumber("+33199004567"))) == nil)
      case .event(let event):
        #expect(event.direction == .outgoing)
        #expect(event.caller.text == "01 99 00 45 67")
        kinds.append(event.kind)
        if event.kind == .answer, let id = event.callID { try await driver.hangUp(callID: id) }
      case .health: break
      }
      if kinds.last == .end(.normal) { break }
    }
    #expect(kinds == [.ring, .answer, .end(.normal)])
  }

  /// Two stations ring for one caller. The one who is too late reads of a missed call: the softphone
  /// says the same of a caller who gave up.
  @Test func ofTwoStationsThatRingOneTakesTheCall() async throws {
    let phones = [
      try await BaresipPhone(station: "1024", in: workplace.folder),
      try await BaresipPhone(station: "1025", in: workplace.folder),
    ]
    let first = try await follow(phones[0])
    var neighbour = workplace
    neighbour.environment["XDG_CONFIG_HOME"] = try workplace.folder.folder("config-1025")
    try workplace.folder.folder("config-1025/screenpop")
    try workplace.folder.write(
      phones[1].configuration, to: "config-1025/screenpop/config.toml")
    let second = try await neighbour.openWindow(station: "1025", width: 120)
    try await second.wait(for: "● baresip")

    let callers = [
      try await call(phones[0], .ringAnswerBye, id: "one"),
      try await call(phones[1], .ringThenCancel, station: "1025", id: "two"),
    ]
    for window in [first, second] { try await window.wait(for: "Dupont SA") }
    try await first.press("R", until: "On the line")
    try await callers[0].wait(for: "answered")
    try await callers[1].hangUp()
    try await second.wait(for: "missed")
    try await callers[0].hangUp()
    let calls = try await workplace.journal(until: "both calls") {
      $0.count == 2 && $0.contains { $0.duration != nil }
    }
    #expect(calls.map(\.outcome).sorted() == ["answered", "missed"])
  }
}
