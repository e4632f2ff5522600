package import Asterisk
package import OperatorConfiguration
package import TrafficTrace

extension Settings {
  /// The PBX Asterisk; nil when none is configured.
  ///
  /// Throws when the user or the secret is missing.
  package func asterisk(_ trace: Trace? = nil) throws(ConfigurationError) -> AsteriskSource? {
    guard let asteriskAddress else { return nil }
    guard let asteriskUser, let asteriskSecretFile else {
      throw ConfigurationError("[asterisk]: user and secret_file are missing")
    }
    let manager = AsteriskManager(
      address: asteriskAddress, port: asteriskPort, user: asteriskUser,
      secret: try secret(of: asteriskSecretFile, key: "asterisk.secret_file"),
      security: asteriskTLS ? asteriskCAFile.map { .certificates(path: $0) } ?? .system : .none,
      technology: asteriskTechnology, context: asteriskContext, stations: asteriskStations)
    return AsteriskSource(manager, station: station, plan: plan, now: WindowClock.now, trace: trace)
  }
}
