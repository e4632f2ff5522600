import Logging
import NIOPosix
import Synchronization
import Telephony

/// The values in Redis, which several relays share: what one is told, all of them tell (R31).
///
/// While Redis is away nothing is taken. When it comes back, even empty, every relay writes back what it has
/// acknowledged; the later report wins.
final class RedisStore: CallStore {
  /// How often a report is folded again because others came first; one of them gets through each time.
  private static let mostAttempts = 500
  /// How many values are written back together.
  private static let batch = 256

  private let link: RedisLink
  private let reader: EventReader
  private let acknowledged: AcknowledgedCalls
  private let now: @Sendable () -> Moment
  private let threads = NIOThreadPool(numberOfThreads: 2)
  /// What the connection for requests has found in Redis, see ``RedisNames``.
  private let epoch = Mutex("")

  init(
    _ location: RedisLocation, hub: EventHub, now: @escaping @Sendable () -> Moment, logger: Logger
  ) {
    let acknowledged = AcknowledgedCalls()
    self.acknowledged = acknowledged
    self.now = now
    link = RedisLink(to: location, logger: logger)
    reader = EventReader(location, now: now) { number in
      acknowledged.see(number)
    } hear: { record, settles in
      if settles { acknowledged.forget(record.key, before: record.call.sequence) }
      hub.publish(record.call, to: record.key)
    }
  }

  /// Talks to Redis, on two threads of its own, until ``stop()``.
  func start() {
    threads.start()
    threads.submit { _ in self.link.run(self.writeBack) }
    threads.submit { _ in self.reader.run(lost: self.readerLost) }
  }

  /// Ends what ``start()`` began; what waits for an answer is refused. Nobody waits for the threads: one may
  /// look for the address of a Redis whose name nobody answers.
  func stop() {
    link.stop()
    reader.stop()
    threads.shutdownGracefully { _ in }
  }

  var remote: StoreLink? { link.status }

  func record(_ report: CallReport, then: @escaping Then<Void>) {
    Task { then(await Self.result { () throws(StoreOutage) in try await self.keep(report) }) }
  }

  func call(of key: StationKey, once: Bool, then: @escaping Then<RelayedCall?>) {
    Task {
      then(
        await Self.result { () throws(StoreOutage) in try await self.call(of: key, once: once) })
    }
  }

  func count(then: @escaping Then<Int>) {
    Task { then(await Self.result { () throws(StoreOutage) in try await self.count() }) }
  }

  private static func result<Value>(
    _ ask: () async throws(StoreOutage) -> Value
  ) async -> Result<Value, StoreOutage> {
    do throws(StoreOutage) {
      return .success(try await ask())
    } catch {
      return .failure(error)
    }
  }

  private func keep(_ report: CallReport) async throws(StoreOutage) {
    for _ in 0..<Self.mostAttempts {
      let (number, current) = try await value(of: report.key, for: .report)
      // Its number is Redis's to give; 0 is none's.
      let fold = StationFold(report, onto: current?.call, sequence: 0, at: now())
      if try await write(fold, of: report, over: number, current) { return }
    }
    throw StoreOutage(sentence: "too many reports of one station at once: try again")
  }

  private func call(of key: StationKey, once: Bool) async throws(StoreOutage) -> RelayedCall? {
    let (_, record) = try await value(of: key, for: once ? .good : .window)
    guard let record, !record.call.isExpired(at: now()) else { return nil }
    guard once else { return record.call }
    guard !record.call.isDelivered else { return nil }
    acknowledged.keep(
      AcknowledgedCalls.Value(
        sequence: record.call.sequence, at: record.call.at, lifetime: record.call.lifetime,
        isDelivered: true, call: record.text), of: key)
    return record.call
  }

  private func count() async throws(StoreOutage) -> Int {
    guard reader.isListening else { throw RedisLink.away }
    guard let count = try await ask(RedisScripts.count).number else { throw Self.nonsense }
    return Int(clamping: count)
  }

  /// For whom a value is read.
  private enum Reading: String {
    case report = "0"
    case window = "1"
    /// For a window, and for no other one.
    case good = "2"
  }

  /// The number of the station's latest value, and its call when it has one, expired or not.
  private func value(
    of key: StationKey, for reading: Reading
  ) async throws(StoreOutage) -> (number: UInt64, CallRecord?) {
    guard reader.hasHistory else { throw RedisLink.away }
    let reply = try await ask(RedisScripts.read, RedisNames.call(of: key), [reading.rawValue])
    guard let parts = reply.list, parts.count == 4, let number = try? UInt64(event: parts[0].text),
      let age = try? Int64(age: parts[1].text)
    else { throw Self.nonsense }
    // What no relay has written, or another station's, is none.
    guard let text = parts[3].text,
      var record = try? CallRecord(text, sequence: number, at: now() - age), record.key == key
    else { return (number, nil) }
    record.call.isDelivered = parts[2].text == "1"
    return (number, record)
  }

