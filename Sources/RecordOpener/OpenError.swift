import TextForms

/// Why a record could not be opened, or a target could not be understood.
///
/// The cases are for who translates them; ``sentence`` says in English what was tried, on what, what
/// happened and what to do.
public enum OpenError: Error, Hashable, Sendable {
  /// The URL template or the command makes no sense; found when the configuration is read.
  case badTarget(String)
  /// A value at the beginning of an argument would be read as an option.
  case optionLike(placeholder: Placeholder, program: String)
  /// The desktop has no opener for URLs.
  case noOpener
  /// The program is not there, or is not executable.
  case notFound(program: String)
  /// The system could not start the program.
  case notStarted(program: String, reason: String)
  /// The program ended with a status other than 0; `message` is its last line of standard error.
  case failed(program: String, status: Int32, message: String)
  /// A signal ended the program; `message` is its last line of standard error.
  case killed(program: String, signal: Int32, message: String)

  /// The program had not ended after this time [s], and was ended.
  case tookTooLong(program: String, seconds: Int)
  /// The program had printed more than this [bytes], and was ended.
  case printedTooMuch(program: String, bytes: Int)

  /// What was tried, on what, what happened, what to do; harmless to a terminal.
  public var sentence: String { sentence(option: "open") }

  /// The same, for another option that has a target.
  package func sentence(option: String) -> String {
    switch self {
    case .badTarget(let sentence):
      sentence
    case .optionLike(let placeholder, let program):
      "\(program.brief) was not started: the value of \(placeholder) begins with \"-\" and would "
        + "be read as an option; put \"--\" or a word such as \"--\(placeholder.rawValue)=\" before it"
    case .noOpener:
      "the desktop has no program that opens URLs: neither xdg-open nor gio was found; install "
        + "xdg-utils, or set \"\(option)\" to a command"
    case .notFound(let program):
      "\(program.brief) was not found or may not be executed; check \"\(option)\" and PATH"
    case .notStarted(let program, let reason):
      "\(program.brief) could not be started: \(reason.brief)"
    case .failed(let program, let status, let message):
      "\(program.brief) failed with status \(status)" + Self.quoted(message)
    case .killed(let program, let signal, let message):
      "\(program.brief) was ended by signal \(signal)" + Self.quoted(message)
    case .tookTooLong(let program, let seconds):
      "\(program.brief) had not ended after \(seconds) s, and was ended"
    case .printedTooMuch(let program, let bytes):
      "\(program.brief) printed more than \(bytes / 1_000_000) MB, and was ended"
    }
  }

  private static func quoted(_ message: String) -> String {
    message.isEmpty ? "" : ": \(message.brief)"
  }
}
