import Connector
import TextForms

/// Whose dialog state is asked for, where, and as whom.
public struct SIPAccount: Sendable {
  /// How messages are carried.
  public enum Transport: String, Hashable, Sendable, CaseIterable {
    case udp, tcp, tls

    /// Whether messages come in a stream, in which nothing gets lost.
    var isStream: Bool { self != .udp }
  }

  /// Why an account makes no sense.
  public enum Fault: Error, Hashable, Sendable {
    /// The server is no host name and no address.
    case server(String)
    /// What is watched is no extension and no SIP address.
    case watch(String)
  }

  let server: SIPHop
  let transport: Transport
  let user: String
  let password: String?
  /// Whose state it is: `sip:1024@pbx.example`.
  let watched: String
  /// As whom it is asked for: `sip:1024@pbx.example`.
  let from: String
  /// How long a subscription, or a registration, is asked for [s].
  let expires: Int
  /// Whose certificates are trusted by TLS.
  let trust: ConnectorPeer.Trust
  /// Whether a telephone that listens is registered too.
  let listens: Bool

  /// An account at a server.
  ///
  /// - Parameters:
  ///   - server: A host name or an address.
  ///   - user: Who asks; empty: who is watched.
  ///   - password: Nil when the server asks for none.
  ///   - watch: The extension, `1024`, or the whole address, `1024@pbx.example`.
  ///   - expires: How long a subscription, or a registration, is asked for [s].
  ///   - caFile: A file with the certificates that are trusted by TLS; nil: the system's.
  ///   - listens: Whether a telephone that listens is registered too.
  public init(
    server: String, port: Int = 5060, transport: Transport = .udp, user: String = "",
    password: String? = nil, watch: String, expires: Int = 300, caFile: String? = nil,
    listens: Bool = false
  ) throws(Fault) {
    let isBracketed = server.hasPrefix("[")
    guard let host = SIPHop(server.contains(":") && !isBracketed ? "[\(server)]" : server)?.host,
      host == server || isBracketed
    else { throw .server(server) }
    self.server = SIPHop(host: host, port: port)
    let bare = watch.hasPrefix("sip:") ? watch.dropFirst(4) : watch[...]
    let parts = bare.split(separator: "@", omittingEmptySubsequences: false)
    let domain = host.contains(":") ? "[\(host)]" : host
    guard (1...2).contains(parts.count), !parts[0].isEmpty,
      let place = parts.count == 2 ? Self.domain(parts[1]) : domain
    else { throw .watch(watch) }
    self.transport = transport
    self.user = user.isEmpty ? String(parts[0]) : user
    self.password = password
    self.expires = expires
    self.listens = listens
    trust = caFile.map { .certificates(path: $0) } ?? .system
    watched = "sip:\(Self.escaped(parts[0]))@\(place)"
    from = "sip:\(Self.escaped(self.user))@\(place)"
  }

  /// A host with a port of its own or the usual one: `pbx.example:5070`, `[2001:db8::1]`; nil when it is none.
  public static func place(_ text: String, port: Int) -> (host: String, port: Int)? {
    if let bare = SIPHop("\(text):\(port)") { return (bare.host, port) }
    return SIPHop(text).map { ($0.host, $0.port) }
  }

  /// The domain whose registrar is asked: `sip:pbx.example`.
  var domain: String { "sip:" + watched.drop { $0 != "@" }.dropFirst() }

  /// Whose calls these are, as a sentence names them: `1024@pbx.example`.
  var watchedText: String { String(watched.dropFirst("sip:".count)) }

  /// The server, as a sentence names it.
  var serverText: String { "\(server.text) (\(transport.rawValue))" }

  /// That there is no way to the server, and what to do.
  func unreachable(_ detail: String) -> String {
    transport == .tls
      ? "\(serverText) could not be reached (\(detail)): check port and ca_file, and that server is"
        + " the name in its certificate"
      : "\(serverText) could not be reached (\(detail)): is it running?"
  }

  /// That the server does not answer, and what to do.
  var silent: String {
    "\(serverText) did not answer within \(SIPTransaction.patience / 1000) s: check server, port and"
      + " transport"
  }

  /// Whether an address of dialog state is certainly not that of who is watched: it has another user. Hosts
  /// have many names.
  func isAnother(_ entity: String) -> Bool {
    guard let user = Self.user(of: entity), let own = Self.user(of: watched) else { return false }
    return user != own
  }

  private static func user(of address: String) -> String? {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let user = parts[0].split(separator: ":").last else { return nil }
    return user.lowercased()
  }

  private static func domain(_ text: Substring) -> String? {
    SIPHop(text) == nil ? nil : String(text)
  }

  /// A user part with what RFC 3261, section 25.1, does not allow there percent-encoded.
  private static func escaped(_ user: some StringProtocol) -> String {
    PercentCoding.encode(String(user)) {
      PercentCoding.isUnreserved($0) || "!*'()&=+$,;?/".utf8.contains($0)
    }
  }
}
