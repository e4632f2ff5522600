package import CSTA
import Connector
package import OperatorConfiguration
package import TrafficTrace

extension Settings {
  /// The telephone system that speaks CSTA; nil when none is configured.
  ///
  /// Throws when the password is missing.
  package func csta(_ trace: Trace? = nil) throws(ConfigurationError) -> CSTADriver? {
    guard let cstaAddress else { return nil }
    if !cstaUser.isEmpty, cstaPasswordFile == nil {
      throw ConfigurationError("[csta]: password_file is missing")
    }
    let password =
      if let cstaPasswordFile {
        try secret(of: cstaPasswordFile, key: "csta.password_file")
      } else { "" }
    let server = CSTAServer(
      address: cstaAddress, port: cstaPort,
      trust: cstaTLS ? cstaCAFile.map { .certificates(path: $0) } ?? .system : nil,
      // Without one there is nobody to tell the user to.
      hasSession: cstaSession || !cstaUser.isEmpty, user: cstaUser, password: password,
      device: cstaDevice, edition: cstaEdition)
    return CSTADriver(
      server, station: station, plan: plan, now: WindowClock.now, trace: trace)
  }
}
