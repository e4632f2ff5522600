import Asterisk
import LauncherSupport
import PhoneNumbers
import Telephony
import TestSupport

/// A source that follows stations at a ``StandInManager``.
final class FollowedStation: Sendable {
  let manager: StandInManager
  let source: AsteriskSource
  let time = TestClock(pauses: 0)
  private let heard: HeardSource

  /// Follows `station`, and the devices in `names` where they are others.
  init(
    _ manager: StandInManager, station: String? = "1024", names: [String] = [],
    technology: String = "PJSIP", context: String = "internal", secret: String = "geheim",
    security: AsteriskManager.Security = .none, address: String = "127.0.0.1"
  ) {
    self.manager = manager
    let time = time
    source = AsteriskSource(
      AsteriskManager(
        address: address, port: manager.port, user: "screenpop", secret: secret,
        security: security, technology: technology, context: context, stations: names),
      station: station, plan: NumberPlan(), now: { time.moment }, clock: time)
    heard = HeardSource(source)
  }

  /// A manager with nothing else than usual, and a source that has logged in there.
  static func connected(
    _ manager: StandInManager = StandInManager(), station: String? = "1024", names: [String] = [],
    technology: String = "PJSIP"
  ) async throws -> FollowedStation {
    try await manager.start()
    let station = FollowedStation(
      manager, station: station, names: names, technology: technology)
    try await station.settled()
    return station
  }

  var reports: [SourceReport] { heard.reports }

  /// What was told of calls: that the station rings for one of its own is none.
  var events: [CallEvent] { reports.events.filter { $0.kind != .dialled } }

  /// The events in short: `ring in 03 88 20 21 22 Dupont SA`.
  var story: [String] { events.map(Self.words) }

  /// The events since the last time that somebody asked.
  func news() -> [String] { heard.news().events.filter { $0.kind != .dialled }.map(Self.words) }

  /// An event in short.
  static func words(_ event: CallEvent) -> String {
    let name = event.caller.name.map { " " + $0 } ?? ""
    return "\(event.what) \(event.direction?.rawValue ?? "?") \(event.who)\(name)"
  }

  var health: [SourceHealth] { reports.healths }

  /// The sentence of a source that is down or off.
  var reason: String? { reports.reason }

  /// Waits until all that the manager sent has come and was handled, the list of channels at least.
  func settled() async throws {
    let manager = manager
    try await soon("the list of channels", instead: "\(reports)") {
      manager.actions.contains { $0["Action"] == "CoreShowChannels" }
    }
    try await arrived()
  }

  /// Waits until all that the manager sent has come and was handled.
  func arrived() async throws {
    try await received()
    let source = source
    try await soon("what waits for answers", instead: "\(source.counts)") {
      source.counts.held == 0
    }
  }

  /// Waits until all that the manager sent has come; answers that it does not give are waited for.
  func received() async throws {
    let manager = manager
    try await soon("\(manager.sent) bytes", instead: "\(source.counts) \(reports)") {
      source.counts.bytes >= manager.sent
    }
  }

  /// Plays a text to the source, and waits until it was handled; what it reported then.
  func hear(_ text: String) async throws -> [String] {
    _ = news()
    try await manager.play(text)
    try await arrived()
    return news()
  }

  /// Waits until the source is down, or off; the sentence.
  func down() async throws -> String {
    try await soon("a source that is down", instead: "\(reports)") { reason != nil }
    return reason ?? ""
  }

  /// Ends the source; the manager stays.
  func leave() async { await heard.stop() }

  func stop() async throws {
    await leave()
    try await manager.stop()
  }
}

/// Waits until `holds`, as `waitUntil`, but looks at once again: what is waited for takes microseconds,
/// and thousands of times.
func soon(
  _ what: String, instead: @autoclosure () -> String = "", _ holds: () -> Bool
) async throws {
  for _ in 0..<2_000 where !holds() { await Task.yield() }
  try await waitUntil(what, instead: instead()) { holds() }
}