  /// Writes what a report has made of the value with this number; false when there is another one by now.
  private func write(
    _ fold: StationFold, of report: CallReport, over number: UInt64, _ current: CallRecord?
  ) async throws(StoreOutage) -> Bool {
    let key = report.key
    let stays = fold.value != nil && fold.value == current?.call
    let lifetime = stays ? -1 : fold.value?.lifetime ?? 0
    let call = stays ? "" : fold.value.map { CallRecord(key: key, call: $0).text } ?? ""
    let event = fold.event.map { CallRecord(key: key, call: $0).text } ?? ""
    let now = now()
    let reply = try await ask(
      RedisScripts.take, RedisNames.call(of: key),
      [String(number), String(leastNumber), String(lifetime), call, event, report.writer]
    ) { [acknowledged] reply in
      // Here and not below: Redis may be lost, and found again, before this task goes on.
      guard let sequence = try? UInt64(event: reply.text), sequence > 0 else { return }
      acknowledged.see(sequence)
      if !stays {
        acknowledged.keep(
          AcknowledgedCalls.Value(sequence: sequence, at: now, lifetime: lifetime, call: call),
          of: key)
      }
      if !event.isEmpty {
        acknowledged.keep(
          AcknowledgedCalls.Event(sequence: sequence, at: now, settles: !stays, text: event))
      }
    }
    switch reply.text.flatMap({ Int64($0) }) {
    case nil: throw Self.nonsense
    case 0: return false
    case -1: throw StoreOutage(sentence: "the relays hold as many calls as they can")
    default: return true
    }
  }

  /// Numbers never go back, even when Redis has lost its own.
  private var leastNumber: UInt64 { max(acknowledged.latest + 1, SystemClock.firstSequence()) }

  /// Writes back what this relay has acknowledged, before it serves anybody.
  private func writeBack(_ connection: RedisConnection) throws(StoreOutage) {
    // Whether it takes anything in; a replica does not.
    let found = try connection.mend().epoch
    let (values, events) = acknowledged.all(at: now())
    for start in stride(from: 0, to: values.count, by: Self.batch) {
      let batch = values[start..<min(start + Self.batch, values.count)]
      let replies = try connection.ask(batch.map { restoring($0.value, of: $0.key) })
      for ((key, value), reply) in zip(batch, replies) {
        if case .refusal(let words) = reply { throw connection.refused(words) }
        if reply == .number(0) { acknowledged.forget(key, before: value.sequence + 1) }
      }
    }
    for start in stride(from: 0, to: events.count, by: Self.batch) {
      let batch = events[start..<min(start + Self.batch, events.count)]
      for case .refusal(let words) in try connection.ask(batch.map { retelling($0) }) {
        throw connection.refused(words)
      }
    }
    epoch.withLock { $0 = found }
  }

  private func restoring(_ value: AcknowledgedCalls.Value, of key: StationKey) -> RedisCommand {
    let age = max(0, now() - value.at)
    let isExpired = age >= value.lifetime
    return Self.command(
      RedisScripts.restore, RedisNames.call(of: key),
      [
        String(value.sequence), String(age), String(isExpired ? 0 : value.lifetime),
        value.isDelivered ? "1" : "0", isExpired ? "" : value.call,
      ])
  }

  private func retelling(_ event: AcknowledgedCalls.Event) -> RedisCommand {
    Self.command(
      RedisScripts.retell, nil,
      [
        String(event.sequence), String(max(0, now() - event.at)), String(leastNumber),
        event.settles ? "1" : "0", event.text,
      ])
  }

  /// Mostly both connections are lost, and one of them says it.
  private func readerLost(_ outage: StoreOutage) {
    guard link.status.isUp else { return }
    link.say(outage)
    link.doubt()
  }

  /// What a script answers; what Redis does not do is an outage. Of one that has lost what it held it is asked again.
  private func ask(
    _ script: String, _ name: String? = nil, _ arguments: [String] = [],
    heard: @escaping @Sendable (RedisReply) -> Void = { _ in }
  ) async throws(StoreOutage) -> RedisReply {
    for _ in 0..<3 {
      let command = Self.command(script, name, arguments + [epoch.withLock { $0 }])
      switch try await link.ask(command, heard: heard) {
      case .refusal(let words) where RedisConnection.isForgetful(words): continue
      case .refusal: throw Self.nonsense
      case let reply: return reply
      }
    }
    throw RedisLink.away
  }

  private static func command(
    _ script: String, _ name: String?, _ arguments: [String]
  ) -> RedisCommand {
    RedisCommand(["EVAL", script, name == nil ? "0" : "1"] + (name.map { [$0] } ?? []) + arguments)
  }

  private static let nonsense = StoreOutage(
    sentence: "the store of the calls, Redis, does not do its work: try again")
}
