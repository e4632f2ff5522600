import Baresip
import CSTA
import FreeSwitch
import FritzBox
import Glibc
import Mobile
package import OperatorConfiguration
package import OperatorScreen
package import PhoneNumbers
import RecordOpener
package import Telephony

extension Settings {
  /// How numbers are read here.
  package var plan: NumberPlan {
    NumberPlan(region: region, outsidePrefix: outsidePrefix, extensionDigits: extensionDigits)
  }

  /// Who sits here, for the screen.
  package func desk(_ store: StoreAccess) -> Desk {
    var desk = Desk(
      station: station ?? "", ownCallers: ownCallers, corner: Desk.Corner(corner),
      opensCard: open == .target(.card) || (open == .erp && store.isDemo),
      canDial: dialThrough != nil,
      mayEditMachineList: store.mayEditMachineList,
      controls: baresipAnswer ? [BaresipDriver.id] : [], isDemo: store.isDemo,
      journalPrefix: "\(WindowClock.wall().milliseconds)-\(getpid())-")
    let takesOrders = mobileService.flatMap { MobileService(rawValue: $0) }?.takesOrders ?? false
    for id in [cstaAddress.map { _ in CSTADriver.id }, takesOrders ? MobileDriver.id : nil] {
      guard let id else { continue }
      desk.controls.insert(id)
      desk.answering.insert(id)
    }
    desk.face = accessible ? .plain : .framed
    // The rights of FreeSWITCH's user decide; nothing else can be told to pick up.
    if freeswitchAddress != nil { desk.controls.insert(FreeSwitchDriver.id) }
    if fritzboxUser != nil { desk.outgoingControls.insert(FritzBoxDriver.id) }
    (desk.announces, desk.tellsNumbers) = (!attention.isEmpty, attentionNumbers)
    desk.retentionDays = retentionDays
    desk.hooks = Set(CallNews.Kind.allCases.filter { hook($0.rawValue) != nil })
    return desk
  }

  /// What telephony calls this station when it takes it for a caller: by the station's name in any form.
  package var ownCallers: Set<Caller.Identity> {
    let caller = station.map { plan.caller($0) }
    return caller.map { $0.isWithheld ? [] : [$0.identity] } ?? []
  }

  /// The rows of the options screen.
  package var optionRows: [OptionRow] {
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
    if let choices { .choice(choices) } else if let range { .number(range) } else { .flag }
  }
}

extension Desk.Corner {
  fileprivate init(_ corner: Corner) {
    self =
      switch corner {
      case .topLeft: .topLeft
      case .topRight: .topRight
      case .bottomLeft: .bottomLeft
      case .bottomRight: .bottomRight
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
