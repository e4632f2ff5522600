import Logging
import Synchronization

/// The commands of all requests, on one connection: what waits goes to Redis together, and each answer to
/// who asked.
///
/// While Redis is away every command is refused at once.
final class RedisLink: Sendable {
  /// How many commands may wait: a bound on memory, far more than Redis answers within its time.
  private static let limit = 10_000
  /// How many commands go to Redis together.
  private static let batch = 256

  private typealias Answer = Result<RedisReply, StoreOutage>

  private struct Waiting: Sendable {
    var command: RedisCommand
    var heard: @Sendable (RedisReply) -> Void
    var asker: CheckedContinuation<Answer, Never>
  }

  private struct State {
    var waiting: [Waiting] = []
    var isUp = false
    var wasUp = false
    var reconnects: UInt64 = 0
    /// Whether Redis may have lost what it was told.
    var isDoubted = false
    /// What was said last about an outage.
    var said: String?
  }

  private let state = Mutex(State())
  private let location: RedisLocation
  private let bell = Bell()
  private let logger: Logger

  init(to location: RedisLocation, logger: Logger) {
    self.location = location
    self.logger = logger
  }

  /// Whether Redis answers, and how often it was found again.
  var status: StoreLink { state.withLock { StoreLink(isUp: $0.isUp, reconnects: $0.reconnects) } }

  /// What Redis answers; never waits longer than for two batches of commands.
  ///
  /// - Parameter heard: Called with the answer before anything else happens to the connection.
  func ask(
    _ command: RedisCommand, heard: @escaping @Sendable (RedisReply) -> Void = { _ in }
  ) async throws(StoreOutage) -> RedisReply {
    let answer = await withCheckedContinuation { (asker: CheckedContinuation<Answer, Never>) in
      let refusal = state.withLock { state -> StoreOutage? in
        guard state.isUp else { return Self.away }
        guard state.waiting.count < Self.limit else { return Self.busy }
        state.waiting.append(Waiting(command: command, heard: heard, asker: asker))
        return nil
      }
      if let refusal { asker.resume(returning: .failure(refusal)) } else { bell.ring() }
    }
    return try answer.get()
  }

  /// Serves until ``stop()``, on the calling thread.
  ///
  /// - Parameter ready: Uses a new connection before anybody else.
  func run(_ ready: (RedisConnection) throws(StoreOutage) -> Void) {
    RedisThread(location: location, bell: bell).run { connection throws(StoreOutage) in
      try ready(connection)
      let dropping = try connection.dropping()
      begin(dropping)
      try serve(connection, ready)
    } lost: { outage in
      end(outage)
    }
  }

  /// Lets ``run(_:)`` return.
  func stop() { bell.stop() }

  /// Has a connection made ready again that Redis has kept, and its contents perhaps not.
  func doubt() {
    state.withLock { $0.isDoubted = true }
    bell.ring()
  }

  private func serve(
    _ connection: RedisConnection, _ ready: (RedisConnection) throws(StoreOutage) -> Void
  ) throws(StoreOutage) {
    while !bell.isStopped {
      let isDoubted = state.withLock { state in
        defer { state.isDoubted = false }
        return state.isDoubted
      }
      if isDoubted { try ready(connection) }
      let batch = state.withLock { state in
        let batch = state.waiting.prefix(Self.batch)
        state.waiting.removeFirst(batch.count)
        return batch
      }
      guard !batch.isEmpty else {
        // Nobody has asked for anything, so that there is nothing to read but the end.
        if bell.wait(on: connection.descriptor) == .socket { throw connection.closed }
        continue
      }
      var asked = batch[...]
      do throws(StoreOutage) {
        let replies = try connection.ask(batch.map(\.command))
        var replica: StoreOutage?
        // Before who asked hears of it, and asks again.
        for case .refusal(let words) in replies where RedisConnection.isForgetful(words) {
          say(connection.forgetful)
          try ready(connection)
          break
        }
        for (waiting, reply) in zip(batch, replies) {
          if case .refusal(let words) = reply, !RedisConnection.isForgetful(words) {
            say(connection.refused(words))
            if RedisConnection.isReplica(words) { replica = connection.refused(words) }
          }
          waiting.heard(reply)
          waiting.asker.resume(returning: .success(reply))
        }
        asked = []
        // It was made a replica, and its name may lead to another one by now.
        if let replica { throw replica }
      } catch {
        for waiting in asked { waiting.asker.resume(returning: .failure(Self.away)) }
        throw error
      }
    }
    throw Self.away
  }

  private func begin(_ dropping: String?) {
    let isBack = state.withLock { state in
      state.isUp = true
      if state.wasUp { state.reconnects += 1 }
      defer { state.wasUp = true }
      state.said = nil
      return state.wasUp
    }
    logger.notice("Redis at \(location.name) is \(isBack ? "there again" : "there")")
    guard let dropping else { return }
    logger.warning(
      "Redis at \(location.name) throws calls away when it is full (maxmemory-policy \(dropping)): set noeviction"
    )
  }

  private func end(_ outage: StoreOutage) {
    let askers = state.withLock { state in
      defer { state.waiting = [] }
      state.isUp = false
      return state.waiting.map(\.asker)
    }
    for asker in askers { asker.resume(returning: .failure(Self.away)) }
    if !bell.isStopped { say(outage) }
  }

  /// Logs what is wrong, once until it is right again or something else is wrong.
  func say(_ outage: StoreOutage) {
    let isNews = state.withLock { state in
      defer { state.said = outage.sentence }
      return state.said != outage.sentence
    }
    if isNews { logger.error("\(outage.sentence)") }
  }

  /// What clients are told: where Redis is, and why it is away, is not theirs to know.
  static let away = StoreOutage(sentence: "the store of the calls, Redis, is away: try again")
  private static let busy = StoreOutage(
    sentence: "the store of the calls, Redis, is too slow: try again")
}
