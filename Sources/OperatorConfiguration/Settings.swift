public import CTIBlock
public import RecordOpener
public import Telephony

/// The options that hold, each with where it comes from.
///
/// The layers, weakest first: default, the machine's files, the operator's file, the options screen, the
/// command line. A key that the machine fixed ends at the machine's value, or at the default (R46).
public struct Settings: Hashable, Sendable {
  private let layers: [Layer]
  private let home: String
  /// The keys that only the machine's files may set.
  public let fixed: Set<Key>
  private let servers: ConfiguredServers
  /// Whether they are what a trace tells of another window's.
  public private(set) var isRecorded = false
  /// What had no effect: values for fixed keys, choices of the screen that make no sense, unknown keys
  /// of a block.
  public let notes: [ConfigurationProblem]

  /// Reads the files and puts the layers together.
  ///
  /// - Parameters:
  ///   - screen: the operator's choices on the options screen, by name of key. One that makes no sense
  ///     (another version wrote it) becomes a note: it must not keep the window from starting.
  ///   - commandLine: what the command line says, by name of key.
  /// - Throws: everything that is wrong in the files and on the command line, at once.
  public static func load(
    directories: Directories, screen: [String: String] = [:], commandLine: [String: String] = [:]
  ) throws(ConfigurationError) -> Settings {
    let file = directories.operatorConfiguration
    return try load(
      directories, operatorLayer: Layer(file: file, .operator(file: file)), screen: screen,
      commandLine: commandLine)
  }

  /// The same with what an operator's file says, or would say.
  static func load(
    _ directories: Directories, operatorLayer: Layer, screen: [String: String] = [:],
    commandLine: [String: String] = [:]
  ) throws(ConfigurationError) -> Settings {
    // The first of the machine's folders is the most important one.
    let files =
      directories.machineConfigurations.reversed().map { Layer(file: $0, .machine(file: $0)) }
      + [operatorLayer]
    let said = Layer(.commandLine, commandLine)
    let problems = (files + [said]).flatMap(\.problems)
    guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
    let layers = files + [Layer(.screen, screen), said]
    let settings = Settings(layers: layers, home: directories.home, servers: ConfiguredServers())
    return Settings(
      layers: layers, home: directories.home, servers: try ConfiguredServers(settings))
  }

  /// The same settings with other choices on the options screen; nothing is read again.
  public func choosing(_ screen: [String: String]) -> Settings {
    Settings(
      layers: layers.map { $0.origin == .screen ? Layer(.screen, screen) : $0 }, home: home,
      servers: servers)
  }

  /// The settings that the lines of a trace tell; see ``recorded``. Throws what is wrong with them.
  public static func recorded(_ lines: [String]) throws(ConfigurationError) -> Settings {
    let said = Layer(text: lines.joined(separator: "\n"), .operator(file: "the trace's options"))
    guard said.problems.isEmpty else { throw ConfigurationError(problems: said.problems) }
    let settings = Settings(layers: [said], home: "", servers: ConfiguredServers())
    var whole = Settings(layers: [said], home: "", servers: try ConfiguredServers(settings))
    whole.isRecorded = true
    return whole
  }

  private init(layers: [Layer], home: String, servers: ConfiguredServers) {
    self.layers = layers
    self.home = home
    self.servers = servers
    let fixed = layers.reduce(into: Set<Key>()) { keys, layer in
      if case .keys(let named) = layer.entries[.fixed]?.value { keys.formUnion(named) }
    }
    self.fixed = fixed
    notes =
      layers.flatMap { layer in
        layer.problems + Self.overruled(layer, fixed, by: layers)
      } + servers.notes
  }

  /// Where the value of the key comes from.
  public func origin(of key: Key) -> Origin { Self.holding(key, fixed, layers)?.origin ?? .default }

  /// Whether only the machine's files may set the key.
  public func isFixed(_ key: Key) -> Bool { fixed.contains(key) }

