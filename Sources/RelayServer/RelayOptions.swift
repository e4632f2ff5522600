import Logging
import Telephony
import TextForms
import TrafficTrace

/// How the relay is set up; every option has a default (R26, R30).
public struct RelayOptions: Sendable {
  /// Where to listen: an address or a name of this machine.
  public var address = "127.0.0.1"
  /// The TCP port; 0 takes any that is free.
  public var port = 8083
  /// What the paths of the calls begin with, compared without regard to case.
  public var prefix = "/DhDivaltoServerCTI/api/cti/"
  /// How requests and answers call what they say.
  public var names = ParameterNames()
  /// Whether `getevent` hands each value out once.
  public var deliversOnce = false
  /// The file with the tokens; nil: no token is asked for.
  public var tokenFile: String?
  /// Whether the relay may be reached from the network without a token.
  public var isOpen = false
  /// The networks that may ask, besides this machine; empty: all.
  public var allowed: [Network] = []
  /// The balancers that say for whom they ask, by `X-Forwarded-For` or `Forwarded`.
  public var forwarders: [Network] = []
  /// Further names by which the relay is reached, for the `Host` header.
  public var hosts: [String] = []
  /// The certificate chain and its key, two PEM files; nil: no TLS.
  public var tls: (certificate: String, key: String)?
  /// Where values are kept: `memory`, or `redis://[user:password@]host[:port][/database]`.
  public var store = "memory"
  /// The file with the password of that store; nil: the one in `store`, or none.
  public var storePasswordFile: String?
  /// The files that say how webhooks of others are read.
  public var maps: [String] = []
  /// The file in which all that passes is recorded; nil: none.
  public var trace: String?
  /// Whether it holds telephone numbers as they are.
  public var tracesNumbers = false
  /// What the trace begins with, besides the time: the release.
  public var release = ""
  /// The time between two comments on a stream.
  package var commentInterval: Duration = .seconds(15)
  /// How many stations may have a call at once, where values are kept in memory.
  package var bounds = CallBounds()
  /// How long clients may take over a request.
  package var patience = Patience()

  /// The defaults.
  public init() {}

  /// Where Redis is; nil when values are kept in memory.
  ///
  /// Throws ``RelayError/badStore(text:problem:)``, or ``RelayError/passwordFile(path:problem:)``.
  func redis() throws(RelayError) -> RedisLocation? {
    guard store != "memory" else {
      if let path = storePasswordFile {
        throw .passwordFile(
          path: path, problem: "memory asks for no password: give --store redis://…")
      }
      return nil
    }
    var location = try RedisLocation(store)
    if let path = storePasswordFile {
      guard location.password == nil else {
        throw .passwordFile(path: path, problem: "--store has a password, too: take one away")
      }
      location.password = try Self.password(in: path)
    }
    return location
  }

  /// The trace, beginning now; its end before the relay's is logged.
  ///
  /// - Parameter secrets: What it must not hold, besides tokens.
  func traceFile(
    _ logger: Logger, _ wall: WallTime, secrets: [[UInt8]]
  ) throws(RelayError) -> Trace? {
    guard let path = trace else { return nil }
    let tokens =
      try tokenFile.map { path throws(RelayError) in try TokenFile(path: path).tokens } ?? []
    do throws(TraceError) {
      return try Trace(
        path, showsNumbers: tracesNumbers,
        secrets: (tokens.map(\.secret) + secrets).map { String(decoding: $0, as: UTF8.self) },
        fields: ["token", names.text(.token)], options: recorded,
        release: release, at: SystemClock.now(), wall,
        ended: { logger.error("\($0)") })
    } catch {
      throw .trace(problem: error.description)
    }
  }

  /// The first line of a file that only its owner can read.
  private static func password(in path: String) throws(RelayError) -> String {
    do throws(SecretFile.Problem) {
      return try SecretFile.line(of: path)
    } catch {
      throw .passwordFile(path: path, problem: error.sentence)
    }
  }

  /// Throws the first reason why the relay would not start.
  func check() throws(RelayError) {
    guard (0...65535).contains(port) else { throw .badPort(port) }
    guard prefix.hasPrefix("/"), prefix.hasSuffix("/"),
      prefix.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"?#%".utf8.contains($0) })
    else { throw .badPrefix(prefix) }
    let isLoopback = NetworkAddress(address)?.isLoopback ?? (address.lowercased() == "localhost")
    guard isLoopback || tokenFile != nil || isOpen else { throw .wouldBeOpen(address: address) }
  }
}
