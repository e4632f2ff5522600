import Logging
import NIOPosix
import ServiceLifecycle
import Telephony

/// The values in Redis, which several relays share: what one is told, all of them tell (R31).
///
/// While Redis is away nothing is taken. When it comes back, even empty, every relay writes back what it has
/// acknowledged; the later report wins.
final class RedisStore: CallStore, Service {
  /// How often a report is folded again because others came first; one of them gets through each time.
  private static let mostAttempts = 500
  /// How many values are written back together.
  private static let batch = 256

  private let link: RedisLink
  private let reader: EventReader
  private let acknowledged: AcknowledgedCalls
  private let now: @Sendable () -> Moment

  init(
    _ location: RedisLocation, hub: EventHub, now: @escaping @Sendable () -> Moment, logger: Logger
  ) {
    let acknowledged = AcknowledgedCalls()
    self.acknowledged = acknowledged
    self.now = now
    link = RedisLink(to: location, logger: logger)
    reader = EventReader(location, now: now) { record, settles in
      acknowledged.see(record.call.sequence)
      if settles { acknowledged.forget(record.key, before: record.call.sequence) }
      hub.publish(record.call, to: record.key)
    }
  }

  /// Talks to Redis until the relay stops, on two threads of its own.
  func run() async throws {
    let threads = NIOThreadPool(numberOfThreads: 2)
    threads.start()
    await withTaskCancellationOrGracefulShutdownHandler {
      async let commands: Void? = try? threads.runIfActive { self.link.run(self.writeBack) }
      async let events: Void? = try? threads.runIfActive { self.reader.run(lost: self.readerLost) }
      _ = await (commands, events)
    } onCancelOrGracefulShutdown: {
      self.link.stop()
      self.reader.stop()
    }
    try await threads.shutdownGracefully()
  }

  var remote: StoreLink? { link.status }

  func take(_ report: CallReport) async throws(StoreOutage) {
    for _ in 0..<Self.mostAttempts {
      let (number, current) = try await value(of: report.key, once: false)
      // Its number is Redis's to give; 0 is none's.
      let fold = StationFold(report, onto: current?.call, sequence: 0, at: now())
      if try await write(fold, of: report.key, over: number, current) { return }
    }
    throw StoreOutage(sentence: "too many reports of one station at once: try again")
  }

  func call(of key: StationKey, once: Bool) async throws(StoreOutage) -> RelayedCall? {
    let (_, record) = try await value(of: key, once: once)
    guard let record, !record.call.isExpired(at: now()) else { return nil }
    guard once else { return record.call }
    guard !record.call.isDelivered else { return nil }
    acknowledged.keep(
      AcknowledgedCalls.Value(
        sequence: record.call.sequence, at: record.call.at, lifetime: record.call.lifetime,
        isDelivered: true, call: record.text), of: key)
    return record.call
  }

  func count() async throws(StoreOutage) -> Int {
    guard let count = try await ask(RedisScripts.count).number else { throw Self.nonsense }
    return Int(clamping: count)
  }

  /// The number of the station's latest value, and its call when it has one, expired or not.
  private func value(
    of key: StationKey, once: Bool
  ) async throws(StoreOutage) -> (number: String, CallRecord?) {
    guard reader.hasHistory else { throw RedisLink.away }
    let texts = try await ask(RedisScripts.read, RedisNames.call(of: key), [once ? "1" : "0"]).list?
      .compactMap(\.text)
    guard let texts, texts.count == 4, let number = UInt64(texts[0]), let age = Int64(texts[1])
    else { throw Self.nonsense }
    var record = CallRecord(texts[3], sequence: number, at: now() - age)
    record?.call.isDelivered = texts[2] == "1"
    return (texts[0], record)
  }

  /// Writes what a report has made of the value with this number; false when there is another one by now.
  private func write(
    _ fold: StationFold, of key: StationKey, over number: String, _ current: CallRecord?
  ) async throws(StoreOutage) -> Bool {
    let stays = fold.value != nil && fold.value == current?.call
    let lifetime = stays ? -1 : fold.value?.lifetime ?? 0
    let call = stays ? "" : fold.value.map { CallRecord(key: key, call: $0).text } ?? ""
    let event = fold.event.map { CallRecord(key: key, call: $0).text } ?? ""
    let now = now()
    let reply = try await ask(
      RedisScripts.take, RedisNames.call(of: key),
      [number, String(leastNumber), String(lifetime), call, event]
    ) { [acknowledged] reply in
      // Here and not below: Redis may be lost, and found again, before this task goes on.
      guard let sequence = reply.text.flatMap({ UInt64($0) }), sequence > 0 else { return }
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
    if link.status.isUp { link.say(outage) }
  }

  /// What a script answers; what Redis does not do is an outage.
  private func ask(
    _ script: String, _ name: String? = nil, _ arguments: [String] = [],
    heard: @escaping @Sendable (RedisReply) -> Void = { _ in }
  ) async throws(StoreOutage) -> RedisReply {
    let reply = try await link.ask(Self.command(script, name, arguments), heard: heard)
    if case .refusal = reply { throw Self.nonsense }
    return reply
  }

  private static func command(
    _ script: String, _ name: String?, _ arguments: [String]
  ) -> RedisCommand {
    RedisCommand(["EVAL", script, name == nil ? "0" : "1"] + (name.map { [$0] } ?? []) + arguments)
  }

  private static let nonsense = StoreOutage(
    sentence: "the store of the calls, Redis, does not do its work: try again")
}
