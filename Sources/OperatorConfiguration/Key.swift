import CTIBlock
import RecordOpener
import Telephony

/// An option, by its name in a configuration file: the one table of what can be configured.
///
/// `Resources/screenpop.toml`, the checks and the options screen all follow it.
public enum Key: String, Hashable, Sendable, CaseIterable {
  case station, ident, collaborator, corner, language, accessible
  case popup, trigger
  case inhibitUnknown = "inhibit_unknown"
  case inhibitBusy = "inhibit_busy"
  case inhibitInternal = "inhibit_internal"
  case minDigits = "min_digits"
  case labels
  case labelsFile = "labels_file"
  case inhibitCalled = "inhibit_called"
  case triggerCalled = "trigger_called"
  case openCalled = "open_called"
  case attention
  case attentionNumbers = "attention_numbers"
  case attentionCommand = "attention_command"
  case region
  case outsidePrefix = "outside_prefix"
  case extensionDigits = "extension_digits"
  case open
  case spoolAge = "spool_age"
  case ringTimeout = "ring_timeout"
  case pollInterval = "poll_interval"
  case relayURL = "relay_url"
  case relayTokenFile = "relay_token_file"
  case baresipAddress = "baresip.address"
  case baresipPort = "baresip.port"
  case baresipAnswer = "baresip.answer"
  case ctiName = "cti.name"
  case ctiBlock = "cti.block"
  case ctiBlockFile = "cti.block_file"
  case ctiWords = "cti.words"
  case ctiWithEvent = "cti.with_event"
  case ctiURL = "cti.url"
  case ctiMethod = "cti.methode"
  case ctiData = "cti.data"
  case ctiDataEncoding = "cti.dataencode"
  case ctiHeaders = "cti.headers"
  case ctiContentType = "cti.contenttype"
  case ctiAnswerType = "cti.type_return"
  case ctiJSONNumber = "cti.json_tel"
  case ctiJSONEvent = "cti.json_event"
  case ctiXMLNumber = "cti.xml_tel"
  case ctiXMLEvent = "cti.xml_event"
  case ctiXMLNumberInAttribute = "cti.xml_result_tel_in_attrib"
  case ctiXMLNumberAttribute = "cti.xml_tel_attrib"
  case ctiXMLEventInAttribute = "cti.xml_result_event_in_attrib"
  case ctiXMLEventAttribute = "cti.xml_event_attrib"
  case storeParties = "store.parties"
  case storeShared = "store.shared"
  case lookupCommand = "lookup.command"
  case dialThrough = "dial.through"
  case dialBlock = "dial.block"
  case dialBlockFile = "dial.block_file"
  case dialCommand = "dial.command"
  case dialURL = "dial.url"
  case asteriskAddress = "asterisk.address"
  case asteriskPort = "asterisk.port"
  case asteriskUser = "asterisk.user"
  case asteriskSecretFile = "asterisk.secret_file"
  case asteriskTLS = "asterisk.tls"
  case asteriskCAFile = "asterisk.ca_file"
  case asteriskTechnology = "asterisk.technology"
  case asteriskContext = "asterisk.context"
  case asteriskStations = "asterisk.stations"
  case freeswitchAddress = "freeswitch.address"
  case freeswitchPort = "freeswitch.port"
  case freeswitchUser = "freeswitch.user"
  case freeswitchPasswordFile = "freeswitch.password_file"
  case freeswitchStation = "freeswitch.station"
  case freeswitchContext = "freeswitch.context"
  case cstaAddress = "csta.address"
  case cstaPort = "csta.port"
  case cstaTLS = "csta.tls"
  case cstaCAFile = "csta.ca_file"
  case cstaSession = "csta.session"
  case cstaUser = "csta.user"
  case cstaPasswordFile = "csta.password_file"
  case cstaDevice = "csta.device"
  case cstaEdition = "csta.edition"
  case fritzboxAddress = "fritzbox.address"
  case fritzboxPort = "fritzbox.port"
  case fritzboxNumbers = "fritzbox.numbers"
  case fritzboxExtensions = "fritzbox.extensions"
  case fritzboxAreaCode = "fritzbox.area_code"
  case fritzboxUser = "fritzbox.user"
  case fritzboxPasswordFile = "fritzbox.password_file"
  case fritzboxTelephone = "fritzbox.telephone"
  case fritzboxURL = "fritzbox.url"
  case fritzboxCAFile = "fritzbox.ca_file"
  case mobileService = "mobile.service"
  case mobileDevice = "mobile.device"
  case erpProfile = "erp.profile"
  case erpConnection = "erp.connection"
  case erpPasswordFile = "erp.password_file"
  case erpCAFile = "erp.ca_file"
  case erpColumns = "erp.columns"
  case erpInterval = "erp.interval"
  case erpFullAt = "erp.full_at"
  case erpLive = "erp.live"
  case erpURL = "erp.url"
  case erpNewURL = "erp.new_url"
  case sipServer = "sip.server"
  case sipPort = "sip.port"
  case sipTransport = "sip.transport"
  case sipUser = "sip.user"
  case sipPasswordFile = "sip.password_file"
  case sipWatch = "sip.watch"
  case sipExpires = "sip.expires"
  case sipCAFile = "sip.ca_file"
  case sipSubscribe = "sip.subscribe"
  case sipListen = "sip.listen"
  case sipElsewhere = "sip.elsewhere"
  case sipRegistrars = "sip.registrars"
  case trace, log
  case retentionDays = "retention_days"
  case hookRing = "hooks.ring"
  case hookAnswer = "hooks.answer"
  case hookEnd = "hooks.end"
  case hookMissed = "hooks.missed"
  case fixed

