import Glibc
import RecordOpener

/// Where the launcher is installed.
public enum LauncherProgram {
  /// The absolute path of `clicktocall`: beside the program that runs, or else on the PATH.
  ///
  /// Throws ``SetupError/Kind/launcher``.
  public static func find(path: String?) throws(SetupError) -> String {
    let own = ownFolder.flatMap { ProgramFile.path(of: $0 + "/clicktocall", in: nil) }
    if let program = own ?? ProgramFile.path(of: "clicktocall", in: path) { return program }
    throw SetupError(
      .launcher,
      "there is no clicktocall beside this program\(ownFolder.map { " in \($0)" } ?? ""), nor on the"
        + " PATH: install it there, and start again")
  }

  /// The folder of the program that runs.
  private static var ownFolder: String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0, let own = String(validating: buffer[..<count], as: UTF8.self) else {
      return nil
    }
    return own.lastIndex(of: "/").map { String(own[..<$0]) }
  }
}
