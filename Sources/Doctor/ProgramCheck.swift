import Glibc
public import OperatorConfiguration

/// Whether the programs that the configuration names are there (R45); it starts none.
public struct ProgramCheck: Check {
  /// What is looked at.
  public let subject = "programs"
  private let programs: [Settings.NamedProgram]
  private let folders: [Substring]

  /// A look at these programs; `path` is where those without a folder are looked for.
  public init(_ programs: [Settings.NamedProgram], path: String?) {
    self.programs = programs
    folders = (path ?? "").split(separator: ":")
  }

  /// Each that is not there; one word where all are, and none where none is named.
  public func look() async -> [Finding] {
    let missing = programs.filter { !isThere($0.program) }
    guard missing.isEmpty else {
      return missing.map { named in
        Finding(
          .mend, "\(named.option): \(named.program) was not found, or may not be executed.",
          advice: "Install it, or write its whole path.")
      }
    }
    return programs.isEmpty ? [] : [Finding(.well, "Those that the configuration names are there.")]
  }

  private func isThere(_ program: String) -> Bool {
    let paths = program.hasPrefix("/") ? [program] : folders.map { "\($0)/\(program)" }
    return paths.contains { path in
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        && access(path, X_OK) == 0
    }
  }
}