  /// The value of the key as an operator reads it: `top-right`, `5`, `true`.
  public func text(of key: Key) -> String { value(key).plain }
}

// MARK: - The options

extension Settings {
  /// The operator's extension; nil when none is configured.
  public var station: String? { text(.station) }
  /// The site or account; empty when an extension alone is unique.
  public var ident: String { plain(.ident) }
  /// The staff member's code in the ERP; nil when none is configured.
  public var collaborator: String? { text(.collaborator) }
  /// The corner of the terminal in which calls are shown.
  public var corner: Corner { text(.corner).flatMap(Corner.init) ?? .topRight }
  /// What keeps the window quiet, and when it opens a record by itself.
  public var pop: PopOptions {
    PopOptions(
      trigger: text(.trigger).flatMap(Trigger.init) ?? .application, popup: flag(.popup),
      inhibitUnknown: flag(.inhibitUnknown), inhibitBusy: flag(.inhibitBusy),
      inhibitInternal: flag(.inhibitInternal), minDigits: number(.minDigits),
      spoolAge: number(.spoolAge), ringTimeout: number(.ringTimeout))
  }
  /// What the company's own numbers and lines are called, as they are written.
  public var labels: [String: String] { words(.labels) }
  /// The absolute path of a file with more of them; nil: none.
  public var labelsFile: String? { path(.labelsFile) }
  /// The numbers, lines or names whose calls are kept quiet.
  public var inhibitCalled: [String] { list(.inhibitCalled) }
  /// The trigger for the calls to some of them.
  public var triggerCalled: [String: Trigger] {
    words(.triggerCalled).compactMapValues(Trigger.init)
  }
  /// How a record opens for the calls to some of them.
  public var openCalled: [String: RecordPlace] {
    guard case .openings(let openings) = value(.openCalled) else { return [:] }
    return openings.compactMapValues(RecordPlace.init)
  }
  /// The absolute path of the machine's third parties; nil: there are none.
  public var storeParties: String? { path(.storeParties) }
  /// Whether attached numbers and choices are shared with the machine's other users.
  public var storeShared: Bool { flag(.storeShared) }
  /// The program that is asked who has a number; nil: none.
  public var lookupCommand: CommandTemplate? { command(.lookupCommand) }
  /// The window's language; nil: the locale's.
  public var language: Language? { text(.language).flatMap(Language.init) }
  /// Whether the window is drawn for braille displays and screen readers.
  public var accessible: Bool { flag(.accessible) }
  /// How the operator is asked to look when a call rings.
  public var attention: Set<AttentionWay> {
    Set(list(.attention).compactMap(AttentionWay.init))
  }
  /// Whether whole numbers are told there.
  public var attentionNumbers: Bool { flag(.attentionNumbers) }
  /// The program that is started; nil: none.
  public var attentionCommand: CommandTemplate? { command(.attentionCommand) }
  /// The program that is told of a call's `ring`, `answer`, `end` or `missed`; nil: none.
  public func hook(_ kind: String) -> CommandTemplate? {
    Key(rawValue: "hooks." + kind).flatMap { command($0) }
  }
  /// The country in which national numbers are read, ISO 3166 in capitals.
  public var region: String { plain(.region) }
  /// What is dialled before an external number; empty when nothing is.
  public var outsidePrefix: String { plain(.outsidePrefix) }
  /// A number of at most so many digits is an extension.
  public var extensionDigits: Int { number(.extensionDigits) }
  /// Where a record opens; in the ERP: at ``erpURL``.
  public var open: RecordPlace { RecordPlace(value(.open)) ?? .target(.card) }
  /// How often the spool and the relay are asked for calls [s].
  public var pollInterval: Int { number(.pollInterval) }
  /// The REST relay that is asked for calls; nil: none.
  public var relayURL: String? { text(.relayURL) }
  /// The absolute path of the file that holds the relay's token; nil: none.
  public var relayTokenFile: String? { path(.relayTokenFile) }
  /// Where the softphone baresip listens for commands; nil: it is not used.
  public var baresipAddress: String? { text(.baresipAddress) }
  /// The port of baresip's module `ctrl_tcp`.
  public var baresipPort: Int { number(.baresipPort) }
  /// Whether the window offers to answer and to end the softphone's calls.
  public var baresipAnswer: Bool { flag(.baresipAnswer) }
  /// Where Asterisk's manager listens; nil: it is not used.
  public var asteriskAddress: String? { text(.asteriskAddress) }
  /// The manager's port.
  public var asteriskPort: Int {
    let port = number(.asteriskPort)
    return port == 0 ? asteriskTLS ? 5039 : 5038 : port
  }
  /// The manager's user; nil when none is configured.
  public var asteriskUser: String? { text(.asteriskUser) }
  /// The absolute path of the file that holds the user's secret; nil: none.
  public var asteriskSecretFile: String? { path(.asteriskSecretFile) }
  /// Whether the connection to the manager is secured.
  public var asteriskTLS: Bool { flag(.asteriskTLS) }
  /// The absolute path of the certificates that are trusted there; nil: those of the system.
  public var asteriskCAFile: String? { path(.asteriskCAFile) }
  /// The channel technology of the stations.
  public var asteriskTechnology: String { plain(.asteriskTechnology) }
  /// The dialplan's context in which numbers are dialled; empty: none can be.
  public var asteriskContext: String { plain(.asteriskContext) }
  /// The devices that are the operator's; empty: the one named as the station.
  public var asteriskStations: [String] { list(.asteriskStations) }
  /// Where FreeSWITCH's event socket listens; nil: it is not used.
  public var freeswitchAddress: String? { text(.freeswitchAddress) }
  /// Its port.
  public var freeswitchPort: Int { number(.freeswitchPort) }
  /// The user of FreeSWITCH's directory who logs in; empty: the socket's own password does.
  public var freeswitchUser: String { plain(.freeswitchUser) }
  /// The absolute path of the file that holds the password; nil: none.
  public var freeswitchPasswordFile: String? { path(.freeswitchPasswordFile) }
  /// The FreeSWITCH user whose calls are followed; empty: the station.
  public var freeswitchStation: String { plain(.freeswitchStation) }
  /// The dialplan's context in which FreeSWITCH calls numbers; empty: none can be.
  public var freeswitchContext: String { plain(.freeswitchContext) }
  /// Where a telephone system speaks CSTA in XML; nil: none.
  public var cstaAddress: String? { text(.cstaAddress) }
  /// The CSTA server's port.
  public var cstaPort: Int { number(.cstaPort) }
  /// Whether the connection to the CSTA server is secured.
  public var cstaTLS: Bool { flag(.cstaTLS) }
  /// The certificates that are trusted for it; nil: the system's.
  public var cstaCAFile: String? { path(.cstaCAFile) }
  /// Whether the CSTA server wants a session to be begun.
  public var cstaSession: Bool { flag(.cstaSession) }
  /// The user who begins the session; empty: none.
  public var cstaUser: String { plain(.cstaUser) }
  /// The file that holds the user's password.
  public var cstaPasswordFile: String? { path(.cstaPasswordFile) }
  /// The device as the switch names it; empty: the station.
  public var cstaDevice: String { plain(.cstaDevice) }
  /// The edition of ECMA-323 that requests are written in.
  public var cstaEdition: Int { number(.cstaEdition) }
  /// What tells of a mobile's calls on the D-Bus; nil: nothing does.
  public var mobileService: String? { text(.mobileService) }
  /// A part of the path of the operator's modem or mobile; empty: all are his.
  public var mobileDevice: String { plain(.mobileDevice) }
  /// The FRITZ!Box whose call monitor is followed; nil: none.
  public var fritzboxAddress: String? { text(.fritzboxAddress) }
  /// The call monitor's port.
  public var fritzboxPort: Int { number(.fritzboxPort) }
  /// The box's numbers or lines whose calls are the operator's; empty: all.
  public var fritzboxNumbers: [String] { list(.fritzboxNumbers) }
  /// The box's extensions that are the operator's; empty: all.
  public var fritzboxExtensions: [String] { list(.fritzboxExtensions) }
  /// What stands before numbers that come without an area code; empty: nothing.
  public var fritzboxAreaCode: String { plain(.fritzboxAreaCode) }
  /// The user who dials by it; nil: nobody does.
  public var fritzboxUser: String? { text(.fritzboxUser) }
  /// The file with the user's password.
  public var fritzboxPasswordFile: String? { path(.fritzboxPasswordFile) }
  /// The telephone that rings to dial; empty: the box's choice.
  public var fritzboxTelephone: String { plain(.fritzboxTelephone) }
  /// Where the box is told to dial; empty: its usual port.
  public var fritzboxURL: String { plain(.fritzboxURL) }
  /// The certificates that are trusted for it; nil: the system's.
  public var fritzboxCAFile: String? { path(.fritzboxCAFile) }
  /// The ERP's profile: the name of a ready one, or the absolute path of a file; nil: there is no ERP.
  public var erpProfile: String? { path(.erpProfile) }
  /// The ODBC connection string of the ERP's database, without the password, or the address of an OData service; nil:
  /// none is configured.
  public var erpConnection: String? { text(.erpConnection) }
  /// The absolute path of the file that holds the password; nil: none.
  public var erpPasswordFile: String? { path(.erpPasswordFile) }
  /// A file with the certificates that are trusted for the ERP; nil: the system's.
  public var erpCAFile: String? { path(.erpCAFile) }
  /// What stands for columns of the ERP's, by name.
  public var erpColumns: [String: String] { words(.erpColumns) }
  /// How often the window copies what has changed [s]; 0: never.
  public var erpInterval: Int { number(.erpInterval) }
  /// The hour from which the window makes the day's full copy, local time.
  public var erpFullAt: Int { number(.erpFullAt) }
  /// Whether the ERP is asked for numbers that the copy does not know.
  public var erpLive: Bool { flag(.erpLive) }
  /// The address of the ERP's web pages; nil: it has none.
  public var erpURL: String? { text(.erpURL) }
  /// The template of the page for a new third party, with `{base}` for ``erpURL``; nil: the profile's.
  public var erpNewURL: String? { text(.erpNewURL) }
  /// The SIP server of the station; nil: none.
  public var sipServer: String? { text(.sipServer) }
  /// Its port.
  public var sipPort: Int {
    let port = number(.sipPort)
    return port > 0 ? port : sipTransport == "tls" ? 5061 : 5060
  }
  /// How it is reached: `udp`, `tcp` or `tls`.
  public var sipTransport: String { plain(.sipTransport) }
  /// As whom it is asked; empty: as the one who is watched.
  public var sipUser: String { plain(.sipUser) }
  /// The absolute path of the file that holds this user's password; nil: none.
  public var sipPasswordFile: String? { path(.sipPasswordFile) }
  /// The extension or address that is watched; nil: the station.
  public var sipWatch: String? { text(.sipWatch) }
  /// The absolute path of the file in which all that passes is recorded; nil: none.
  public var trace: String? { path(.trace) }
  /// Whether a log is kept.
  public var keepsLog: Bool { value(.log) == .text("on") }
  /// How many days calls are kept, and what is noted of numbers; 0: for good.
  public var retentionDays: Int { number(.retentionDays) }
  /// How long a subscription or a registration lasts before it is renewed [s].
  public var sipExpires: Int { number(.sipExpires) }
  /// The absolute path of the file of the certificates that are trusted; nil: the system's.
  public var sipCAFile: String? { path(.sipCAFile) }
  /// Whether the server is asked for the station's state.
  public var sipSubscribes: Bool { flag(.sipSubscribe) }
  /// Whether a telephone that never answers is registered.
  public var sipListens: Bool { flag(.sipListen) }
  /// Whether a call that another telephone took was taken by the operator.
  public var sipElsewhereIsOwn: Bool { value(.sipElsewhere) == .text("own") }
  /// Further servers at which the telephone is registered: `pbx2.example`, `pbx3.example:5070`.
  public var sipRegistrars: [String] { list(.sipRegistrars) }
}

