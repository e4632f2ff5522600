/// One row of the options screen (R46).
public struct OptionRow: Hashable, Sendable {
  /// How a value is changed.
  public enum Values: Hashable, Sendable {
    case flag
    case choice([String])
    /// A whole number in a range.
    case number(ClosedRange<Int>)
  }

  /// Which layer a value comes from.
  public enum Origin: Hashable, Sendable {
    case standard, machine, operatorFile, screen, commandLine
  }

  /// The configuration key.
  public var key: String
  /// The value as the configuration writes it: `true`, `answer`, `6`.
  public var value: String
  /// What the value may be.
  public var values: Values
  /// Where the value comes from.
  public var origin: Origin
  /// Whether the machine's file forbids another choice.
  public var isFixed: Bool

  /// A row; see the properties.
  public init(key: String, value: String, values: Values, origin: Origin, isFixed: Bool) {
    self.key = key
    self.value = value
    self.values = values
    self.origin = origin
    self.isFixed = isFixed
  }
}
