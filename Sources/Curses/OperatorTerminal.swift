public import Canvas

/// Where the operator sees the window and types: a screen, or lines.
@MainActor
public protocol OperatorTerminal: AnyObject, Sendable {
  /// Columns and lines now.
  var size: Size { get }
  /// Whether frames become lines, each of which is written once, rather than a screen.
  var writesLines: Bool { get }
  /// The signal that asked the program to end, delivered as `Input.hangup`; nil when none did.
  var endSignal: Int32? { get }
  /// Delivers inputs from now on, on the main actor, until `restore`.
  func start(_ deliver: @escaping @Sendable (Input) -> Void)
  /// Shows a frame; never waits.
  func show(_ frame: Frame)
  /// Has the terminal's user look.
  func make(_ sign: TerminalSign)
  /// Asks the terminal what it is, so that it gets notifications in the form that it shows.
  func askName()
  /// Gives the terminal to the shell until the program is continued.
  func suspend()
  /// Gives the terminal back as it was. Harmless when repeated.
  func restore()
}

extension Terminal: OperatorTerminal {
  /// No: a frame is a screen.
  public var writesLines: Bool { false }
}
