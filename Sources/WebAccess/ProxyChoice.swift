package import AsyncHTTPClient
import Foundation

/// Which proxy the environment asks for: `http_proxy`, `https_proxy`, `no_proxy`, in small letters
/// first, then in capitals.
package enum ProxyChoice: Hashable {
  case direct
  case proxy(host: String, port: Int, authorization: HTTPClient.Authorization?)
  /// A proxy of which the scheme is not known, with the variable that asks for it.
  case unsupported(variable: String)

  /// The choice for an address.
  ///
  /// This machine is always asked directly. `no_proxy` lists, separated by commas, `*`, or hosts with or
  /// without a port, each for the names below it as well (`example.com`, `.example.com`).
  package init(url: String, environment: [String: String]) {
    guard let url = URL(string: url), let host = url.host()?.lowercased(),
      !ThisMachine.isNamed(by: host)
    else {
      self = .direct
      return
    }
    let isSecure = url.scheme?.lowercased() == "https"
    let name = isSecure ? "https_proxy" : "http_proxy"
    let value = { (name: String) in environment[name] ?? environment[name.uppercased()] ?? "" }
    let port = url.port ?? (isSecure ? 443 : 80)
    let text = value(name)
    guard !text.isEmpty, !Self.isExempt(host, port, by: value("no_proxy")) else {
      self = .direct
      return
    }
    self = Self.proxy(text) ?? .unsupported(variable: name)
  }

  private static func proxy(_ text: String) -> ProxyChoice? {
    guard let url = URL(string: text.contains("://") ? text : "http://\(text)"),
      url.scheme?.lowercased() == "http", let host = url.host(), !host.isEmpty
    else { return nil }
    let authorization = url.user(percentEncoded: false).map { user in
      HTTPClient.Authorization.basic(
        username: user, password: url.password(percentEncoded: false) ?? "")
    }
    return .proxy(host: host, port: url.port ?? 80, authorization: authorization)
  }

  private static func isExempt(_ host: String, _ port: Int, by list: String) -> Bool {
    list.lowercased().split { $0 == "," || $0.isWhitespace }.contains { entry in
      if entry == "*" { return true }
      let parts = entry.split(separator: ":")
      if parts.count == 2, Int(parts[1]) != port { return false }
      let name = (parts.count <= 2 ? parts.first ?? "" : entry).drop { $0 == "." }
      return host == name || host.hasSuffix(".\(name)")
    }
  }
}
