package import FritzBox
package import OperatorConfiguration
package import TrafficTrace

extension Settings {
  /// The FRITZ!Box; nil when none is configured.
  ///
  /// Throws when its numbers, extensions or area code make no sense.
  package func fritzBox(_ trace: Trace? = nil) throws(ConfigurationError) -> FritzBoxDriver? {
    guard let fritzboxAddress else { return nil }
    let monitor = FritzBoxMonitor(
      address: fritzboxAddress, port: fritzboxPort, numbers: fritzboxNumbers,
      extensions: fritzboxExtensions, areaCode: fritzboxAreaCode)
    if let problem = monitor.problem { throw ConfigurationError("[fritzbox]: \(problem)") }
    return FritzBoxDriver(
      monitor, station: station, plan: plan, now: WindowClock.now, trace: trace)
  }
}
