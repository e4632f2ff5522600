/// An event as an inbox kept it, for a window that starts.
public struct KeptEvent: Hashable, Sendable {
  /// What was told; its moment is by the clock of the window that starts.
  public var event: CallEvent
  /// The key of the journal's line that has it; nil: the journal has not.
  public var line: String?

  /// An event, and the line that has it.
  public init(_ event: CallEvent, line: String? = nil) {
    self.event = event
    self.line = line
  }
}

/// That the journal has what an event told, for the inbox that keeps it.
public struct Receipt: Hashable, Sendable {
  /// Under what name the inbox keeps the event.
  public var event: String
  /// The key of the journal's line; nil where the event makes none.
  public var line: String?

  /// A receipt for the event.
  public init(_ event: String, line: String?) {
    self.event = event
    self.line = line
  }
}
