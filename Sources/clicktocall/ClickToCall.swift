// The launcher (R16-R21): one call event from the command line, a URL or the environment to the
// operator's window, within milliseconds.
//
//     clicktocall 0388202122 popup
//     clicktocall --event end --call-id 42 --reason missed
//     clicktocall -- 'ctidivalto:0388202122?popup'

import CLibrary

/// The start of the program.
///
/// All of it is Embedded Swift, with the files of CallWire and NumberForms compiled into it: without the
/// runtime of Swift, whose start takes longer than the exchange with the window.
@main
enum ClickToCall {
  static func main() {
    ignore_signal(SIGPIPE)
    // Where the user's files may not be so long, writing fails, which is said.
    ignore_signal(SIGXFSZ)
    repairInheritance()
    let end = Launcher(environment: variable).run(arguments().dropFirst())
    if let text = end.output { write(text, to: STDOUT_FILENO) }
    if let sentence = end.sentence { write("clicktocall: \(sentence)\n", to: STDERR_FILENO) }
    exit(end.code)
  }

  /// The words of the command line, the program's name first.
  private static func arguments() -> [String] {
    var words: [String] = []
    var next = program_words()
    while let word = next?.pointee {
      words.append(text(word))
      next = next?.advanced(by: 1)
    }
    return words
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { text($0) }
  }

  private static func text(_ word: UnsafePointer<CChar>) -> String {
    PlainText.decoded(UnsafeRawBufferPointer(start: word, count: strlen(word)))
  }

  /// Writes all of the text; a reader that has gone is no reason to fail.
  private static func write(_ text: String, to descriptor: CInt) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { CLibrary.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
