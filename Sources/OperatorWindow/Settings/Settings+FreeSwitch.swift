package import FreeSwitch
package import OperatorConfiguration
package import TrafficTrace

extension Settings {
  /// The PBX FreeSWITCH; nil when none is configured.
  ///
  /// Throws when the password is missing.
  package func freeSwitch(_ trace: Trace? = nil) throws(ConfigurationError) -> FreeSwitchDriver? {
    guard let freeswitchAddress else { return nil }
    guard let freeswitchPasswordFile else {
      throw ConfigurationError("[freeswitch]: password_file is missing")
    }
    let server = FreeSwitchServer(
      address: freeswitchAddress, port: freeswitchPort, user: freeswitchUser,
      password: try secret(of: freeswitchPasswordFile, key: "freeswitch.password_file"),
      station: freeswitchStation, context: freeswitchContext)
    return FreeSwitchDriver(
      server, station: station, plan: plan, now: WindowClock.now, trace: trace)
  }
}
