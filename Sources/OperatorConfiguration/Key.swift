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
  case fritzboxAddress = "fritzbox.address"
  case fritzboxPort = "fritzbox.port"
  case fritzboxNumbers = "fritzbox.numbers"
  case fritzboxExtensions = "fritzbox.extensions"
  case fritzboxAreaCode = "fritzbox.area_code"
  case erpProfile = "erp.profile"
  case erpConnection = "erp.connection"
  case erpPasswordFile = "erp.password_file"
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
    case .station, .ident, .collaborator, .baresipAddress, .asteriskAddress, .asteriskUser,
      .asteriskTechnology, .asteriskContext, .freeswitchAddress, .freeswitchUser,
      .freeswitchStation, .freeswitchContext, .fritzboxAddress, .fritzboxAreaCode:
      .text
    case .corner: .choice(Corner.allCases.map(\.rawValue))
    case .language: .choice([""] + Language.allCases.map(\.rawValue))
    case .popup, .inhibitUnknown, .inhibitBusy, .inhibitInternal, .baresipAnswer,
      .asteriskTLS:
      .flag
    case .trigger: .choice(Trigger.allCases.map(\.rawValue))
    case .minDigits: .number(0...20)
    case .labels: .labels
    case .labelsFile: .path
    case .inhibitCalled: .list
    case .triggerCalled: .words(Trigger.allCases.map(\.rawValue))
    case .attention: .choices(AttentionWay.allCases.map(\.rawValue))
    case .attentionNumbers, .accessible: .flag
    case .attentionCommand: .command(Placeholder.ofCalls)
    case .region: .region
    case .outsidePrefix: .prefix
    case .extensionDigits: .number(0...15)
    case .open: .open
    case .spoolAge: .number(0...86_400)
    case .ringTimeout: .number(1...86_400)
    case .pollInterval: .number(1...3_600)
    case .relayURL: .address
    case .relayTokenFile, .asteriskSecretFile, .asteriskCAFile: .path
    case .baresipPort, .freeswitchPort, .fritzboxPort: .number(1...65_535)
    case .freeswitchPasswordFile: .path
    case .ctiName: .text
    case .ctiBlock, .dialBlock: .longText
    case .ctiBlockFile, .dialBlockFile: .path
    case .ctiWords: .words(Self.eventWords)
    case .ctiWithEvent, .ctiXMLNumberInAttribute, .ctiXMLEventInAttribute: .flag
    case .ctiURL, .ctiMethod, .ctiData, .ctiDataEncoding, .ctiHeaders, .ctiContentType,
      .ctiAnswerType, .ctiJSONNumber, .ctiJSONEvent, .ctiXMLNumber, .ctiXMLEvent,
      .ctiXMLNumberAttribute, .ctiXMLEventAttribute:
      .longText
    case .dialThrough: .choice(["", "rest", "command", "url", "baresip", "asterisk", "freeswitch"])
    case .dialCommand: .numberCommand
    case .dialURL: .numberURL
    case .asteriskPort: .number(0...65_535)
    case .asteriskStations, .fritzboxNumbers, .fritzboxExtensions: .list
    case .erpProfile, .erpConnection, .erpNewURL: .longText
    case .erpPasswordFile: .path
    case .erpInterval: .number(0...86_400)
    case .erpFullAt: .number(0...23)
    case .erpLive: .flag
    case .erpURL: .address
    case .sipServer, .sipUser, .sipWatch: .text
    case .sipPort: .number(0...65_535)
    case .sipTransport: .choice(["udp", "tcp", "tls"])
    case .sipPasswordFile, .sipCAFile: .path
    case .sipSubscribe, .sipListen: .flag
    case .sipElsewhere: .choice(["colleague", "own"])
    case .sipRegistrars: .list
    case .sipExpires: .number(60...86_400)
    case .trace: .path
    case .log: .choice(["on", "off"])
    case .retentionDays: .number(0...36_500)
    case .hookRing, .hookAnswer, .hookEnd, .hookMissed: .command(Placeholder.ofHooks)
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
    case .station, .ident, .collaborator, .language, .outsidePrefix, .relayURL, .relayTokenFile,
      .baresipAddress, .dialThrough, .asteriskAddress, .asteriskUser, .asteriskSecretFile,
      .asteriskCAFile, .asteriskContext, .freeswitchAddress, .freeswitchUser,
      .freeswitchPasswordFile, .freeswitchStation, .fritzboxAddress, .fritzboxAreaCode,
      .ctiBlock, .ctiBlockFile, .ctiURL, .ctiMethod, .ctiData, .ctiDataEncoding, .ctiHeaders,
      .ctiContentType, .ctiAnswerType, .ctiJSONNumber, .ctiJSONEvent, .ctiXMLNumber, .ctiXMLEvent,
      .ctiXMLNumberAttribute, .ctiXMLEventAttribute, .dialBlock, .dialBlockFile:
      .text("")
    case .ctiName: .text("CTI")
    case .ctiWords: .words([:])
    case .ctiWithEvent: .flag(true)
    case .ctiXMLNumberInAttribute, .ctiXMLEventInAttribute: .flag(false)
    case .erpProfile, .erpConnection, .erpPasswordFile, .erpURL, .erpNewURL: .text("")
    case .erpInterval: .number(300)
    case .erpFullAt: .number(2)
    case .erpLive: .flag(true)
    case .corner: .text(Corner.topRight.rawValue)
    case .popup: .flag(pop.popup)
    case .trigger: .text(pop.trigger.rawValue)
    case .inhibitUnknown: .flag(pop.inhibitUnknown)
    case .inhibitBusy: .flag(pop.inhibitBusy)
    case .inhibitInternal: .flag(pop.inhibitInternal)
    case .minDigits: .number(pop.minDigits)
    case .labels, .triggerCalled: .words([:])
    case .labelsFile: .text("")
    case .inhibitCalled: .list([])
    case .attention: .list([AttentionWay.bell, .title].map(\.rawValue))
    case .attentionNumbers, .accessible: .flag(false)
    case .attentionCommand: .list([])
    case .region: .text("FR")
    case .extensionDigits: .number(5)
    case .open: .open(.card)
    case .spoolAge: .number(pop.spoolAge)
    case .ringTimeout: .number(pop.ringTimeout)
    case .pollInterval: .number(5)
    case .baresipPort: .number(4444)
    case .dialCommand: .list([])
    case .dialURL: .text("tel:{number}")
    case .baresipAnswer, .asteriskTLS: .flag(false)
    case .asteriskPort: .number(0)
    case .asteriskTechnology: .text("PJSIP")
    case .asteriskStations, .fritzboxNumbers, .fritzboxExtensions: .list([])
    case .fritzboxPort: .number(1012)
    case .freeswitchPort: .number(8021)
    case .freeswitchContext: .text("default")
    case .sipServer, .sipUser, .sipPasswordFile, .sipWatch, .sipCAFile: .text("")
    case .sipSubscribe: .flag(true)
    case .sipListen: .flag(false)
    case .sipElsewhere: .text("colleague")
    case .sipRegistrars: .list([])
    case .sipPort: .number(0)
    case .sipTransport: .text("udp")
    case .sipExpires: .number(300)
    case .trace: .text("")
    case .log: .text("on")
    case .retentionDays: .number(90)
    case .hookRing, .hookAnswer, .hookEnd, .hookMissed: .list([])
    case .fixed: .keys([])
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

  /// The option in one sentence.
  public var summary: String {
    switch self {
    case .station: "The operator's extension; without one, every call of this user is shown."
    case .ident: "The site or account, when an extension alone is not unique."
    case .collaborator: "The staff member's code in the ERP: whose exception numbers hold."
    case .corner: "The corner of the terminal in which calls are shown."
    case .language: "The window's language: en, fr or de; empty: by the locale."
    case .accessible: "No frames, no running times: for braille displays and screen readers."
    case .popup: "Every ring is a demand: the record opens by itself."
    case .trigger: "Which event opens the record by itself."
    case .inhibitUnknown: "Stay quiet when no third party matches."
    case .inhibitBusy: "Stay quiet while the station is on a call."
    case .inhibitInternal: "Stay quiet for calls from extensions."
    case .minDigits: "Stay quiet for numbers with fewer digits; 0: never."
    case .labels: "What your own numbers and lines are called on the screen."
    case .labelsFile: "A file with such names: a number and a name in each row."
    case .inhibitCalled: "Stay quiet for calls to these numbers, lines or names."
    case .triggerCalled: "The trigger for calls to some numbers, lines or names."
    case .attention: "How you are asked to look when a call rings; empty: not at all."
    case .attentionNumbers: "Whether titles, notifications and programs get whole numbers."
    case .attentionCommand: "The program that \"command\" starts when a call rings."
    case .region: "The ISO 3166 country in which national numbers are read."
    case .outsidePrefix: "The digits that are dialled before an external number."
    case .extensionDigits: "A number of at most so many digits is an extension."
    case .open: "How a record opens: the built-in card, in the ERP, a URL or a command."
    case .spoolAge: "A ring that is found later than this is only a line of the journal [s]."
    case .ringTimeout: "A ringing call without news ends after this time [s]."
    case .pollInterval: "How often the spool and the relay are asked for calls [s]."
    case .relayURL: "The REST relay that is asked for calls; empty: none."
    case .relayTokenFile: "The file that holds the relay's token."
    case .baresipAddress: "Where the softphone baresip listens for commands; empty: it is not used."
    case .baresipPort: "The port of baresip's module ctrl_tcp."
    case .baresipAnswer: "Calls can be answered and ended from the window."
    case .ctiName: "The CTI server's name on the screen."
    case .ctiBlock: "The CTI server that is asked for calls: a cliktocallevent text."
    case .ctiBlockFile: "The file that holds such a text."
    case .ctiWords: "What the server's own event words mean."
    case .ctiWithEvent: "Whether the server is asked for calls."
    case .ctiURL: "The address that is asked, with $ident$ and $telorg$."
    case .ctiMethod: "GET, POST, PUT or DELETE; empty: GET."
    case .ctiData: "The body of the question, with the same variables."
    case .ctiDataEncoding: "How the body is encoded: as it is, url or base64."
    case .ctiHeaders: "Headers of the question: Name: value, a line each."
    case .ctiContentType: "The content type of the body."
    case .ctiAnswerType: "What the server answers: json or xml."
    case .ctiJSONNumber: "Where the number is in a JSON answer: tel, calls[0].from."
    case .ctiJSONEvent: "Where the event is in a JSON answer; empty: every call rings."
    case .ctiXMLNumber: "The element that holds the number: tel, call/tel."
    case .ctiXMLEvent: "The element that holds the event; empty: every call rings."
    case .ctiXMLNumberInAttribute: "The number is in an attribute of that element."
    case .ctiXMLNumberAttribute: "The attribute that holds the number."
    case .ctiXMLEventInAttribute: "The event is in an attribute of that element."
    case .ctiXMLEventAttribute: "The attribute that holds the event."
    case .dialThrough:
      "What calls a number: a server, a program, a URL, a driver; empty: nothing."
    case .dialBlock: "The CTI server that calls a number: a cliktocall text."
    case .dialBlockFile: "The file that holds such a text."
    case .dialCommand: "The program that calls a number, and its arguments."
    case .dialURL: "The URL that calls a number, for the desktop's opener."
    case .asteriskAddress: "Where Asterisk's manager listens; empty: it is not used."
    case .asteriskPort: "The manager's port; 0: 5038, with TLS 5039."
    case .asteriskUser: "The manager's user."
    case .asteriskSecretFile: "The file that holds the user's secret."
    case .asteriskTLS: "The connection is secured with TLS."
    case .asteriskCAFile: "The certificates that are trusted; empty: those of the system."
    case .asteriskTechnology: "The channel technology of the stations."
    case .asteriskContext:
      "The dialplan's context in which numbers are dialled; empty: none can be."
    case .asteriskStations:
      "The devices that are the operator's; empty: the one named as the station."
    case .freeswitchAddress: "Where FreeSWITCH's event socket listens; empty: it is not used."
    case .freeswitchPort: "The event socket's port."
    case .freeswitchUser:
      "The user of FreeSWITCH's directory who logs in; empty: the socket's own password does."
    case .freeswitchPasswordFile: "The file that holds the password."
    case .freeswitchStation: "The FreeSWITCH user whose calls are followed; empty: the station."
    case .freeswitchContext:
      "The dialplan's context in which FreeSWITCH calls numbers; empty: none can be."
    case .fritzboxAddress: "The FRITZ!Box whose call monitor is followed; empty: none."
    case .fritzboxPort: "The call monitor's port."
    case .fritzboxNumbers: "The box's numbers or lines whose calls are yours; empty: all."
    case .fritzboxExtensions: "The box's extensions that are yours; empty: all."
    case .fritzboxAreaCode:
      "What stands before numbers that come without an area code; empty: nothing."
    case .erpProfile: "The ERP: tryton, odoo, dolibarr, or the path of a profile; empty: none."
    case .erpConnection: "The ERP's database: an ODBC connection string without the password."
    case .erpPasswordFile: "The file that holds the password of the ERP's database."
    case .erpInterval: "How often the window copies what has changed in the ERP [s]; 0: never."
    case .erpFullAt: "The hour from which the window makes the day's full copy of the ERP."
    case .erpLive: "Ask the ERP for numbers that the copy does not know."
    case .erpURL: "The address of the ERP's web pages, for records and new third parties."
    case .erpNewURL: "The page for a new third party; empty: the profile's."
    case .sipServer: "The SIP server of the station; empty: none."
    case .sipPort: "Its port; 0: 5060, with TLS 5061."
    case .sipTransport: "How it is reached: udp, tcp or tls."
    case .sipUser: "As whom it is asked; empty: as the one who is watched."
    case .sipPasswordFile: "The file that holds the password of this user."
    case .sipWatch: "The extension or address that is watched; empty: the station."
    case .sipExpires: "How long a subscription or a registration lasts before it is renewed [s]."
    case .sipCAFile: "The file of the certificates that are trusted; empty: the system's."
    case .sipSubscribe: "Whether the server is asked for the station's state (busy-lamp keys)."
    case .sipListen: "Whether a telephone more, which never answers, is registered."
    case .sipElsewhere: "Who took a call that ends here as taken elsewhere: colleague or own."
    case .sipRegistrars: "Further servers at which it is registered: a name, or name:port."
    case .trace: "The file in which all that passes is recorded, numbers masked; empty: none."
    case .log: "Whether a log of starts, connections and troubles is kept."
    case .retentionDays: "How many days calls, notes on numbers and logs are kept; 0: all."
    case .hookRing: "A program that is told that a call rings."
    case .hookAnswer: "A program that is told that a call was answered."
    case .hookEnd: "A program that is told that a call is over."
    case .hookMissed: "A program that is told that a call was missed."
    case .fixed: "The keys that only the machine's file may set."
    }
  }
}
