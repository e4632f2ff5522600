import TextForms

/// Whose dialog state is asked for, where, and as whom.
public struct SIPAccount: Sendable {
  /// How messages are carried.
  public enum Transport: String, Hashable, Sendable, CaseIterable {
    case udp, tcp
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
  /// How long a subscription is asked for [s].
  let expires: Int

  /// An account at a server.
  ///
  /// - Parameters:
  ///   - server: A host name or an address.
  ///   - user: Who asks; empty: who is watched.
  ///   - password: Nil when the server asks for none.
  ///   - watch: The extension, `1024`, or the whole address, `1024@pbx.example`.
  ///   - expires: How long a subscription is asked for [s].
  public init(
    server: String, port: Int = 5060, transport: Transport = .udp, user: String = "",
    password: String? = nil, watch: String, expires: Int = 300
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
    watched = "sip:\(Self.escaped(parts[0]))@\(place)"
    from = "sip:\(Self.escaped(self.user))@\(place)"
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