  /// The tables of a file: what stands before the point in a key's name.
  static let tables = Set(
    allCases.compactMap { key in
      key.rawValue.lastIndex(of: ".").map { String(key.rawValue[..<$0]) }
    })

  /// What a value must be.
  var kind: ValueKind {
    switch self {
    case .station, .freeswitchStation: .word
    case .ident, .collaborator, .ctiName, .baresipAddress, .asteriskAddress,
      .asteriskUser, .asteriskTechnology, .asteriskContext, .freeswitchAddress, .freeswitchUser,
      .freeswitchContext, .cstaAddress, .cstaUser, .cstaDevice,
      .fritzboxAddress, .fritzboxAreaCode, .fritzboxUser, .fritzboxTelephone, .mobileDevice,
      .sipServer, .sipUser, .sipWatch:
      .text
    case .ctiBlock, .dialBlock, .ctiURL, .ctiMethod, .ctiData, .ctiDataEncoding, .ctiHeaders,
      .ctiContentType, .ctiAnswerType, .ctiJSONNumber, .ctiJSONEvent, .ctiXMLNumber, .ctiXMLEvent,
      .ctiXMLNumberAttribute, .ctiXMLEventAttribute, .erpProfile, .erpConnection, .erpNewURL:
      .longText
    case .labelsFile, .storeParties, .relayTokenFile, .ctiBlockFile, .dialBlockFile,
      .asteriskSecretFile, .asteriskCAFile, .freeswitchPasswordFile, .cstaPasswordFile,
      .cstaCAFile, .fritzboxPasswordFile, .fritzboxCAFile, .erpPasswordFile, .erpCAFile,
      .sipPasswordFile, .sipCAFile, .trace:
      .path
    case .popup, .inhibitUnknown, .inhibitBusy, .inhibitInternal, .accessible, .attentionNumbers,
      .storeShared, .baresipAnswer, .ctiWithEvent, .ctiXMLNumberInAttribute,
      .ctiXMLEventInAttribute, .asteriskTLS, .cstaTLS, .cstaSession, .erpLive, .sipSubscribe,
      .sipListen:
      .flag
    case .relayURL, .fritzboxURL, .erpURL: .address
    case .inhibitCalled, .asteriskStations, .fritzboxNumbers, .fritzboxExtensions, .sipRegistrars:
      .list
    case .corner: .choice(Corner.allCases.map(\.rawValue))
    case .language: .choice([""] + Language.allCases.map(\.rawValue))
    case .trigger: .choice(Trigger.allCases.map(\.rawValue))
    case .dialThrough:
      .choice([
        "", "rest", "command", "url", "baresip", "asterisk", "freeswitch", "csta", "fritzbox",
        "mobile",
      ])
    case .mobileService: .choice(["", "modemmanager", "ofono", "kdeconnect"])
    case .sipTransport: .choice(["udp", "tcp", "tls"])
    case .sipElsewhere: .choice(["colleague", "own"])
    case .log: .choice(["on", "off"])
    case .minDigits: .number(0...20)
    case .extensionDigits: .number(0...15)
    case .spoolAge, .erpInterval: .number(0...86_400)
    case .ringTimeout: .number(1...86_400)
    case .pollInterval: .number(1...3_600)
    case .baresipPort, .freeswitchPort, .cstaPort, .fritzboxPort: .number(1...65_535)
    case .asteriskPort, .sipPort: .number(0...65_535)
    case .cstaEdition: .number(1...9)
    case .erpFullAt: .number(0...23)
    case .sipExpires: .number(60...86_400)
    case .retentionDays: .number(0...36_500)
    case .region: .region
    case .outsidePrefix: .prefix
    case .open: .open
    case .openCalled: .openings
    case .labels: .labels
    case .triggerCalled: .words(Trigger.allCases.map(\.rawValue))
    case .ctiWords: .words(Self.eventWords)
    case .erpColumns: .columns
    case .attention: .choices(AttentionWay.allCases.map(\.rawValue))
    case .attentionCommand: .command(Placeholder.ofCalls)
    case .lookupCommand: .command(Placeholder.ofNumbers)
    case .hookRing, .hookAnswer, .hookEnd, .hookMissed: .command(Placeholder.ofHooks)
    case .dialCommand: .numberCommand
    case .dialURL: .numberURL
    case .fixed: .keys
    }
  }

