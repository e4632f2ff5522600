/// How a record is opened (R13).
public enum OpenTarget: Hashable, Sendable {
  /// The window's built-in card.
  case card
  /// A URL, handed to the desktop's opener.
  case url(URLTemplate)
  /// A program with an argument vector, never through a shell.
  case command(CommandTemplate)

  /// The placeholders in it.
  public var placeholders: Set<Placeholder> {
    switch self {
    case .card: []
    case .url(let template): template.placeholders
    case .command(let template): template.placeholders
    }
  }
}

/// What came of opening a record.
public enum OpenResult: Hashable, Sendable {
  /// The program ended with success, or the card needed none.
  case opened
  /// The program still runs after the time that was allowed for a failure, as a browser does.
  case running
  case failed(OpenError)
}
