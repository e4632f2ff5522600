package import OperatorConfiguration
package import SIP
import Telephony
package import TrafficTrace

extension Settings {
  /// The dialog state of a SIP server; nil when no server is configured.
  ///
  /// Throws when the server, what is watched or the password's file cannot be used.
  package func sipDialog(_ trace: Trace? = nil) throws(ConfigurationError) -> SIPDialogSource? {
    guard let sipServer else { return nil }
    guard let watch = sipWatch ?? station else {
      throw ConfigurationError(
        "sip.server is set, but nothing to watch there: set station, or sip.watch")
    }
    var password: String?
    if let sipPasswordFile {
      password = try secret(of: sipPasswordFile, key: "sip.password_file")
    }
    do {
      let account = try SIPAccount(
        server: sipServer, port: sipPort, transport: sipTransport == "tcp" ? .tcp : .udp,
        user: sipUser, password: password, watch: watch, expires: sipExpires)
      return SIPDialogSource(
        account: account, station: station, plan: plan, now: WindowClock.now, trace: trace)
    } catch {
      switch error {
      case .server(let name):
        throw ConfigurationError("sip.server: \(name) is no host name and no address")
      case .watch(let text):
        throw ConfigurationError(
          "sip.watch: \(text) is no extension, nor an address such as 1024@pbx.example")
      }
    }
  }
}
