import CHiredis
import Glibc
import Telephony
import TextForms

/// One connection to Redis, for one thread, which it holds up until Redis has answered or the time is up.
///
/// What throws leaves a connection that is good for nothing: an answer that comes late would be taken for
/// that of the next command.
final class RedisConnection {
  /// How long Redis may take to be reached, and to answer [ms].
  static let patience: Int64 = 2_000

  /// More than anything the relay asks for [bytes]; what sends more is not what the relay has written to.
  private static let longestReply = 64 << 20

  private let location: RedisLocation
  private let bell: Bell
  private let context: UnsafeMutablePointer<redisContext>

  /// Connects and signs in.
  ///
  /// - Parameter bell: Ends every wait when it is stopped.
  init(to location: RedisLocation, bell: Bell) throws(StoreOutage) {
    let limit = timeval(tv_sec: Int(clamping: Self.patience / 1000), tv_usec: 0)
    guard
      let context = redisConnectWithTimeout(location.host, Int32(clamping: location.port), limit)
    else {
      throw StoreOutage(sentence: "there is no memory for a connection to Redis")
    }
    self.location = location
    self.bell = bell
    self.context = context
    guard context.pointee.err == 0 else {
      throw StoreOutage(
        sentence: "could not reach Redis at \(location.name): \(problem): start it, or mend --store"
      )
    }
    // From here on this class waits, because hiredis would do so anew for each byte that arrives.
    context.pointee.flags &= ~REDIS_BLOCK
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    redisEnableKeepAlive(context)
    try signIn()
  }

  deinit { redisFree(context) }

  /// The socket; readable without having been asked for anything means that it is closed.
  var descriptor: Int32 { context.pointee.fd }

  /// The connection has ended by itself.
  var closed: StoreOutage {
    StoreOutage(sentence: "Redis at \(location.name) closed the connection")
  }

  /// Sends commands, one behind the other, and waits for the answer to each.
  ///
  /// - Parameter patience: How long all answers together may take [ms].
  func ask(
    _ commands: [RedisCommand], patience: Int64 = RedisConnection.patience
  ) throws(StoreOutage) -> [RedisReply] {
    let end = SystemClock.now() + patience
    for command in commands {
      let status = command.bytes.withUnsafeBytes {
        redisAppendFormattedCommand(
          context, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
      }
      guard status == REDIS_OK else { throw failure() }
    }
    var isSent: Int32 = 0
    while true {
      guard redisBufferWrite(context, &isSent) == REDIS_OK else { throw failure() }
      if isSent != 0 { break }
      try wait(for: POLLOUT, until: end)
    }
    var replies: [RedisReply] = []
    for _ in commands { replies.append(try reply(until: end)) }
    return replies
  }

  /// Takes out what no relay has written; answers the highest number that an event can have now, and the epoch.
  /// Fails where Redis takes nothing in.
  func mend() throws(StoreOutage) -> (highest: UInt64, epoch: String) {
    let reply = try ask([RedisCommand("EVAL", RedisScripts.mend, "0")])[0]
    if case .refusal(let words) = reply { throw refused(words) }
    guard let parts = reply.list, parts.count == 2, let epoch = parts[1].text,
      let highest = try? UInt64(event: parts[0].text)
    else { throw refused("it does not know what time it is") }
    return (highest, epoch)
  }

  /// What Redis is set to throw away when it is full, in its own word; nil: nothing, or it does not say.
  func dropping() throws(StoreOutage) -> String? {
    guard let text = try ask([RedisCommand("INFO", "memory")])[0].text else { return nil }
    let lines = text.split(whereSeparator: \.isNewline)
    let policy = lines.lazy.compactMap { $0.wholeMatch(of: /maxmemory_policy:([a-z-]+)/)?.1 }.first
    guard let policy, policy != "noeviction", !lines.contains("maxmemory:0") else { return nil }
    return String(policy)
  }

  private func reply(until end: Moment) throws(StoreOutage) -> RedisReply {
    while true {
      var reply: UnsafeMutableRawPointer?
      guard redisGetReplyFromReader(context, &reply) == REDIS_OK else { throw failure() }
      if let reply {
        defer { freeReplyObject(reply) }
        return RedisReply(reply.assumingMemoryBound(to: redisReply.self).pointee)
      }
      guard context.pointee.reader.pointee.len < Self.longestReply else { throw stranger }
      try wait(for: POLLIN, until: end)
      guard redisBufferRead(context) == REDIS_OK else { throw failure() }
    }
  }

  private func wait(for events: Int32, until end: Moment) throws(StoreOutage) {
    while true {
      switch bell.wait(for: events, on: descriptor, until: end) {
      case .socket: return
      case .rung where bell.isStopped: throw StoreOutage(sentence: "the relay is being stopped")
      case .rung: break
      case .late:
        throw StoreOutage(sentence: "Redis at \(location.name) did not answer in time")
      }
    }
  }

  private func signIn() throws(StoreOutage) {
    if let password = location.password {
      let words = ["AUTH"] + (location.user.map { [$0] } ?? []) + [password]
      if case .refusal(let words) = try ask([RedisCommand(words)])[0] {
        // The first word only: some servers repeat the command.
        throw StoreOutage(
          sentence: "Redis at \(location.name) refused the user or the password "
            + "(\(words.prefix { $0 != " " }.prefix(20))): mend --store or --store-password-file")
      }
    }
    for reply in try ask([RedisCommand("SELECT", "\(location.database)"), RedisCommand("PING")]) {
      switch reply {
      case .refusal(let words) where words.hasPrefix("NOAUTH"):
        throw StoreOutage(
          sentence: "Redis at \(location.name) asks for a password: give --store-password-file")
      case .refusal(let words): throw refused(words)
      case .text: break
      case .number, .list, .nothing, .unreadable: throw stranger
      }
    }
  }

  /// Whether Redis refuses because it is a copy of another one, which takes nothing in.
  static func isReplica(_ words: String) -> Bool { words.contains("READONLY") }

  /// Somebody has emptied Redis, put something else in its place, or lets it drop what it has no room for.
  var forgetful: StoreOutage {
    StoreOutage(
      sentence:
        "Redis at \(location.name) has lost calls that it held, and is told again what this relay has taken"
    )
  }

  /// Whether Redis has refused because it has lost what it held, or a part of it.
  static func isForgetful(_ words: String) -> Bool { words.hasPrefix(RedisScripts.lost) }

  /// Redis has refused a command that it should take.
  func refused(_ words: String) -> StoreOutage {
    if Self.isForgetful(words) { return forgetful }
    if Self.isReplica(words) {
      return StoreOutage(
        sentence:
          "Redis at \(location.name) is a replica, which takes nothing in: name the primary "
          + "with --store")
    }
    return StoreOutage(
      sentence: "Redis at \(location.name) refused: \(PlainText.cleaned(words, limit: 160))")
  }

  /// Another service listens there.
  private var stranger: StoreOutage {
    StoreOutage(sentence: "what answers at \(location.name) is no Redis: mend --store")
  }

  private func failure() -> StoreOutage {
    switch context.pointee.err {
    case REDIS_ERR_PROTOCOL: stranger
    case REDIS_ERR_EOF: closed
    default:
      StoreOutage(sentence: "the connection to Redis at \(location.name) broke: \(problem)")
    }
  }

  /// What went wrong, in hiredis's words.
  private var problem: String {
    withUnsafeBytes(of: &context.pointee.errstr) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
