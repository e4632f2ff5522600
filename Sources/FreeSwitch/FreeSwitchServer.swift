import Connector

/// Where FreeSWITCH's event socket listens, as whom, and what is followed there.
public struct FreeSwitchServer: Hashable, Sendable {
  /// A name or an IP address.
  public var address: String
  /// The port; usually 8021.
  public var port: Int
  /// A user of the directory, `1024@pbx.example`, as `userauth` takes one; empty: the password is the socket's own.
  public var user: String
  /// The password.
  public var password: String
  /// The user whose calls are followed, `1024` or `1024@pbx.example`; empty: the operator's extension.
  public var station: String
  /// The context of the dialplan in which numbers are called; empty: none can be.
  public var context: String

  /// A server; see the properties.
  public init(
    address: String, port: Int = 8021, user: String = "", password: String, station: String = "",
    context: String = "default"
  ) {
    self.address = address
    self.port = port
    self.user = user
    self.password = password
    self.station = station
    self.context = context
  }

  /// Where it is, as a connection is made to it.
  var peer: ConnectorPeer { ConnectorPeer(host: address, port: port) }

  /// Why it cannot be spoken to as it is configured; nil: it can.
  var problem: String? {
    if station.isEmpty { return "no station configured: FreeSWITCH is not asked" }
    if !FreeSwitchCommand.isName(station) {
      return "station in [freeswitch] is no user's name, such as 1024 or 1024@pbx.example"
    }
    if !context.isEmpty, !FreeSwitchCommand.isName(context) {
      return "context in [freeswitch] is no name of a context"
    }
    for (key, value) in [("user", user), ("password_file", password)]
    where !FreeSwitchCommand.isLine(value) {
      return "\(key) in [freeswitch] holds a line end or a control character"
    }
    return user.contains(":") ? "user in [freeswitch] holds a colon" : nil
  }
}
