import Glibc
import SystemPackage
import ThirdPartyStore

/// What a command prints: a file without a name, which goes with its object.
final class OutputFile {
  /// The program, for sentences.
  let program: String
  let descriptor: FileDescriptor

  init(of program: String) throws(ERPError) {
    self.program = ODBC.line(program.utf8)
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var path = Array(((folder.isEmpty ? "/tmp" : folder) + "/screenpop-XXXXXX").utf8CString)
    let file = mkstemp(&path)
    guard file >= 0 else {
      throw ERPError(
        .failed, "a file for what \(self.program) prints cannot be made: \(Errno(rawValue: errno))")
    }
    unlink(path)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    // Whoever looks at its size moves no writer.
    _ = fcntl(file, F_SETFL, O_APPEND)
    descriptor = FileDescriptor(rawValue: file)
  }

  deinit { try? descriptor.close() }

  /// What was printed, from its beginning.
  func content() throws(ERPError) -> InputFile {
    do {
      _ = try descriptor.seek(offset: 0, from: .start)
      return InputFile(
        name: "what \(program) prints", descriptor: try descriptor.duplicate().rawValue)
    } catch {
      throw ERPError(.failed, "what \(program) prints cannot be read: \(error)")
    }
  }
}
