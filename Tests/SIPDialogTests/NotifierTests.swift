import CallSources
import Telephony
import TestSupport
import Testing

/// sipp plays notifiers of all kinds, by UDP and TCP.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct NotifierTests {
  /// sipp as a server on a port of its own.
  private struct Notifier {
    let port: UInt16
    private let sipp: Child
    private let folder: TemporaryFolder

    init(_ scenario: String, _ transport: SIPAccount.Transport, calls: Int = 1) async throws {
      folder = try TemporaryFolder()
      port = try LoopbackPort.free()
      sipp = try Child(
        "sipp",
        [
          "-sf", SipCall.scenario(scenario), "-i", "127.0.0.1", "-p", "\(port)",
          "-t", transport == .udp ? "u1" : "t1", "-m", "\(calls)", "-nostdin",
          "-trace_err", "-error_file", folder.file("errors"),
        ], environment: ["TERM": "dumb"], output: folder.file("output"))
      try await LoopbackPort.isTaken(port)
    }

    /// Waits until the scenario is at its end; fails when anything else than it says has happened.
    func end() async throws {
      let status = try await sipp.status()
      guard status == 0 else {
        throw SipCall.Unexpected(description: contents(ofFile: folder.file("errors")))
      }
    }
  }

  /// Partial state, a gap, full state on demand, news that comes too late, the end and a new beginning.
  @Test(arguments: [SIPAccount.Transport.udp, .tcp])
  func changesAreFollowed(transport: SIPAccount.Transport) async throws {
    let notifier = try await Notifier("notify-changes", transport, calls: 2)
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
    let notifier = try await Notifier("notify-challenges", transport)
    let subscriber = try RunningSubscriber(port: notifier.port, transport: transport)
    try await subscriber.isDown("refuses the password of 1024")
    try await notifier.end()
    await subscriber.stop()
  }

  @Test(arguments: [SIPAccount.Transport.udp, .tcp])
  func badMessagesDoNotHideTheGoodOne(transport: SIPAccount.Transport) async throws {
    let notifier = try await Notifier("notify-badly", transport)
    let subscriber = try RunningSubscriber(port: notifier.port, transport: transport)
    try await subscriber.tells(["ring in 03 88 20 21 22"])
    try await notifier.end()
    await subscriber.stop()
  }

  @Test(arguments: [SIPAccount.Transport.udp, .tcp])
  func aServerWithoutDialogStateIsRefused(transport: SIPAccount.Transport) async throws {
    let notifier = try await Notifier("notify-never", transport)
    let subscriber = try RunningSubscriber(port: notifier.port, transport: transport)
    try await subscriber.isDown("does not offer dialog state (489")
    try await notifier.end()
    await subscriber.stop()
  }
}
