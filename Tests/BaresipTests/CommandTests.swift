import Baresip
import LauncherSupport
import Telephony
import TestSupport
import Testing

/// What the driver has the softphone do.
struct CommandTests {
  private func connected(
    _ phone: PlayedSoftphone = PlayedSoftphone()
  ) async throws -> (PlayedSoftphone, RunningDriver) {
    try await phone.start()
    let running = RunningDriver(port: phone.port)
    try await running.up()
    return (phone, running)
  }

  @Test(arguments: ["", "call uri: sip:0388202122@pbx.example call id: 4bf5bfd3018c733b\n"])
  func aNumberIsDialled(answer: String) async throws {
    let (phone, running) = try await connected()
    phone.answer { command in
      command.name == "dial"
        ? command.answer(answer) : PlayedSoftphone.version("4.9.0")(command)
    }
    let number = try #require(DialledNumber("+33388202122"))
    #expect(try await running.driver.dial(number) == nil)
    #expect(phone.commands.last?.name == "dial")
    #expect(phone.commands.last?.parameter == "+33388202122")
    await running.stop()
    try await phone.stop()
  }

  /// The softphone's commands are about its current call, so the call is made that one first.
  @Test func aCallIsTakenAndEndedByItsID() async throws {
    let (phone, running) = try await connected()
    try await running.driver.answer(callID: "a\"b\\c\u{7}")
    try await running.driver.hangUp(callID: "b")
    #expect(
      phone.commands.dropFirst(2).map { [$0.name, $0.parameter] } == [
        ["callfind", "a\"b\\c"], ["accept", nil], ["callfind", "b"], ["hangup", nil],
      ])
    await running.stop()
    try await phone.stop()
  }

  @Test func aCallThatIsGoneTakesNoOther() async throws {
    let (phone, running) = try await connected()
    let refused = await #expect(throws: DialError.self) {
      try await running.driver.hangUp(callID: "gone")
    }
    #expect(refused?.sentence == "baresip refused the command callfind: call not found (gone)")
    #expect(!phone.commands.contains { $0.name == "hangup" })
    await running.stop()
    try await phone.stop()
  }

  @Test func ordersDoNotMix() async throws {
    let (phone, running) = try await connected()
    let driver = running.driver
    try await withThrowingTaskGroup { group in
      for call in 0..<20 {
        group.addTask { try await driver.answer(callID: "\(call)") }
      }
      try await group.waitForAll()
    }
    let orders = phone.commands.dropFirst(2).map(\.name)
    #expect(orders == Array(repeating: ["callfind", "accept"], count: 20).flatMap { $0 })
    await running.stop()
    try await phone.stop()
  }

  @Test func withoutASoftphoneNothingIsDone() async throws {
    let (phone, running) = try await connected()
    try await phone.stop()
    try await running.down()
    let refused = await #expect(throws: DialError.self) {
      try await running.driver.answer(callID: "a")
    }
    #expect(refused?.sentence.contains("is not connected") == true)
    await running.stop()
  }

  @Test func aSoftphoneThatGoesBeforeItAnswersIsSaid() async throws {
    let (phone, running) = try await connected()
    phone.answer { _ in nil }
    let driver = running.driver
    let order = Task { try await driver.answer(callID: "a") }
    try await waitUntil("the command") { phone.commands.last?.name == "callfind" }
    try await phone.stop()
    let refused = await #expect(throws: DialError.self) { try await order.value }
    #expect(refused?.sentence.contains("did not answer the command callfind") == true)
    await running.stop()
  }

  @Test func aSoftphoneThatDoesNotAnswerIsSaid() async throws {
    let (phone, running) = try await connected()
    phone.answer { _ in nil }
    let driver = running.driver
    let order = Task { try await driver.answer(callID: "a") }
    try await waitUntil("the command") { phone.commands.last?.name == "callfind" }
    running.clock.allow(.max)
    let refused = await #expect(throws: DialError.self) { try await order.value }
    #expect(refused?.sentence.contains("did not answer the command callfind") == true)
    await running.stop()
    try await phone.stop()
  }
}
