/// How the launcher ends, with the exit codes of sysexits(3) that scripts rely on.
enum LauncherExit: Error {
  /// A window has the call.
  case delivered
  /// A window has the call, and says the caller's name; it may be empty.
  case named(String)
  /// What was asked for on standard output is there.
  case told(String)
  /// Called in a way that means nothing.
  case usage(String)
  /// The message cannot be sent, or the window does not take it.
  case refused(String)
  /// Neither a window nor the spool has the call.
  case nowhere(String)
  /// No window took the call; the spool has it.
  case spooled

  /// What the calling program sees.
  var code: Int32 {
    switch self {
    case .delivered, .named, .told: 0
    case .usage: 64
    case .refused: 65
    case .nowhere: 73
    case .spooled: 75
    }
  }

  /// What standard output says. Twinkle reads it until the line `end` (its manual, "Incoming call
  /// script"): the name must not bring lines of its own.
  var output: String? {
    switch self {
    case .told(let text): return text
    case .named(let text):
      let name = PlainText.cleaned(text)
      return name.isEmpty ? nil : "caller_name=\(name)\nend\n"
    case .delivered, .usage, .refused, .nowhere, .spooled: return nil
    }
  }

  /// The line for standard error, if there is something to say.
  var sentence: String? {
    switch self {
    case .delivered, .named, .told: nil
    case .usage(let fault): "\(fault): see clicktocall --help"
    case .refused(let why), .nowhere(let why): why
    case .spooled: "no window answered: the call waits in the spool for screenpop to start"
    }
  }
}
