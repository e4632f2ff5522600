public import Telephony

/// Whether numbers can be called (R32).
public struct DialCheck: Check {
  /// What is looked at.
  public let subject = "dial"
  private let way: String?
  private let canDial: Bool

  /// A look at what `dial.through` names; nil: nothing is configured.
  public init(_ way: String?, _ dialler: (any Dialler)?) {
    self.way = dialler == nil ? nil : way
    let driver = dialler as? any TelephonyDriver
    canDial = driver?.abilities.contains(.dialling) ?? true
  }

  /// What calls a number, or that it cannot.
  public func look() async -> [Finding] {
    guard let way else {
      return [Finding(.well, "Not configured.", advice: "To use it: [dial] through.")]
    }
    guard canDial else {
      return [
        Finding(
          .mend,
          "Numbers are to be called through \(way), which cannot call any as it is configured.",
          advice: "A PBX needs the context in which it is to dial; or choose another way.")
      ]
    }
    return [Finding(.well, "Numbers are called through \(way).")]
  }
}
