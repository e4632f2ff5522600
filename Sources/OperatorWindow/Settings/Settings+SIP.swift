package import OperatorConfiguration
package import SIP
import Telephony
package import TrafficTrace

extension Settings {
  /// What tells of the station's calls at its SIP server: dialog state, nil when it is not asked for, and a telephone
  /// at each server where one is registered.
  ///
  /// Throws when a server, what is watched or the password's file cannot be used.
  package func sipSources(
    _ trace: Trace? = nil
  ) throws(ConfigurationError) -> (dialogs: SIPDialogSource?, telephones: [SIPTelephone]) {
    guard let sipServer else { return (nil, []) }
    guard sipSubscribes || sipListens else {
      throw ConfigurationError(
        "sip.server is set, but neither sip.subscribe nor sip.listen is true")
    }
    guard let watch = sipWatch ?? station else {
      throw ConfigurationError(
        "sip.server is set, but nothing to watch there: set station, or sip.watch")
    }
    let password = try sipPasswordFile.map { path throws(ConfigurationError) in
      try secret(of: path, key: "sip.password_file")
    }
    var accounts = [try sipAccount("sip.server", sipServer, sipPort, watch, password)]
    for registrar in sipRegistrars {
      guard let place = SIPAccount.place(registrar, port: sipPort) else {
        throw ConfigurationError(
          "sip.registrars: \(registrar) is no host name and no address")
      }
      accounts.append(
        try sipAccount("sip.registrars", place.host, place.port, watch, password))
    }
    // Dialog state is that of the first server, and knows nothing of calls at another.
    let beside = sipSubscribes ? SIPBeside() : nil
    let dialogs = beside.map {
      SIPDialogSource(
        account: accounts[0], station: station, plan: plan, now: WindowClock.now, trace: trace,
        beside: $0)
    }
    let telephones = accounts.enumerated().map { index, account in
      let name = SIPTelephone.standardID.name + (index == 0 ? "" : "-\(index + 1)")
      return SIPTelephone(
        id: SourceID(name), account: account, station: station, isOwn: sipElsewhereIsOwn,
        beside: index == 0 ? beside : nil, plan: plan, now: WindowClock.now, trace: trace)
    }
    return (dialogs, sipListens ? telephones : [])
  }

  /// The account at a server that the key names.
  private func sipAccount(
    _ key: String, _ server: String, _ port: Int, _ watch: String, _ password: String?
  ) throws(ConfigurationError) -> SIPAccount {
    do {
      return try SIPAccount(
        server: server, port: port, transport: .init(rawValue: sipTransport) ?? .udp,
        user: sipUser, password: password, watch: watch, expires: sipExpires, caFile: sipCAFile,
        listens: sipListens)
    } catch {
      switch error {
      case .server(let name):
        throw ConfigurationError("\(key): \(name) is no host name and no address")
      case .watch(let text):
        throw ConfigurationError(
          "sip.watch: \(text) is no extension, nor an address such as 1024@pbx.example")
      }
    }
  }
}
