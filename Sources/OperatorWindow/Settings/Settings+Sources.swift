import Baresip
import CTIBlock
import CTIPoll
package import CallWire
package import ERPSync
package import LauncherSource
package import OperatorConfiguration
import PhoneNumbers
package import Telephony
package import TrafficTrace

extension Settings {
  /// The launcher's messages, which `inbox` keeps; `knowledge` is what the launcher and `doctor` may ask, `rank`
  /// whether this window takes the calls.
  package func launcher(
    _ runtime: RuntimeDirectory, _ inbox: EventInbox, _ knowledge: WindowKnowledge,
    rank: WindowRank, trace: Trace? = nil
  ) -> LauncherSource {
    LauncherSource(
      runtime: runtime, station: station, plan: plan, inbox: inbox, now: WindowClock.now,
      knowledge: knowledge, rank: rank, interval: .seconds(pollInterval), trace: trace)
  }

  /// Where calls come from besides: what is configured.
  ///
  /// Throws when an address or a file with a secret cannot be used.
  package func sources(
    _ environment: [String: String], trace: Trace? = nil
  ) throws(ConfigurationError) -> [any CallSource] {
    let sip = try sipSources(trace)
    let sources: [(any CallSource)?] = [
      try relay(environment, trace), try server(environment, trace), softphone(trace),
      try asterisk(trace), try freeSwitch(trace), try csta(trace), try fritzBox(trace),
      mobile(environment, trace), sip.dialogs,
    ]
    return sources.compactMap { $0 } + sip.telephones
  }

  /// The softphone on the station; nil when none is configured.
  package func softphone(_ trace: Trace? = nil) -> (any CallSource)? {
    baresipAddress.map {
      BaresipDriver(
        address: $0, port: baresipPort, plan: plan, now: WindowClock.now, trace: trace)
    }
  }

  /// The CTI server that is asked beside the relay; nil when none is configured.
  package func server(
    _ environment: [String: String], _ trace: Trace? = nil
  ) throws(ConfigurationError) -> (any CallSource)? {
    guard let ctiServer else { return nil }
    do {
      return poll(SourceID(ctiName), ctiServer, try EventWords(own: ctiWords), environment, trace)
    } catch {
      throw ConfigurationError("cti.words: \(error)")
    }
  }

  /// The ERP behind the store, which tells of itself as a source does; nil when there is none.
  ///
  /// Throws when its configuration cannot be used.
  package func erpLink(
    _ store: StoreAccess, trace: Trace? = nil
  ) throws(ConfigurationError) -> ERPLink? {
    guard !store.isDemo else { return nil }
    return try erpSetup().map { ERPLink($0, self, store, trace: trace) }
  }

  /// The ERP as it is configured; nil: there is none.
  ///
  /// Throws when its configuration cannot be used.
  package func erpSetup() throws(ConfigurationError) -> ERPSetup? {
    let setup = try ERPSetup(self)
    let opensERP = open == .erp || openCalled.values.contains(.erp)
    guard !opensERP || setup?.record != nil else {
      throw ConfigurationError(
        "a record that opens in the \"erp\" needs erp.profile, and erp.url: the address of the ERP's pages"
      )
    }
    return setup
  }

  /// When the window copies it: never where a service does so for the machine.
  package var copySchedule: CopySchedule {
    CopySchedule(interval: storeParties == nil ? erpInterval : 0, fullAt: erpFullAt)
  }

  /// The relay; nil when none is configured.
  package func relay(
    _ environment: [String: String], _ trace: Trace? = nil
  ) throws(ConfigurationError) -> (any CallSource)? {
    guard let relayURL else { return nil }
    do {
      let exchange = try CTIExchange(.relay(url: relayURL, token: try relayToken()))
      return poll("relay", exchange, EventWords(), environment, trace)
    } catch let error as CTIBlockError {
      let problem = error.problems.map(\.sentence).joined(separator: "; ")
      throw ConfigurationError("relay_url: \(problem)")
    } catch let error as ConfigurationError {
      throw error
    } catch {
      throw ConfigurationError("relay_url: \(error)")
    }
  }

  private func poll(
    _ id: SourceID, _ exchange: CTIExchange, _ words: EventWords, _ environment: [String: String],
    _ trace: Trace?
  ) -> RESTPollSource {
    RESTPollSource(
      id: id, exchange: exchange, values: CTIVariables(ident: ident, station: station ?? ""),
      plan: plan, words: words, environment: environment, now: WindowClock.now,
      interval: .seconds(pollInterval), trace: trace)
  }

  /// The token in `relay_token_file`, without blanks around it; nil when no file is configured.
  private func relayToken() throws(ConfigurationError) -> String? {
    guard let relayTokenFile else { return nil }
    let line = try secret(of: relayTokenFile, key: "relay_token_file")
    guard let token = line.utf8.split(whereSeparator: { $0 <= UInt8(ascii: " ") }).first else {
      throw ConfigurationError("relay_token_file: \(relayTokenFile) holds no token")
    }
    return String(Substring(token))
  }
}
