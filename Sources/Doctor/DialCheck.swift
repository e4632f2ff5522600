public import Telephony

/// Whether numbers can be called (R32).
public struct DialCheck: Check {
  /// What is looked at.
  public let subject = "dial"
  private let way: String?
  private let driver: (any TelephonyDriver)?

  /// A look at what `dial.through` names; nil: nothing is configured.
  ///
  /// What a driver found out about itself until the look counts: have it tried before.
  public init(_ way: String?, _ dialler: (any Dialler)?) {
    self.way = dialler == nil ? nil : way
    driver = dialler as? any TelephonyDriver
  }

  /// What calls a number, or that it cannot.
  public func look() async -> [Finding] {
    guard let way else {
      return [Finding(.well, "Not configured.", advice: "To use it: [dial] through.")]
    }
    guard driver?.abilities.contains(.dialling) ?? true else {
      return [
        Finding(
          .mend, "Numbers are to be called through \(way), which cannot call any.",
          advice: "A PBX needs the context in which it is to dial, and its user the right to; "
            + "or choose another way.")
      ]
    }
    return [Finding(.well, "Numbers are called through \(way).")]
  }
}
