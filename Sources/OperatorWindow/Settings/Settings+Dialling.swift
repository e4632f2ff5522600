import Asterisk
import Baresip
import CTIPoll
import FritzBox
package import OperatorConfiguration
import RecordOpener
package import Telephony

extension Settings {
  /// What calls a number (R32): a CTI server, a program, a URL for the desktop, or the one of the
  /// sources that is the driver named by `dial.through`; nil when nothing is configured.
  ///
  /// The one place that chooses. Throws when what is named is not there.
  package func dialler(
    among sources: [any CallSource], environment: [String: String]
  ) throws(ConfigurationError) -> (any Dialler)? {
    let opener = RecordOpener(environment: environment)
    let station = station ?? ""
    if dialThrough == FritzBoxDriver.id.name {
      // The box is told over the Web, whether its call monitor is there or not.
      if let dialler = try fritzBoxDialler() { return dialler }
      throw ConfigurationError("dial.through: nobody may dial: set address and user in [fritzbox]")
    }
    do throws(OpenError) {
      switch dialThrough {
      case nil: return nil
      case "rest":
        guard let dialServer else { throw .badTarget("no CTI server for dialling is described") }
        return RESTDialler(
          exchange: dialServer, ident: ident, station: station, environment: environment)
      case "command":
        return ProgramDialler(
          .command(try CommandTemplate(dialCommand)), option: "dial.command", station: station,
          opener: opener)
      case "url":
        return ProgramDialler(
          .url(try URLTemplate(dialURL)), option: "dial.url", station: station, opener: opener)
      case .some(let name):
        let drivers = sources.compactMap { $0 as? any TelephonyDriver & Dialler }
        if let driver = drivers.first(where: { $0.id.name == name }) { return driver }
        throw .badTarget(
          "no driver \"\(name)\" is configured: add its table, or choose another way")
      }
    } catch {
      throw ConfigurationError("dial.through: \(error.sentence)")
    }
  }
}
