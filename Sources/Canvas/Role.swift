/// What a cell means. The palette of the terminal turns it into a colour or an attribute.
public enum Role: UInt8, CaseIterable, Sendable {
  /// Ordinary text.
  case plain
  /// Of little weight: hints, details, what is over.
  case dim
  /// Of more weight than its surroundings.
  case strong
  /// A heading, or the title in a border.
  case title
  /// Lines around a window.
  case border
  /// The number that calls.
  case number
  /// The caller's name, once it is found.
  case name
  /// A button that can be pressed.
  case button
  /// A button that does nothing at present.
  case buttonDisabled
  /// The selected line of a list.
  case selected
  /// A key's name in a hint, as in `x exception`.
  case key
  /// All is well: a source that is up, a call that was answered.
  case good
  /// Worth a look: a source that tries again, a weak match.
  case warning
  /// Wrong: an error, a failure.
  case alert
  /// A missed call.
  case missed
  /// A field into which the operator types.
  case input
}
