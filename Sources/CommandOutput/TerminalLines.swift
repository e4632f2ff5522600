import Glibc

/// How sentences stand on a terminal: no word goes over the end of a line.
package enum TerminalLines {
  /// The columns of the terminal that shows standard output; nil where there is none, as in a file.
  package static var width: Int? {
    var window = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0,
      window.ws_col > 0
    else { return nil }
    return Int(clamping: window.ws_col)
  }

  /// The text behind `head`, and its further lines below its beginning. A word that is longer than a line, such as a path,
  /// stays whole, to be copied.
  package static func hang(_ text: String, behind head: String = "", width: Int?) -> String {
    // What is left of a very narrow terminal is no room for sentences.
    guard let width, width >= head.count + 20 else { return head + text }
    let indent = String(repeating: " ", count: head.count)
    var lines: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if let last = lines.last, head.count + last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return head + lines.joined(separator: "\n" + indent)
  }
}
