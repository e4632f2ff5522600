import Synchronization
import Telephony

/// Reads the events of all relays out of Redis, and hands them to those who listen here.
///
/// A stream and not a subscription: what was told while the connection was broken, or before this relay was
/// started, is read afterwards (XREAD; the history of R29 is the same on every relay).
final class EventReader: Sendable {
  /// How long Redis holds an answer back when there is nothing to tell [ms].
  private static let hold: Int64 = 2_000
  /// How many events are read at once.
  private static let batch = 256

  private let location: RedisLocation
  private let bell = Bell()
  private let now: @Sendable () -> Moment
  private let hear: @Sendable (_ event: CallRecord, _ settles: Bool) -> Void
  private let ready = Atomic(false)

  /// - Parameter hear: Takes each event, in the order in which they were told.
  init(
    _ location: RedisLocation, now: @escaping @Sendable () -> Moment,
    hear: @escaping @Sendable (_ event: CallRecord, _ settles: Bool) -> Void
  ) {
    self.location = location
    self.now = now
    self.hear = hear
  }

  /// Whether the events before this relay's start are known here.
  var hasHistory: Bool { ready.load(ordering: .acquiring) }

  /// Reads until ``stop()``, on the calling thread.
  ///
  /// - Parameter lost: Told of each failure.
  func run(lost: (StoreOutage) -> Void) {
    // Where the stream was left; nil until its history has been read.
    var place: String?
    RedisThread(location: location, bell: bell).run { connection throws(StoreOutage) in
      if place == nil { place = try history(connection) }
      ready.store(true, ordering: .releasing)
      while !bell.isStopped, let last = place {
        let command = RedisCommand(
          "XREAD", "COUNT", "\(Self.batch)", "BLOCK", "\(Self.hold)", "STREAMS", RedisNames.events,
          last)
        let reply = try connection.ask([command], patience: Self.hold + RedisConnection.patience)[0]
        if case .refusal(let words) = reply { throw connection.refused(words) }
        // A list with one stream: its name and its entries; nothing when nothing was told.
        guard let entries = reply.list?.first?.list?.last?.list else { continue }
        for entry in entries { place = take(entry) ?? place }
      }
    } lost: { outage in
      lost(outage)
    }
  }

  /// Lets ``run(lost:)`` return.
  func stop() { bell.stop() }

  /// Reads what was told before; answers where to go on.
  private func history(_ connection: RedisConnection) throws(StoreOutage) -> String {
    let command = RedisCommand(
      "XREVRANGE", RedisNames.events, "+", "-", "COUNT", "\(RedisScripts.mostEvents)")
    let reply = try connection.ask([command])[0]
    if case .refusal(let words) = reply { throw connection.refused(words) }
    var place = "0-0"
    for entry in (reply.list ?? []).reversed() { place = take(entry) ?? place }
    return place
  }

  /// Hands an entry over, and answers its place; what no relay has written is passed over.
  private func take(_ entry: RedisReply) -> String? {
    guard let parts = entry.list, parts.count == 2, let place = parts[0].text else { return nil }
    let texts = parts[1].list?.compactMap(\.text) ?? []
    var fields: [String: String] = [:]
    for index in stride(from: 0, to: texts.count - 1, by: 2) {
      fields[texts[index]] = texts[index + 1]
    }
    if let sequence = fields["sequence"].flatMap({ UInt64($0) }),
      let age = fields["age"].flatMap({ Int64($0) }),
      let event = CallRecord(fields["event"] ?? "", sequence: sequence, at: now() - age)
    {
      hear(event, fields["settles"] == "1")
    }
    return place
  }
}