  /// What an event word of a CTI server may mean: an event, why a call ended, or no call.
  private static let eventWords = [
    "ring", "answer", "end", "request", "missed", "rejected", "elsewhere", "failed", "none",
  ]

  /// The field of a CTI server's description that the key gives, if it gives one.
  var ctiField: CTIField? {
    rawValue.hasPrefix("cti.") ? CTIField(rawValue: String(rawValue.dropFirst("cti.".count))) : nil
  }

  /// The value when nobody says anything.
  var fallback: SettingValue {
    let pop = PopOptions()
    return switch self {
    case .corner: .text(Corner.topRight.rawValue)
    case .popup: .flag(pop.popup)
    case .trigger: .text(pop.trigger.rawValue)
    case .inhibitUnknown: .flag(pop.inhibitUnknown)
    case .inhibitBusy: .flag(pop.inhibitBusy)
    case .inhibitInternal: .flag(pop.inhibitInternal)
    case .minDigits: .number(pop.minDigits)
    case .spoolAge: .number(pop.spoolAge)
    case .ringTimeout: .number(pop.ringTimeout)
    case .attention: .list([AttentionWay.bell, .title].map(\.rawValue))
    case .region: .text("FR")
    case .extensionDigits: .number(5)
    case .pollInterval: .number(5)
    case .baresipPort: .number(4444)
    case .ctiName: .text("CTI")
    case .ctiWithEvent: .flag(true)
    case .dialURL: .text("tel:{number}")
    case .asteriskTechnology: .text("PJSIP")
    case .freeswitchPort: .number(8021)
    case .freeswitchContext: .text("default")
    case .cstaPort: .number(8800)
    case .cstaEdition: .number(4)
    case .fritzboxPort: .number(1012)
    case .erpInterval: .number(300)
    case .erpFullAt: .number(2)
    case .erpLive: .flag(true)
    case .sipSubscribe: .flag(true)
    case .sipElsewhere: .text("colleague")
    case .sipTransport: .text("udp")
    case .sipExpires: .number(300)
    case .log: .text("on")
    case .retentionDays: .number(90)
    default: kind.nothing
    }
  }

  /// The default as a configuration file writes it: `"FR"`, `5`, `false`, `[]`.
  public var defaultText: String { fallback.toml }

  /// Whether the operator switches it on the options screen (R46): what opens a record by itself and
  /// what keeps the window quiet.
  public var isOnScreen: Bool {
    switch self {
    case .popup, .trigger, .inhibitUnknown, .inhibitBusy, .inhibitInternal, .minDigits: true
    default: false
    }
  }

  /// The words among which the value is chosen; nil where it is none of some words.
  public var choices: [String]? { if case .choice(let words) = kind { words } else { nil } }

  /// The numbers that the value may be; nil where it is no number.
  public var range: ClosedRange<Int>? { if case .number(let range) = kind { range } else { nil } }
}
