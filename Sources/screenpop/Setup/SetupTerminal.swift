import CommandOutput
import DesktopSetup
import Dispatch
import Glibc
import TextForms

/// Puts the questions of the set-up on the terminal. Nothing is written while they are asked, so that it may be left
/// at any time.
final class SetupTerminal {
  /// That the operator left.
  struct Left: Error {}

  private var signals: [any DispatchSourceSignal] = []

  /// Whether somebody sits there who can be asked.
  static var isThere: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// Restores the terminal where a signal ends the program.
  init() {
    var settings = termios()
    tcgetattr(STDIN_FILENO, &settings)
    let before = settings
    // The main thread waits for the answer.
    signals = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        var settings = before
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
        let words = Array("\nscreenpop: \(Self.nothing)\n".utf8)
        _ = write(STDERR_FILENO, words, words.count)
        _exit(128 + number)
      }
      source.resume()
      return source
    }
  }

  /// What is said of a set-up that was left.
  static let nothing = "nothing was written"

  /// Signals end the program no more, for the moment of writing.
  func finish() {
    for source in signals { source.cancel() }
    signals = []
  }

  /// The answer, without blanks around it; what is typed of a secret is not shown.
  func ask(_ question: String, isSecret: Bool = false) throws -> String {
    try say([Self.hung(question)], end: "")
    var settings = termios()
    let isHidden = isSecret && tcgetattr(STDIN_FILENO, &settings) == 0
    if isHidden {
      var hidden = settings
      hidden.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSANOW, &hidden)
    }
    let line = readLine()
    if isHidden {
      tcsetattr(STDIN_FILENO, TCSANOW, &settings)
      try say([""])
    }
    guard let line else { throw Left() }
    let first = line.drop(while: \.isWhitespace)
    return String(first.reversed().drop(while: \.isWhitespace).reversed())
  }

  /// Shows sentences, none of which goes over the end of a line within a word.
  func tell(_ sentences: [String]) throws { try say(sentences.map(Self.hung)) }

  private static func hung(_ text: String) -> String {
    let width = TerminalLines.width
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { TerminalLines.hang(String($0), width: width) }.joined(separator: "\n")
  }

  /// Shows lines as they are, harmless for a terminal.
  func say(_ lines: [String], end: String = "\n") throws {
    let bytes = Array(lines.map { $0.printableLines + end }.joined().utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Left() }
      sent += count
    }
  }

  /// Keeps a secret in a file without a name, which is gone with the program; by what path it is reached.
  static func hide(_ secret: String) throws -> String {
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var name = Array("\(folder)/screenpop-XXXXXX".utf8CString)
    // Made for the owner only.
    let descriptor = mkstemp(&name)
    guard descriptor >= 0, unlink(name) == 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
      throw Left()
    }
    let bytes = Array(secret.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Left() }
    return "/proc/self/fd/\(descriptor)"
  }
}
