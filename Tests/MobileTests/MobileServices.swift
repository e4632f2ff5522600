import Glibc
import TestSupport

@testable import Mobile

/// A bus of its own with stand-ins of ModemManager, oFono and KDE Connect, by python3-dbusmock.
final class MobileServices: Sendable {
  private static let mock = "org.freedesktop.DBus.Mock"
  static let modem = "/org/freedesktop/ModemManager1/Modem/0"
  static let call = "/org/freedesktop/ModemManager1/Call/7"
  static let phone = "/modules/kdeconnect/devices/abc/telephony"

  private let folder: TemporaryFolder
  private let bus: Child
  private let services: [Child]

  /// Starts all of them, and has a modem of each.
  init() async throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    bus = try Child(
      "dbus-daemon", ["--session", "--nofork", "--address=unix:path=\(folder.file("bus"))"],
      output: folder.file("log"))
    try await waitUntil("the bus") { access(folder.file("bus"), F_OK) == 0 }
    let start = { (arguments: [String]) in
      try Child(
        "/usr/bin/python3", ["-m", "dbusmock", "--session"] + arguments,
        environment: ["DBUS_SESSION_BUS_ADDRESS": "unix:path=\(folder.file("bus"))"],
        output: folder.file(arguments.last ?? ""))
    }
    let manager = MobileService.modemManager
    services = try [
      start(["-m", manager.busName, "/org/freedesktop/ModemManager1", manager.busName]),
      start(["-t", "ofono"]),
      start(["org.kde.kdeconnect", Self.phone, "org.kde.kdeconnect.device.telephony"]),
    ]
    for service in MobileService.allCases {
      try await waitUntil(service.busName) {
        let answer = try await self.busctl([
          "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", "s", service.busName,
        ])
        return answer == "b true\n"
      }
    }
    try await busctl([
      manager.busName, "/org/freedesktop/ModemManager1", Self.mock, "AddObject", "ssa{sv}a(ssss)",
      Self.modem, manager.managerInterface, "1", "Calls", "ao", "0", "1", "CreateCall", "a{sv}",
      "o",
      "ret = \"\(Self.call)\"",
    ])
    // Everything that is told of this call later can be asked for now.
    try await busctl([
      manager.busName, "/org/freedesktop/ModemManager1", Self.mock, "AddObject", "ssa{sv}a(ssss)",
      Self.call, manager.callInterface, "3", "State", "i", "3", "Direction", "i", "1", "Number",
      "s", "0199001111", "3", "Accept", "", "", "", "Hangup", "", "", "", "Start", "", "", "",
    ])
  }

  /// The bus, as it is configured for a service.
  func bus(_ service: MobileService, device: String = "") -> MobileBus {
    let address = "unix:path=\(folder.file("bus")),guid=0"
    return MobileBus(
      service, device: device,
      environment: ["DBUS_SYSTEM_BUS_ADDRESS": address, "DBUS_SESSION_BUS_ADDRESS": address],
      user: geteuid())
  }

  /// Has an object of a service tell something: interface, name, signature and values.
  func tell(_ service: MobileService, _ path: String, _ signal: [String], _ values: [[String]])
    async throws
  {
    try await busctl(
      [service.busName, path, Self.mock, "EmitSignal", "sssav"] + signal + ["\(values.count)"]
        + values.flatMap { $0 })
  }

  /// Ends a service.
  func end(_ service: MobileService) {
    let place = MobileService.allCases.firstIndex(of: service) ?? 0
    services[place].signal(SIGKILL)
  }

  @discardableResult
  private func busctl(_ arguments: [String]) async throws -> String {
    let finished = try await run(
      "busctl", ["--address=unix:path=\(folder.file("bus"))", "call"] + arguments)
    guard finished.status == 0 else { throw Refusal(output: finished.output) }
    return finished.output
  }
}

/// What busctl said.
struct Refusal: Error { let output: String }
