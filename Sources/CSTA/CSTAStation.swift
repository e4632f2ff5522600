import PhoneNumbers
import Telephony

/// Which device is the operator's, and who is at the other end of its calls.
struct CSTAStation: Sendable {
  /// How the switch names the device, as requests name it.
  let device: String
  /// The extension for which calls are reported.
  let name: String
  private let plan: NumberPlan
  /// Everything that the device was called.
  private var own: Set<String> = []
  private static let mostNames = 16

  /// The station of this device; `name` is the operator's extension, if it has another name.
  init(device: String, name: String, plan: NumberPlan) {
    self.device = device
    self.name = name.isEmpty ? CSTADevice(device).number : name
    self.plan = plan
    learn(CSTADevice(device))
    learn(CSTADevice(self.name))
  }

  /// The switch names the operator's device so, too.
  mutating func learn(_ device: CSTADevice) {
    guard device.isKnown, own.count < Self.mostNames else { return }
    own.insert(Self.key(device.number))
  }

  /// Whether it is the operator's device.
  func isOwn(_ device: CSTADevice?) -> Bool {
    device.map { $0.isKnown && own.contains(Self.key($0.number)) } ?? false
  }

  /// Whether it is a number that one calls: `*97` is a service.
  static func isNumber(_ device: CSTADevice) -> Bool {
    let digits = key(device.number)
    return !digits.contains { "*#".contains($0) } && digits.contains { $0.isNumber || $0.isLetter }
  }

  /// Without scheme, parameters and domain: `1024` of `sip:1024@pbx.example;user=phone`.
  private static func key(_ number: String) -> String {
    var rest = number.lowercased()[...]
    for scheme in ["tel:", "sips:", "sip:"] where rest.hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
    }
    return String(rest.prefix { $0 != ";" && $0 != "@" })
  }

  /// Who a device is; withheld when it is not told, and when it is the station itself.
  func caller(_ device: CSTADevice?) -> Caller {
    guard let device, device.isKnown, !device.isRestricted, !isOwn(device) else {
      return Caller(identity: .withheld)
    }
    return plan.caller(device.number, name: device.name)
  }

  /// The number of the house that was called; nil when that is not told, or is no more than the extension.
  func called(_ device: CSTADevice?, from caller: Caller) -> String? {
    guard let device, device.isKnown, !isOwn(device) else { return nil }
    let number = plan.caller(device.number).number
    guard let number, number.kind != .extension, number.key != caller.number?.key else {
      return nil
    }
    return device.number
  }
}
