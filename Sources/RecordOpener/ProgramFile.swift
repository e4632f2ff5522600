import Glibc

/// Where programs are, without starting any.
public enum ProgramFile {
  /// The path of the program, nil where there is none: its own where that is absolute, else in the first folder of `path`
  /// that has it; PATH's relative folders are left out.
  public static func path(of program: String, in path: String?) -> String? {
    guard !program.hasPrefix("/") else { return isProgram(program) ? program : nil }
    return (path ?? "").split(separator: ":").lazy
      .filter { $0.hasPrefix("/") }.map { "\($0)/\(program)" }.first(where: isProgram)
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
