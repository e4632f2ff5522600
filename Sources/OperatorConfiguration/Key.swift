import RecordOpener
import Telephony

/// An option, by its name in a configuration file: the one table of what can be configured.
///
/// `Resources/screenpop.toml`, the checks and the options screen all follow it.
public enum Key: String, Hashable, Sendable, CaseIterable {
  case station, ident, collaborator, corner
  case popup, trigger
  case inhibitUnknown = "inhibit_unknown"
  case inhibitBusy = "inhibit_busy"
  case inhibitInternal = "inhibit_internal"
  case minDigits = "min_digits"
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
  case dialThrough = "dial.through"
  case dialCommand = "dial.command"
  case dialURL = "dial.url"
  case fixed

  /// The tables of a file: what stands before the point in a key's name.
  static let tables = Set(
    allCases.compactMap { key in
      key.rawValue.lastIndex(of: ".").map { String(key.rawValue[..<$0]) }
    })

  /// What a value must be.
  var kind: ValueKind {
    switch self {
    case .station, .ident, .collaborator, .baresipAddress: .text
    case .corner: .choice(Corner.allCases.map(\.rawValue))
    case .popup, .inhibitUnknown, .inhibitBusy, .inhibitInternal, .baresipAnswer: .flag
    case .trigger: .choice(Trigger.allCases.map(\.rawValue))
    case .minDigits: .number(0...20)
    case .region: .region
    case .outsidePrefix: .prefix
    case .extensionDigits: .number(0...15)
    case .open: .open
    case .spoolAge: .number(0...86_400)
    case .ringTimeout: .number(1...86_400)
    case .pollInterval: .number(1...3_600)
    case .relayURL: .address
    case .relayTokenFile: .path
    case .baresipPort: .number(1...65_535)
    case .dialThrough: .choice(["", "command", "url", "baresip"])
    case .dialCommand: .numberCommand
    case .dialURL: .numberURL
    case .fixed: .keys
    }
  }

  /// The value when nobody says anything.
  var fallback: SettingValue {
    let pop = PopOptions()
    return switch self {
    case .station, .ident, .collaborator, .outsidePrefix, .relayURL, .relayTokenFile,
      .baresipAddress, .dialThrough:
      .text("")
    case .corner: .text(Corner.topRight.rawValue)
    case .popup: .flag(pop.popup)
    case .trigger: .text(pop.trigger.rawValue)
    case .inhibitUnknown: .flag(pop.inhibitUnknown)
    case .inhibitBusy: .flag(pop.inhibitBusy)
    case .inhibitInternal: .flag(pop.inhibitInternal)
    case .minDigits: .number(pop.minDigits)
    case .region: .text("FR")
    case .extensionDigits: .number(5)
    case .open: .open(.card)
    case .spoolAge: .number(pop.spoolAge)
    case .ringTimeout: .number(pop.ringTimeout)
    case .pollInterval: .number(5)
    case .baresipPort: .number(4444)
    case .baresipAnswer: .flag(false)
    case .dialCommand: .list([])
    case .dialURL: .text("tel:{number}")
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

  /// The option in one sentence.
  public var summary: String {
    switch self {
    case .station: "The operator's extension; without one, every call of this user is shown."
    case .ident: "The site or account, when an extension alone is not unique."
    case .collaborator: "The staff member's code in the ERP: whose exception numbers hold."
    case .corner: "The corner of the terminal in which calls are shown."
    case .popup: "Every ring is a demand: the record opens by itself."
    case .trigger: "Which event opens the record by itself."
    case .inhibitUnknown: "Stay quiet when no third party matches."
    case .inhibitBusy: "Stay quiet while the station is on a call."
    case .inhibitInternal: "Stay quiet for calls from extensions."
    case .minDigits: "Stay quiet for numbers with fewer digits; 0: never."
    case .region: "The ISO 3166 country in which national numbers are read."
    case .outsidePrefix: "The digits that are dialled before an external number."
    case .extensionDigits: "A number of at most so many digits is an extension."
    case .open: "How a record opens: the built-in card, a URL or a command."
    case .spoolAge: "A ring that is found later than this is only a line of the journal [s]."
    case .ringTimeout: "A ringing call without news ends after this time [s]."
    case .pollInterval: "How often the spool and the relay are asked for calls [s]."
    case .relayURL: "The REST relay that is asked for calls; empty: none."
    case .relayTokenFile: "The file that holds the relay's token."
    case .baresipAddress: "Where the softphone baresip listens for commands; empty: it is not used."
    case .baresipPort: "The port of baresip's module ctrl_tcp."
    case .baresipAnswer: "Calls can be answered and ended from the window."
    case .dialThrough: "What calls a number: a program, a URL, the softphone; empty: nothing."
    case .dialCommand: "The program that calls a number, and its arguments."
    case .dialURL: "The URL that calls a number, for the desktop's opener."
    case .fixed: "The keys that only the machine's file may set."
    }
  }
}
