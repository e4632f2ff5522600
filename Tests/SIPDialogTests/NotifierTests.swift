import SIP
import Telephony
import TestSupport
import Testing

/// sipp plays notifiers of all kinds, by UDP and TCP.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct NotifierTests {
  /// sipp as a server on a port of its own.
  private func notifier(
    _ scenario: String, _ transport: SIPAccount.Transport, calls: Int = 1
  ) async throws -> Sipp {
    let sipp = try Sipp(SipCall.scenario(scenario), overTCP: transport == .tcp, calls: calls)
    try await LoopbackPort.isTaken(sipp.port)
    return sipp
  }

  /// Partial state, a gap, full state on demand, news that comes too late, the end and a new beginning.
  @Test(arguments: [SIPAccount.Transport.udp, .tcp])
  func changesAreFollowed(transport: SIPAccount.Transport) async throws {
    let notifier = try await notifier("notify-changes", transport, calls: 2)
    let subscriber = try RunningSubscriber(port: notifier.port, transport: transport)
    let story = [
      "ring in 03 88 20 21 22", "answer in 03 88 20 21 22", "ring in 01 99 00 45 67",
      "end normal in 03 88 20 21 22", "end missed in 01 99 00 45 67",
    ]
    // In each of two subscriptions.
    try await subscriber.tells(story + story)
    try await notifier.end()
    await subscriber.stop()
  }

  @Test(arguments: [SIPAccount.Transport.udp, .tcp])
  func aDemandForThePasswordThatNeverEndsIsGivenUp(
    transport: SIPAccount.Transport
  ) async throws {
    let notifier = try await notifier("notify-challenges", transport)
    let subscriber = try RunningSubscriber(port: notifier.port, transport: transport)
    try await subscriber.isDown("refuses the password of 1024")
    try await notifier.end()
    await subscriber.stop()
  }

  @Test(arguments: [SIPAccount.Transport.udp, .tcp])
  func badMessagesDoNotHideTheGoodOne(transport: SIPAccount.Transport) async throws {
    let notifier = try await notifier("notify-badly", transport)
    let subscriber = try RunningSubscriber(port: notifier.port, transport: transport)
    try await subscriber.tells(["ring in 03 88 20 21 22"])
    try await notifier.end()
    await subscriber.stop()
  }

  @Test(arguments: [SIPAccount.Transport.udp, .tcp])
  func aServerWithoutDialogStateIsRefused(transport: SIPAccount.Transport) async throws {
    let notifier = try await notifier("notify-never", transport)
    let subscriber = try RunningSubscriber(port: notifier.port, transport: transport)
    try await subscriber.isDown("does not offer dialog state (489")
    try await notifier.end()
    await subscriber.stop()
  }
}
