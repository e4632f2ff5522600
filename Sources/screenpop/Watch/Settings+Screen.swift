import CallSources
import Glibc
import OperatorConfiguration
import OperatorScreen
import PhoneNumbers
import RecordOpener
import Telephony

/// The process's environment, as a dictionary.
var environment: [String: String] {
  var values: [String: String] = [:]
  var entry = environ
  while let text = entry.pointee {
    let pair = String(cString: text).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if pair.count == 2 { values[String(pair[0])] = String(pair[1]) }
    entry += 1
  }
  return values
}

extension Settings {
  /// How numbers are read here.
  var plan: NumberPlan {
    NumberPlan(region: region, outsidePrefix: outsidePrefix, extensionDigits: extensionDigits)
  }

  /// Who sits here, for the screen.
  func desk(_ store: StoreAccess) -> Desk {
    Desk(
      station: station ?? "", corner: Desk.Corner(rawValue: corner.rawValue) ?? .topRight,
      opensCard: open == .card && (!opensERP || store.isDemo), canDial: dialThrough != nil,
      mayEditMachineList: store.mayEditMachineList,
      controls: baresipAnswer ? [BaresipDriver.id] : [], isDemo: store.isDemo,
      journalPrefix: "\(WindowClock.wall().milliseconds)-\(getpid())-")
  }

  /// The rows of the options screen.
  var optionRows: [OptionRow] {
    Key.allCases.filter(\.isOnScreen).map { key in
      OptionRow(
        key: key.rawValue, value: text(of: key), values: key.values,
        origin: OptionRow.Origin(origin(of: key)), isFixed: isFixed(key))
    }
  }
}

extension Key {
  /// How the options screen changes the key's value.
  fileprivate var values: OptionRow.Values {
    switch self {
    case .trigger: .choice(Trigger.allCases.map(\.rawValue))
    case .minDigits: .number(0...20)
    default: .flag
    }
  }
}

extension OptionRow.Origin {
  fileprivate init(_ origin: Origin) {
    self =
      switch origin {
      case .default: .standard
      case .machine: .machine
      case .operator: .operatorFile
      case .screen: .screen
      case .commandLine: .commandLine
      }
  }
}