// MARK: - CTI servers and dialling

extension Settings {
  /// The CTI server that is asked for calls beside the relay; nil: none.
  public var ctiServer: CTIExchange? { servers.event }
  /// The CTI server's name on the screen.
  public var ctiName: String { text(.ctiName) ?? Key.ctiName.fallback.plain }
  /// The CTI server's own event words, and what each means: `ring`, `answer`, `end`, `request`, why a call
  /// ended, or `none`.
  public var ctiWords: [String: String] { words(.ctiWords) }
  /// The CTI server that calls numbers; nil: none.
  public var dialServer: CTIExchange? { servers.dial }
  /// What calls a number: `rest`, `command`, `url`, or the name of a driver; nil when nothing does.
  public var dialThrough: String? { text(.dialThrough) }
  /// The program that calls a number and its arguments; empty: none.
  public var dialCommand: [String] { list(.dialCommand) }
  /// The URL that calls a number.
  public var dialURL: String { plain(.dialURL) }
}

// MARK: - Who wins

extension Settings {
  func value(_ key: Key) -> SettingValue {
    Self.holding(key, fixed, layers)?.entries[key]?.value ?? key.fallback
  }

  /// The text of the key; empty when it has none.
  func plain(_ key: Key) -> String { text(key) ?? "" }

