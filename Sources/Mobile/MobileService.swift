/// What tells of the calls of a mobile, or of a modem, on a bus.
public enum MobileService: String, Hashable, Sendable, CaseIterable {
  /// A modem with a SIM in this machine.
  case modemManager = "modemmanager"
  /// A modem, or a mobile by Bluetooth.
  case oFono = "ofono"
  /// An Android telephone beside it.
  case kdeConnect = "kdeconnect"

  /// Its name on the bus.
  var busName: String {
    switch self {
    case .modemManager: "org.freedesktop.ModemManager1"
    case .oFono: "org.ofono"
    case .kdeConnect: "org.kde.kdeconnect"
    }
  }

  /// What people call it.
  var title: String {
    switch self {
    case .modemManager: "ModemManager"
    case .oFono: "oFono"
    case .kdeConnect: "KDE Connect"
    }
  }

  /// Whether it is on the operator's own bus, not on the machine's.
  public var isOfSession: Bool { self == .kdeConnect }
  /// Whether it can be told to call, answer and hang up.
  public var takesOrders: Bool { self != .kdeConnect }

  /// The interface of whatever has calls, and that of a call.
  var managerInterface: String {
    switch self {
    case .modemManager: "org.freedesktop.ModemManager1.Modem.Voice"
    case .oFono: "org.ofono.VoiceCallManager"
    case .kdeConnect: "org.kde.kdeconnect.device.telephony"
    }
  }

  var callInterface: String {
    self == .modemManager ? "org.freedesktop.ModemManager1.Call" : "org.ofono.VoiceCall"
  }

  /// How it is asked for everything that it has: object, interface and method.
  var question: (path: String, interface: String, member: String) {
    self == .modemManager
      ? (
        "/org/freedesktop/ModemManager1", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects"
      )
      : ("/", "org.ofono.Manager", "GetModems")
  }
}
