public import OperatorConfiguration
import RecordOpener
public import Telephony

/// Whether the programs that the configuration names are there (R45); it starts none.
public struct ProgramCheck: Check {
  /// What is looked at.
  public let subject = "programs"
  private let programs: [Settings.NamedProgram]
  private let path: String?

  /// A look at these programs; `path` is where those without a folder are looked for.
  public init(_ programs: [Settings.NamedProgram], path: String?) {
    self.programs = programs
    self.path = path
  }

  /// Each that is not there; one word where all are, and none where none is named.
  public func look() async -> [Finding] {
    let missing = programs.filter { ProgramFile.path(of: $0.program, in: path) == nil }
    guard missing.isEmpty else {
      return missing.map { named in
        Finding(
          .mend, "\(named.option): \(named.program) was not found, or may not be executed.",
          advice: "Install it, or write its whole path.")
      }
    }
    return programs.isEmpty ? [] : [Finding(.well, "Those that the configuration names are there.")]
  }
}
