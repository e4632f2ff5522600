public import RecordOpener

/// Where a record opens.
public enum RecordPlace: Hashable, Sendable {
  /// In the ERP, at its profile's address.
  case erp
  /// As it says.
  case target(OpenTarget)

  /// What the checked value of an option says; nil: nothing of the kind.
  init?(_ value: SettingValue) {
    switch value {
    case .text("erp"): self = .erp
    case .open(let target): self = .target(target)
    default: return nil
    }
  }
}
