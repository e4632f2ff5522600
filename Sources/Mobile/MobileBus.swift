import Connector

/// Which service is followed, on which bus, and as whom.
public struct MobileBus: Hashable, Sendable {
  /// The bus of the machine, where nothing else is said.
  private static let systemSocket = "/run/dbus/system_bus_socket"

  /// Who tells of calls.
  public var service: MobileService
  /// A part of the path of the modem or mobile whose calls are followed: `Modem/0`, `phonesim`; empty: all.
  public var device: String
  /// The socket of the bus; nil: nobody said where it is.
  public var socket: String?
  /// The operator's number on this machine.
  public var user: UInt32

  /// A bus; see the properties. `environment` says where it is.
  public init(
    _ service: MobileService, device: String = "", environment: [String: String], user: UInt32
  ) {
    (self.service, self.device, self.user) = (service, device, user)
    // As the XDG specification says: a relative folder counts as none.
    let runtime = environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? $0 + "/bus" : nil }
    let (name, standard) =
      service.isOfSession
      ? ("DBUS_SESSION_BUS_ADDRESS", runtime) : ("DBUS_SYSTEM_BUS_ADDRESS", Self.systemSocket)
    let address = environment[name] ?? ""
    socket = address.isEmpty ? standard : Self.socket(address)
  }

  /// The socket in an address, `unix:path=/run/user/1000/bus,guid=…`; nil when it is of another kind.
  private static func socket(_ address: String) -> String? {
    for part in address.split(separator: ";") where part.hasPrefix("unix:") {
      for pair in part.dropFirst("unix:".count).split(separator: ",") where pair.hasPrefix("path=")
      {
        return String(pair.dropFirst("path=".count))
      }
    }
    return nil
  }

  /// Where it is, as a connection is made to it.
  var peer: ConnectorPeer { ConnectorPeer(socket: socket ?? "") }

  /// Why it cannot be listened to; nil: it can.
  var problem: String? {
    guard socket != nil else {
      return "there is no bus of this session: DBUS_SESSION_BUS_ADDRESS names no socket"
    }
    return nil
  }

  /// Whether the calls of this modem or mobile are followed.
  func follows(_ path: String) -> Bool { device.isEmpty || path.contains(device) }
}
