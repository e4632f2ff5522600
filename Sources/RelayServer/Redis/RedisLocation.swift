import FoundationEssentials

/// Where calls are kept in Redis, and how to get in.
///
///     redis://[user:password@]host[:port][/database]
///
/// The scheme is that of Redis's own tools (https://github.com/redis/redis-specifications, "uri"): without
/// a port it is 6379, without a database 0; user and password are percent-encoded.
struct RedisLocation: Hashable, Sendable {
  var host: String
  var port = 6379
  var database = 0
  /// Nil: the server's default user.
  var user: String?
  var password: String?

  /// For sentences and logs: without user and password.
  var name: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Throws ``RelayError/badStore(text:problem:)`` when the text is no such URL.
  init(_ text: String) throws(RelayError) {
    func refused(_ problem: String) -> RelayError {
      .badStore(text: Self.withoutSecret(text), problem: problem)
    }
    let form = "write memory, or redis://HOST[:PORT][/DATABASE]"
    let scheme = text.prefix { $0 != ":" }.lowercased()
    if scheme == "rediss" {
      throw refused(
        "ctirelay speaks to Redis without TLS: write redis://, and keep that network to yourself "
          + "or lead it through a tunnel")
    }
    guard scheme == "redis", let url = URLComponents(string: text), url.query == nil,
      url.fragment == nil, let host = url.host, !host.isEmpty
    else { throw refused(form) }
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    if let port = url.port {
      guard (1...65535).contains(port) else { throw refused(form) }
      self.port = port
    }
    let path = url.path.drop { $0 == "/" }
    guard let database = path.isEmpty ? 0 : Int(path), database >= 0 else { throw refused(form) }
    self.database = database
    user = url.user.flatMap { $0.isEmpty ? nil : $0 }
    password = url.password.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A wrong URL is shown in an error message, which must not show the password.
  private static func withoutSecret(_ text: String) -> String {
    guard let end = text.lastIndex(of: "@") else { return text }
    let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
    guard start < end else { return text }
    return text[..<start] + "…" + text[end...]
  }
}
