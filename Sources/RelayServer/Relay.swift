import Dispatch
import Glibc
import Logging
package import NIOCore
import NIOPosix
public import Telephony
import TrafficTrace

/// The REST relay between a CTI server or desk phones, which can only call a URL, and windows that ask.
///
///     GET /DhDivaltoServerCTI/api/cti/setevent?ident=&telorg=1024&tel=0388202122&event=ring
///     GET /DhDivaltoServerCTI/api/cti/getevent?ident=&telorg=1024
///       → {"tel":"0388202122","event":"ring","id":"…","age":3}
///     GET /DhDivaltoServerCTI/api/cti/events?ident=&telorg=1024     (server-sent events)
///     GET /health     GET /metrics
public final class Relay: Sendable {
  /// Descriptors that are kept for other things than streams: requests, Redis, files.
  private static let spareDescriptors = 64
  /// When the process ends after SIGTERM in any case [s].
  private static let lastEnd: UInt32 = 7
  /// How many may listen at once where descriptors do not say less.
  private static let mostStreams = 20_000

  private let options: RelayOptions
  private let responder: RelayResponder
  private let hub = EventHub()
  private let certificate: ServerCertificate?
  /// Nil when calls are kept in this process.
  private let redis: RedisStore?
  private let logger: Logger
  /// What passes; nil: it is not recorded.
  private let trace: Trace?

  /// A relay that does not listen yet; throws ``RelayError`` when the options do not go together or a
  /// file cannot be used.
  ///
  /// - Parameter now: What time it is; the system's monotonic clock unless a test says otherwise.
  public init(_ options: RelayOptions, now: (@Sendable () -> Moment)? = nil) throws(RelayError) {
    try options.check()
    // The server's library ends the process without a word when there is none left for its threads.
    let (descriptors, needed) = (Self.descriptors(), 16 + 3 * System.coreCount)
    guard descriptors > needed else { throw .tooFewDescriptors(limit: descriptors, needed: needed) }
    self.options = options
    let now = now ?? { SystemClock.now() }
    let logger = Logger(label: "ctirelay")
    self.logger = logger
    if let location = try options.redis() {
      if location.password != nil, options.storePasswordFile == nil {
        logger.warning(
          "everybody on this machine can read the password in --store: use --store-password-file")
      }
      redis = RedisStore(location, hub: hub, now: now, logger: logger)
    } else {
      redis = nil
    }
    let tokens = try options.tokenFile.map { path throws(RelayError) in
      let file = try TokenFile(path: path)
      if file.hasShort {
        logger.warning("a token of fewer than 16 characters can be guessed: make a longer one")
      }
      return TokenGuard(file)
    }
    let maps = try WebhookMap.all(options.maps)
    certificate = try options.tls.map { files throws(RelayError) in
      try ServerCertificate(files, now: now, logger: logger)
    }
    // One reading for both: a replay then gives calls the same ids.
    let wall = SystemClock.wall()
    trace = try options.traceFile(logger, wall, secrets: maps.compactMap { $0.signature?.secret })
    let store: any CallStore =
      redis
      ?? MemoryStore(
        options.bounds, hub: hub, firstSequence: UInt64(clamping: wall.milliseconds), now: now)
    responder = RelayResponder(
      options, tokens: tokens, maps: maps, store: store, hub: hub,
      mostStreams: min(Self.mostStreams, max(1, descriptors - Self.spareDescriptors)),
      now: now, logger: logger)
  }

  /// Listens and serves until SIGTERM or SIGINT; then streams end, what was begun is answered, and after
  /// five seconds at most the call returns. A process that hangs then is ended by SIGALRM.
  ///
  /// - Parameter ready: Called with the relay's URL as soon as it listens.
  public func run(_ ready: @escaping @Sendable (String) -> Void) async throws(RelayError) {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
    // Listened for before anybody knows that the relay is there.
    let (signals, sources) = Self.signals([SIGTERM, SIGINT, SIGHUP])
    defer { for source in sources { source.cancel() } }
    let service = try await start(on: group)
    ready(service.url)
    for await _ in signals { break }
    // Where something hangs that should not, the system ends the process.
    alarm(Self.lastEnd)
    await service.stop()
    try? await group.shutdownGracefully()
    alarm(0)
  }

  /// A relay that listens.
  package struct Service: Sendable {
    /// `http://127.0.0.1:8083/`.
    package let url: String
    /// The TCP port.
    package let port: Int
    /// Ends it.
    package let stop: @Sendable () async -> Void
  }

  /// Listens and serves; for `run` and for tests alike.
  package func start(
    on group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
  ) async throws(RelayError) -> Service {
    let listener: Listener
    do {
      listener = try await Listener.listen(
        options, certificate: certificate, on: group, responder: responder, trace: trace,
        logger: logger)
    } catch {
      throw .cannotListen(
        address: options.address, port: options.port,
        problem: (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)")
    }
    redis?.start()
    let interval = TimeAmount(options.commentInterval)
    let beats = group.next().scheduleRepeatedTask(initialDelay: interval, delay: interval) {
      [hub] _ in hub.beat()
    }
    let address = options.address.contains(":") ? "[\(options.address)]" : options.address
    return Service(
      url: "\(certificate == nil ? "http" : "https")://\(address):\(listener.port)/",
      port: listener.port
    ) { [redis, trace] in
      beats.cancel()
      await listener.stop()
      redis?.stop()
      await trace?.drain()
    }
  }

  /// The signals that come from now on, which no longer end the process by themselves; without those that were
  /// ignored before, as under nohup.
  private static func signals(
    _ numbers: [Int32]
  ) -> (AsyncStream<Void>, [any DispatchSourceSignal]) {
    let (stream, heard) = AsyncStream.makeStream(of: Void.self)
    let sources = numbers.compactMap { number -> (any DispatchSourceSignal)? in
      var old = sigaction()
      sigaction(number, nil, &old)
      // SIG_IGN: which is a pointer with that value.
      if unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == 1 { return nil }
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { heard.yield() }
      source.activate()
      return source
    }
    return (stream, sources)
  }

  /// How many descriptors there may be, after raising the limit as far as it goes: each window that listens
  /// holds one, and the usual limit is 1,024.
  private static func descriptors() -> Int {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return spareDescriptors }
    limit.rlim_cur = limit.rlim_max
    setrlimit(resource, &limit)
    return Int(clamping: limit.rlim_cur)
  }
}
