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
  private let see: @Sendable (_ number: UInt64) -> Void
  private let hear: @Sendable (_ event: CallRecord, _ settles: Bool) -> Void
  private let ready = Atomic(false)
  private let listening = Atomic(false)

  /// - Parameters:
  ///   - see: Told each number that lies in the stream, so that none is given again.
  ///   - hear: Takes each event, in the order in which they were told.
  init(
    _ location: RedisLocation, now: @escaping @Sendable () -> Moment,
    see: @escaping @Sendable (_ number: UInt64) -> Void,
    hear: @escaping @Sendable (_ event: CallRecord, _ settles: Bool) -> Void
  ) {
    self.location = location
    self.now = now
    self.see = see
    self.hear = hear
  }

  /// Whether the events before this relay's start are known here.
  var hasHistory: Bool { ready.load(ordering: .acquiring) }

  /// Whether what is told now is heard here.
  var isListening: Bool { listening.load(ordering: .acquiring) }

  /// Reads until ``stop()``, on the calling thread.
  ///
  /// - Parameter lost: Told of each failure.
  func run(lost: (StoreOutage) -> Void) {
    // Where the stream was left; nil until its history has been read.
    var left: String?
    RedisThread(location: location, bell: bell).run { connection throws(StoreOutage) in
      let epoch: String
      var highest: UInt64
      (highest, epoch) = try connection.mend()
      var place =
        if let left { Self.before(left) } else { try history(connection, highest: highest) }
      defer { left = place }
      ready.store(true, ordering: .releasing)
      // At first it is seen whether Redis lets events be read at all.
      var hold: Int64 = 1
      while !bell.isStopped {
        let command = RedisCommand(
          "XREAD", "COUNT", "\(Self.batch)", "BLOCK", "\(hold)", "STREAMS", RedisNames.events,
          place)
        // Nobody breaks the connection who empties Redis.
        let replies = try connection.ask(
          [RedisCommand("ZSCORE", RedisNames.calls, epoch), command],
          patience: hold + RedisConnection.patience)
        for case .refusal(let words) in replies { throw connection.refused(words) }
        guard replies[0].text == "0" else { throw connection.forgetful }
        let reply = replies[1]
        listening.store(true, ordering: .releasing)
        hold = Self.hold
        // A list with one stream: its name and its entries; nothing when nothing was told.
        guard let entries = reply.list?.first?.list?.last?.list else { continue }
        var isForeign = false
        for entry in entries {
          do throws(ForeignValue) {
            place = try handOver(entry, highest: highest)
          } catch {
            isForeign = true
          }
        }
        // After a number that no relay can have given, nothing more would be heard: it is taken out.
        if isForeign { highest = try connection.mend().highest }
      }
    } lost: { outage in
      listening.store(false, ordering: .releasing)
      lost(outage)
    }
  }

  /// Where to go on in what may be another Redis, which has taken the place of the one before: it may hold events that
  /// were told to it alone, and earlier than the latest that was heard. Those of calls that rang are read again.
  private static func before(_ place: String) -> String {
    let number = UInt64(place.prefix { $0 != "-" }) ?? 0
    return "\(number - min(number, UInt64(clamping: RelayedCall.shortestLifetime)))-0"
  }

  /// Lets ``run(lost:)`` return.
  func stop() { bell.stop() }

  /// Reads what was told before; answers where to go on.
  private func history(
    _ connection: RedisConnection, highest: UInt64
  ) throws(StoreOutage) -> String {
    let command = RedisCommand(
      "XREVRANGE", RedisNames.events, "+", "-", "COUNT", "\(RedisScripts.mostEvents)")
    let reply = try connection.ask([command])[0]
    if case .refusal(let words) = reply { throw connection.refused(words) }
    var place = "0-0"
    for entry in (reply.list ?? []).reversed() {
      place = (try? handOver(entry, highest: highest)) ?? place
    }
    return place
  }

  /// Hands an entry over, and answers its place; an event that no relay has written is passed over.
  private func handOver(_ entry: RedisReply, highest: UInt64) throws(ForeignValue) -> String {
    let entry = try StreamEntry(entry, highest: highest)
    see(entry.number)
    if let event = entry.event,
      let record = try? CallRecord(
        event.text, sequence: event.sequence, at: now() - event.age)
    {
      hear(record, event.settles)
    }
    return entry.place
  }
}
