package import FritzBox
package import OperatorConfiguration
package import TrafficTrace

extension Settings {
  /// The FRITZ!Box; nil when none is configured.
  ///
  /// Throws when its numbers, extensions or area code make no sense, or the password is missing.
  package func fritzBox(_ trace: Trace? = nil) throws(ConfigurationError) -> FritzBoxDriver? {
    guard let fritzboxAddress else { return nil }
    let monitor = FritzBoxMonitor(
      address: fritzboxAddress, port: fritzboxPort, numbers: fritzboxNumbers,
      extensions: fritzboxExtensions, areaCode: fritzboxAreaCode)
    if let problem = monitor.problem { throw ConfigurationError("[fritzbox]: \(problem)") }
    return FritzBoxDriver(
      monitor, dialler: try fritzBoxDialler(), station: station, plan: plan, now: WindowClock.now,
      trace: trace)
  }

  /// What dials at the FRITZ!Box; nil when nobody may.
  ///
  /// Throws when the password is missing.
  package func fritzBoxDialler() throws(ConfigurationError) -> FritzBoxDialler? {
    guard let fritzboxAddress, let fritzboxUser else { return nil }
    guard let fritzboxPasswordFile else {
      throw ConfigurationError("[fritzbox]: password_file is missing")
    }
    return FritzBoxDialler(
      FritzBoxControl(
        url: fritzboxURL, address: fritzboxAddress, caFile: fritzboxCAFile, user: fritzboxUser,
        password: try secret(of: fritzboxPasswordFile, key: "fritzbox.password_file"),
        telephone: fritzboxTelephone))
  }
}
