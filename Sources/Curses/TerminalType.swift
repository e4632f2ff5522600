import CCurses
import Glibc

/// What the terminal database says about the terminal, and what it does not.
enum TerminalType {
  /// Mouse buttons (reported with SGR numbers where the terminal can, otherwise as X10) and paste
  /// in one piece. Sent directly: ncurses would turn on only what the terminfo entry knows, and
  /// tmux's lacks the SGR reports. A terminal of this family ignores the modes that it lacks.
  static let startReports = "\u{1B}[?1000h\u{1B}[?1006h\u{1B}[?2004h"
  /// The contrary of `startReports`.
  static let endReports = "\u{1B}[?2004l\u{1B}[?1006l\u{1B}[?1000l"

  /// Checks that the terminal of type `name` can be painted on.
  static func check(_ name: String?, output: Int32) throws(TerminalError) {
    guard let name, !name.isEmpty else { throw .typeUnset }
    var result: Int32 = 0
    // 1 found, 0 not found or too generic, -1 no database.
    guard setupterm(name, output, &result) == OK else {
      throw result == 0 && name != "dumb" ? .typeUnknown(name) : .typeIncapable(name)
    }
    let canPlace = string("cup") != nil
    // newterm loads it again for itself.
    del_curterm(set_curterm(nil))
    guard canPlace else { throw .typeIncapable(name) }
  }

  /// Whether the terminal understands sequences that start with `ESC [` (nearly all do).
  static var isANSI: Bool { string("cup")?.hasPrefix("\u{1B}[") ?? false }

  /// What gives a terminal back in whatever state it is, ready to be written.
  static var resetSequence: String {
    let parts = ["sgr0", "op", "rmkx", "cnorm", "rmcup"].compactMap(string)
    // Without a second screen, the prompt goes below what is on the only one.
    return (isANSI ? endReports : "") + parts.joined() + (string("rmcup") == nil ? "\r\n" : "")
  }

  /// A string capability without its padding (`$<5>`); nil when the terminal lacks it.
  private static func string(_ capability: String) -> String? {
    let value = tigetstr(capability)
    // -1 means that it is no string capability.
    guard let value, Int(bitPattern: value) != -1 else { return nil }
    let text = String(cString: value)
    let pieces = text.split(separator: "$<", omittingEmptySubsequences: false)
    return pieces.dropFirst().reduce(String(pieces[0])) { text, piece in
      text + (piece.firstIndex(of: ">").map { String(piece[piece.index(after: $0)...]) } ?? "")
    }
  }
}