  /// The absolute path that the key names; nil when it is empty.
  func path(_ key: Key) -> String? {
    text(key).map { $0.hasPrefix("~/") ? home + $0.dropFirst() : $0 }
  }

  /// Where the value of the key stands.
  func place(of key: Key) -> (place: String, entry: Layer.Entry?) {
    let layer = Self.holding(key, fixed, layers)
    return ((layer?.origin ?? .default).place, layer?.entries[key])
  }

  /// The text of the key, nil when it is empty.
  private func text(_ key: Key) -> String? {
    if case .text(let text) = value(key), !text.isEmpty { text } else { nil }
  }

  private func words(_ key: Key) -> [String: String] {
    if case .words(let words) = value(key) { words } else { [:] }
  }

  private func list(_ key: Key) -> [String] {
    if case .list(let lines) = value(key) { lines } else { [] }
  }

  /// The program of the key, which was checked when it was read; nil when there is none.
  func command(_ key: Key) -> CommandTemplate? { try? CommandTemplate(list(key)) }

  private func flag(_ key: Key) -> Bool { value(key) == .flag(true) }

  private func number(_ key: Key) -> Int {
    guard case .number(let number) = value(key) else {
      preconditionFailure("the key \(key.rawValue) has no number")
    }
    return number
  }

  /// The strongest layer that may set the key and does.
  private static func holding(_ key: Key, _ fixed: Set<Key>, _ layers: [Layer]) -> Layer? {
    layers.last { layer in
      guard layer.entries[key] != nil else { return false }
      if case .machine = layer.origin { return true }
      return !fixed.contains(key)
    }
  }

  /// The layer's values for fixed keys that differ from what holds.
  private static func overruled(
    _ layer: Layer, _ fixed: Set<Key>, by layers: [Layer]
  ) -> [ConfigurationProblem] {
    if case .machine = layer.origin { return [] }
    return Key.allCases.filter(fixed.contains).compactMap { key in
      guard let entry = layer.entries[key] else { return nil }
      let winner = holding(key, fixed, layers)
      let value = winner?.entries[key]?.value ?? key.fallback
      guard entry.value != value else { return nil }
      let by = winner.map { "\($0.origin.place) " } ?? "the default "
      return ConfigurationProblem(
        place: layer.origin.place, line: entry.line,
        sentence: "\"\(key.rawValue)\" is fixed for this machine: \(by)holds with \(value.toml)")
    }
  }
}
