import Baresip
import LauncherSupport
import Telephony
import TestSupport
import Testing

/// The driver's connection: made, refused, lost and made again.
struct ConnectionTests {
  private let ring = """
    {"event":true,"type":"CALL_INCOMING","direction":"incoming","peeruri":"sip:0388202122@pbx","id":"a"}
    """

  @Test func aSoftphoneIsGreetedAndHeard() async throws {
    let phone = PlayedSoftphone(
      PlayedSoftphone.version(
        "3.15.0", calls: "> [line 1]  0:00:05  ESTABLISHED   sip:0199001111@pbx\n"))
    try await phone.start()
    let running = RunningDriver(port: phone.port)
    try await running.up()
    phone.say(raw: try Capture.cancelled.bytes())
    try await running.events(3)
    #expect(
      running.story == [
        "answer 01 99 00 11 11", "ring 03 88 20 21 22", "end missed 03 88 20 21 22",
      ])
    #expect(phone.commands.map(\.name) == ["about", "listcalls"])
    await running.stop()
    try await phone.stop()
  }

  @Test(arguments: ["0.6.6", "5.1.0"])
  func anUnsupportedVersionIsRefusedForGood(version: String) async throws {
    let phone = PlayedSoftphone(PlayedSoftphone.version(version))
    try await phone.start()
    let running = RunningDriver(port: phone.port)
    try await running.health("refused") { if case .down(_, _, nil) = $0 { true } else { false } }
    #expect(
      running.reasons == [
        "baresip \(version) is not supported, only 1.0 to 4.x: install one of those"
      ])
    running.clock.allow(10)
    await running.stop()
    #expect(phone.accepted == 1)
    try await phone.stop()
  }

  @Test func whatIsNoSoftphoneIsSaid() async throws {
    let phone = PlayedSoftphone { _ in nil }
    try await phone.start()
    let running = RunningDriver(port: phone.port)
    try await waitUntil("a command") { !phone.commands.isEmpty }
    phone.answer { $0.answer("command not found (about)", isDone: false) }
    phone.say(raw: Array("SSH-2.0-OpenSSH_9.2\r\n".utf8))
    try await running.down()
    for (count, answer) in ["Asterisk", "no"].enumerated() {
      phone.answer { $0.answer(answer, isDone: answer != "no") }
      running.clock.allow(1)
      try await waitUntil("the next try", instead: "\(running.reports)") {
        running.reasons.count == count + 2
      }
    }
    let place = "127.0.0.1:\(phone.port)"
    #expect(
      running.reasons == [
        "\(place) sends what is no netstring: check that this is the port of ctrl_tcp",
        "\(place) does not answer as baresip does: check the address and the port",
        "baresip at \(place) does not know the command about: load its module menu",
      ])
    #expect(running.story.isEmpty)
    await running.stop()
    try await phone.stop()
  }

  @Test func aSoftphoneThatSaysNothingIsGivenUp() async throws {
    let phone = PlayedSoftphone { _ in nil }
    try await phone.start()
    let running = RunningDriver(port: phone.port)
    try await waitUntil("a command") { !phone.commands.isEmpty }
    phone.say(ring)
    running.clock.allow(1)
    try await running.down()
    #expect(running.reasons.last?.contains("does not answer") == true)
    #expect(running.story.isEmpty)
    await running.stop()
    try await phone.stop()
  }

  @Test func triesComeLessAndLessOften() async throws {
    let phone = PlayedSoftphone()
    try await phone.start()
    try await phone.stop()
    let running = RunningDriver(port: phone.port)
    for count in 1...9 {
      try await waitUntil("try \(count)", instead: "\(running.reports)") {
        running.reasons.count == count
      }
      running.clock.allow(1)
    }
    #expect(
      running.clock.pauses.prefix(9).map { Int($0 / .seconds(1)) } == [
        1, 2, 4, 8, 16, 32, 60, 60, 60,
      ])
    #expect(running.reasons.allSatisfy { $0.contains("could not be reached (Connection refused)") })
    let since = running.healths.compactMap {
      if case .down(_, let since, _) = $0 { since } else { nil }
    }
    #expect(Set(since).count == 1)

    try await waitUntil("the last try") { running.reasons.count == 10 }
    try await phone.start()
    running.clock.allow(1)
    try await running.up()
    await running.stop()
    try await phone.stop()
  }

  /// Calls that went on meanwhile are known again; those that are gone are over.
  @Test func aSoftphoneThatIsRestartedIsHeardAgain() async throws {
    let phone = PlayedSoftphone()
    try await phone.start()
    let running = RunningDriver(port: phone.port)
    try await running.up()
    phone.say(ring)
    phone.say(ring.replacing("CALL_INCOMING", with: "CALL_ESTABLISHED"))
    try await running.events(2)
    try await phone.stop()
    try await running.down()
    phone.answer(
      PlayedSoftphone.version(
        "1.0.0", calls: "> [line 1]  0:00:00  INCOMING   sip:0199001111@pbx\n"))
    try await phone.start()
    running.clock.allow(1)
    try await running.up()
    try await running.events(4)
    #expect(running.story.suffix(2) == ["end lost 03 88 20 21 22", "ring 01 99 00 11 11"])
    await running.stop()
    try await phone.stop()
  }

  /// Two programs that take the control port from each other do not do so every second for good.
  @Test func aConnectionThatIsTakenAwayIsMadeLessAndLessOften() async throws {
    let phone = PlayedSoftphone()
    try await phone.start()
    let running = RunningDriver(port: phone.port)
    for count in 1...4 {
      try await waitUntil("connection \(count)") {
        running.healths.filter { $0 == .up }.count == count
      }
      phone.dropConnections()
      try await waitUntil("loss \(count)") { running.reasons.count == count }
      running.clock.allow(1)
    }
    let pauses = running.clock.pauses.map { Int($0 / .seconds(1)) }
    // The time limits for the greetings are pauses too, of 5 s.
    #expect(pauses.filter { $0 != 5 }.prefix(4) == [1, 2, 4, 8])
    await running.stop()
    try await phone.stop()
  }

  @Test func aNonsensicalMessageIsPassedOver() async throws {
    let phone = PlayedSoftphone()
    try await phone.start()
    let running = RunningDriver(port: phone.port)
    try await running.up()
    let large = [UInt8](repeating: 0x5B, count: NetstringReader.longest + 1)
    phone.say("{")
    phone.say(#"{"response":true,"ok":true,"token":"99"}"#)
    phone.say(raw: Array("\(large.count):".utf8) + large + Array(",".utf8))
    phone.say(ring)
    try await running.events(1)
    #expect(running.healths == [.up])
    await running.stop()
    try await phone.stop()
  }
}
