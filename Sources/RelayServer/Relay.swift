import Glibc
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle
public import Telephony
import UnixSignals

/// The REST relay between a CTI server or desk phones, which can only call a URL, and windows that ask.
///
///     GET /DhDivaltoServerCTI/api/cti/setevent?ident=&telorg=1024&tel=0388202122&event=ring
///     GET /DhDivaltoServerCTI/api/cti/getevent?ident=&telorg=1024
///       → {"tel":"0388202122","event":"ring","id":"…","age":3}
///     GET /DhDivaltoServerCTI/api/cti/events?ident=&telorg=1024     (server-sent events)
///     GET /health     GET /metrics
public struct Relay: Sendable {
  private let options: RelayOptions
  private let responder: RelayResponder
  private let server: HTTPServerBuilder
  /// Run beside the server, and ended after it.
  private let services: [any Service]
  private let logger: Logger

  /// A relay that does not listen yet; throws ``RelayError`` when the options do not go together or a
  /// file cannot be used.
  ///
  /// - Parameter now: What time it is; the system's monotonic clock unless a test says otherwise.
  public init(_ options: RelayOptions, now: (@Sendable () -> Moment)? = nil) throws(RelayError) {
    try options.check()
    self.options = options
    let now = now ?? { SystemClock.now() }
    let hub = EventHub()
    logger = Logger(label: "ctirelay")
    let store: any CallStore
    if let location = try options.redis() {
      if location.password != nil, options.storePasswordFile == nil {
        logger.warning(
          "everybody on this machine can read the password in --store: use --store-password-file")
      }
      let redis = RedisStore(location, hub: hub, now: now, logger: logger)
      (store, services) = (redis, [redis])
    } else {
      store = MemoryStore(hub: hub, firstSequence: SystemClock.firstSequence(), now: now)
      services = []
    }
    let routes = Routes(prefix: options.prefix)
    responder = RelayResponder(
      routes: routes, link: EventsLink(path: routes.events, names: options.names),
      names: options.names,
      deliversOnce: options.deliversOnce,
      store: store, hub: hub, hosts: HostRule(address: options.address, hosts: options.hosts),
      sources: SourceRule(allowed: options.allowed),
      tokens: try options.tokenFile.map { path throws(RelayError) in
        TokenGuard(try TokenFile(path: path))
      },
      metrics: Metrics(), now: now, logger: logger)
    server = try Self.server(options)
  }

  /// Listens and serves until SIGTERM or SIGINT; then streams end, what was begun is answered, and the
  /// call returns.
  ///
  /// - Parameter ready: Called with the relay's URL as soon as it listens.
  public func run(_ ready: @escaping @Sendable (String) -> Void) async throws(RelayError) {
    Self.raiseDescriptorLimit()
    var configuration = ServiceGroupConfiguration(
      services: [application(ready)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    // Who does not read its answer must not hold the relay up.
    configuration.maximumGracefulShutdownDuration = .seconds(10)
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch {
      throw .cannotListen(
        address: options.address, port: options.port,
        problem: (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)")
    }
  }

  /// The relay as Hummingbird runs it, for `run` and for tests alike.
  package func application(
    _ ready: @escaping @Sendable (String) -> Void = { _ in }
  ) -> Application<RelayResponder> {
    let scheme = options.tls == nil ? "http" : "https"
    let address = options.address.contains(":") ? "[\(options.address)]" : options.address
    return Application(
      responder: responder, server: server,
      configuration: ApplicationConfiguration(
        address: .hostname(options.address, port: options.port), backlog: 4096),
      services: services + [Heartbeat(hub: responder.hub, interval: options.commentInterval)],
      onServerRunning: { channel in
        ready("\(scheme)://\(address):\(channel.localAddress?.port ?? 0)/")
      }, logger: logger)
  }

  private static func server(_ options: RelayOptions) throws(RelayError) -> HTTPServerBuilder {
    let patience = options.patience
    let plain = HTTPServerBuilder { RelayChannel(responder: $0, patience: patience) }
    guard let (certificate, key) = options.tls else { return plain }
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(certificate).map {
        NIOSSLCertificateSource.certificate($0)
      }
      let configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain,
        privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
      // Made here once to find out now whether the two belong together.
      _ = try NIOSSLContext(configuration: configuration)
      return try .tls(plain, tlsConfiguration: configuration)
    } catch {
      throw .certificate(path: certificate, problem: "\(error)")
    }
  }

  /// Each window that listens holds a descriptor, and the usual limit is 1,024.
  private static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
