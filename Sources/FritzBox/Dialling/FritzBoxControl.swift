/// How a FRITZ!Box is told what to do: its TR-064 interface, and who may.
public struct FritzBoxControl: Hashable, Sendable {
  /// The address of the interface: `https://fritz.box:49443`, without a path.
  public var url: String
  /// The file with the certificates that are trusted, or the box's own; nil: the system's.
  public var caFile: String?
  /// The box's user.
  public var user: String
  /// The user's password.
  public var password: String
  /// The telephone that rings, as the box names it: `DECT: Office`; empty: the one that its dialling help is set to.
  public var telephone: String

  /// An interface; see the properties.
  ///
  /// - Parameter url: Empty: TLS on the port that every box has for it, at `address`.
  public init(
    url: String, address: String, caFile: String? = nil, user: String, password: String,
    telephone: String = ""
  ) {
    let host = address.contains(":") ? "[\(address)]" : address
    let written = url.isEmpty ? "https://\(host):49443" : url
    let scheme = written.firstRange(of: "://")?.upperBound ?? written.startIndex
    let end = written[scheme...].firstIndex { "/?#".contains($0) } ?? written.endIndex
    self.url = String(written[..<end])
    self.caFile = caFile
    self.user = user
    self.password = password
    self.telephone = telephone
  }

  /// Host and port, as a sentence names them.
  var server: String { url.split(separator: "/").last.map { String($0) } ?? url }
}
