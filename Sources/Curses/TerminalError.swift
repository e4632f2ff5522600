/// Why the terminal cannot be used. Nothing was changed on it.
public enum TerminalError: Error, Hashable, CustomStringConvertible {
  /// Input or output is a file, a pipe, or closed.
  case notATerminal(descriptor: Int32)
  /// `TERM` is unset or empty.
  case typeUnset
  /// The terminal database does not know the type.
  case typeUnknown(String)
  /// The type (such as `dumb`) cannot place its cursor.
  case typeIncapable(String)
  /// The system refused something; `reason` is its own words.
  case refused(String, reason: String)

  /// What was tried, on what, what happened, what to do.
  public var description: String {
    switch self {
    case .notATerminal(let descriptor):
      "Cannot open the window: \(descriptor == 0 ? "standard input" : "the output") is not a "
        + "terminal. Start it in a terminal, without redirection."
    case .typeUnset:
      "Cannot open the window: TERM is not set, so the terminal's type is unknown. Set it, "
        + "for example TERM=xterm-256color."
    case .typeUnknown(let type):
      "Cannot open the window: the terminal type “\(type)” (TERM) is not in this machine's "
        + "terminal database. Install it (package ncurses-term) or set TERM=xterm-256color."
    case .typeIncapable(let type):
      "Cannot open the window: a terminal of type “\(type)” (TERM) cannot place its cursor. "
        + "Use another terminal, set TERM to what it really is, or run: screenpop watch --lines."
    case .refused(let what, let reason):
      "Cannot open the window: \(what): \(reason)."
    }
  }

  /// The code of sysexits.h that a program ends with (EX_UNAVAILABLE).
  public var exitStatus: Int32 { 69 }
}
