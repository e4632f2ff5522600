import Foundation
import TestSupport
import Testing

/// The whole program at the stand-in for Asterisk.
struct WindowTests {
  /// A place whose window follows the manager.
  static func place(
    at manager: StandInManager, mode: Int = 0o600, more: String = ""
  ) async throws -> Workplace {
    try await manager.start()
    let workplace = try await Workplace()
    let secret = try workplace.folder.write("geheim\n", to: "secret")
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: secret)
    try workplace.configure(
      """
      \(more)
      [asterisk]
      address = "localhost"
      port = \(manager.port)
      user = "screenpop"
      secret_file = "\(secret)"
      context = "internal"
      """)
    return workplace
  }

  @Test func aMorningAtTheTelephone() async throws {
    let manager = StandInManager()
    let workplace = try await Self.place(at: manager, more: "inhibit_busy = true")
    let window = try await workplace.openWindow()
    try await window.wait(for: "● asterisk")
    #expect(manager.actions.first?["Secret"] == "geheim")

    let mine = Leg.station("1", in: "a")
    try await manager.play(mine.rings)
    try await window.wait(for: "Incoming call")
    try await window.wait(for: "Dupont SA")
    try await manager.play(mine.goesUp)
    try await window.wait(for: "On the line")

    let second = Leg.station("2", in: "b", from: "0199004567", name: "Garage Muller")
    try await manager.play(second.rings)
    try await workplace.journal(until: "a quiet call") {
      $0.last?.reason == "busy" && $0.last?.outcome == "inhibited"
    }
    try await manager.play(second.dialEnds("CANCEL") + second.hangsUp())
    try await workplace.journal(until: "a missed call") { $0.last?.outcome == "missed" }
    try await manager.play(mine.hangsUp())
    try await workplace.journal(until: "a call that was answered") {
      $0.first?.outcome == "answered" && $0.first?.duration != nil
    }

    try await manager.play(CaptureTests.bytes("group-answered-elsewhere"))
    try await workplace.journal(until: "one that a colleague took") {
      $0.last?.outcome == "answered-elsewhere"
    }
    try await window.wait(for: "answered elsewhere")

    // Its own calls make the station busy, and do not come up.
    let own = Leg(channel: "PJSIP/1024-000000c1", id: "o", call: "o", exten: "0199009999")
    try await manager.play(own.begins)
    let third = Leg.station("3", in: "d", from: "0261910001", name: "<unknown>")
    try await manager.play(third.rings)
    // Both lines may be of one millisecond.
    try await workplace.journal(until: "another quiet call") {
      $0.contains { $0.reason == "busy" && $0.number == "+33261910001" }
    }

    manager.hangUp()
    try await window.wait(for: "○ asterisk")
    try await window.wait(for: "● asterisk")
    try await manager.stop()
  }

  @Test func aNumberIsDialled() async throws {
    let manager = StandInManager { action in
      let answer = StandInManager.accept(action)
      guard action["Action"] == "Originate" else { return answer }
      return answer + "Event: OriginateResponse\r\nActionID: \(action["ActionID"] ?? "")\r\n"
        + "Response: Failure\r\nReason: 5\r\n\r\n"
    }
    let workplace = try await Self.place(
      at: manager, more: "outside_prefix = \"0\"\ndial.through = \"asterisk\"")
    let window = try await workplace.openWindow()
    try await window.wait(for: "● asterisk")
    try await manager.play(CaptureTests.bytes("cancelled"))
    try await workplace.onlyCall("missed") { $0.outcome == "missed" }
    try await window.press("Tab")
    try await window.press("d", until: "PJSIP/1024 is busy")
    let call = try #require(manager.actions.last { $0["Action"] == "Originate" })
    #expect(call["Exten"] == "00388202122")
    #expect(call["Channel"] == "PJSIP/1024")
    try await manager.stop()
  }

  @Test func aSecretThatOthersMayReadIsRefused() async throws {
    let manager = StandInManager()
    let workplace = try await Self.place(at: manager, mode: 0o644)
    let refused = try await workplace.screenpop("watch", "--station", "1024")
    #expect(refused.status == 78)
    #expect(refused.output.contains("others than its owner may read"))
    #expect(manager.accepted == 0)
    try await manager.stop()
  }
}
