import Glibc
package import Mobile
package import OperatorConfiguration
package import TrafficTrace

extension Settings {
  /// The mobile on the D-Bus; nil when none is configured.
  package func mobile(_ environment: [String: String], _ trace: Trace? = nil) -> MobileDriver? {
    guard let service = mobileService.flatMap({ MobileService(rawValue: $0) }) else { return nil }
    let bus = MobileBus(
      service, device: mobileDevice, environment: environment, user: geteuid())
    return MobileDriver(bus, station: station, plan: plan, now: WindowClock.now, trace: trace)
  }
}
