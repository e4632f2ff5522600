import CTIBlock

/// What to type into a telephone or a CTI program, for each way in which a call reaches the window.
///
/// screenpop-telephony(7) has the same, for the usual folder and the station 1024.
public struct WaysIn: Hashable, Sendable {
  /// One way, with examples that work as they stand.
  public struct Way: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// One or several texts to type.
    public let examples: [String]
  }

  /// The ways, the simplest first.
  public let ways: [Way]
  /// Tables of the configuration, for what tells of its calls itself: the names are to be replaced.
  public let systems: [Way]
  /// What has to be known to type them, a sentence each.
  public let remarks: [String]

  /// The ways into one operator's window.
  ///
  /// - Parameters:
  ///   - launcher: The absolute path of `clicktocall`.
  ///   - protocols: The URL protocols that start it.
  ///   - station: The operator's extension; nil when none is configured.
  ///   - ident: The site or account; may be empty.
  ///   - relay: The relay's address as configured (`relay_url`); nil: where a relay listens by itself.
  ///   - needsToken: Whether the relay wants to be shown a token.
  ///   - socket: The path of the window's socket.
  public init(
    launcher: String, protocols: [URLProtocolName], station: String?, ident: String,
    relay: String?, needsToken: Bool, socket: String
  ) {
    let asked = Self.question(relay, station: station ?? Self.unknownStation, ident: ident)
    let told = asked.replacing("/getevent?", with: "/setevent?") + "&tel=0388202122&event="
    let hasBlanks = launcher.contains(" ")
    let program = hasBlanks ? "\"\(launcher)\"" : launcher
    var ways = [
      Way(
        name: "words", examples: ["\(program) 0388202122", "\(program) 0388202122 popup"]),
      Way(
        name: "options",
        examples: [
          "\(program) --event ring --call-id 41 0388202122",
          "\(program) --event end --call-id 41 --reason missed",
        ]),
      Way(
        name: "switches (3CX style)",
        examples: [
          "\(program) /N:S /C:0388202122 /T:I /I:42", "\(program) /N:E /C:0388202122 /T:I /I:42",
        ]),
      Way(name: "Twinkle", examples: ["script_incoming_call=\(launcher)"]),
      Way(
        name: "URL protocol",
        examples: protocols.flatMap { ["\($0):0388202122", "\($0):0388202122?popup"] }),
      Way(name: "relay", examples: ["ring", "answer", "end"].map { told + $0 }),
      Way(
        name: "poll, in config.toml",
        examples: ["relay_url = \"\(asked.prefix { $0 != "?" })\""]),
      Way(name: "socket", examples: [socket, "v=1&event=ring&tel=0388202122"]),
    ]
    var remarks = [
      "Put the software's own placeholder where 0388202122 stands: $remote, %CallerID%…"
    ]
    if hasBlanks {
      // Twinkle cuts the line at blanks, and keeps quotes as a part of the name.
      ways.removeAll { $0.name == "Twinkle" }
      remarks.append("Twinkle cannot start a program in a folder with a blank in its name.")
    }
    if station == nil {
      remarks.append(
        "No station is configured: put the extension where \(Self.unknownStation) stands, and set"
          + " station in the configuration, since the relay is asked for a station's calls only.")
    }
    if needsToken {
      remarks.append(
        "The relay wants a token that may write: put &token= and the token at the end.")
    }
    systems = Self.tables(station ?? Self.unknownStation)
    self.ways = ways.filter { !$0.examples.isEmpty }
    self.remarks = remarks
  }

  private static func tables(_ station: String) -> [Way] {
    let station = station.filter { $0 != "\"" && $0 != "\\" }
    return TelephoneSystem.drivers.map { Way(name: $0.title, examples: $0.table(station: station)) }
  }

  private static let unknownStation = "EXTENSION"
  private static let usualRelay = "http://127.0.0.1:8083/DhDivaltoServerCTI/api/cti/getevent"

  /// What the relay is asked. A query of the user's own is left out, since it may hold a secret, and so is
  /// the address of a CTI server that is no relay.
  private static func question(_ relay: String?, station: String, ident: String) -> String {
    let address = relay.map { String($0.prefix { !"?#".contains($0) }) }
    let relay = address.flatMap { $0.hasSuffix("/getevent") ? $0 : nil } ?? usualRelay
    let values = CTIVariables(ident: ident, station: station)
    return (try? CTIExchange(.relay(url: relay)))?.request(values).url ?? usualRelay
  }
}
