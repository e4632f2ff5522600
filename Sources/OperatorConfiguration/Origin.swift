/// Where a value comes from (R46).
public enum Origin: Hashable, Sendable {
  case `default`
  /// One of the machine's files.
  case machine(file: String)
  /// The operator's file.
  case `operator`(file: String)
  /// A choice made on the options screen.
  case screen
  case commandLine

  /// The place as a problem names it: a file's path, `options screen`, `command line`.
  public var place: String {
    switch self {
    case .default: "default"
    case .machine(let file), .operator(let file): file
    case .screen: "options screen"
    case .commandLine: "command line"
    }
  }
}
