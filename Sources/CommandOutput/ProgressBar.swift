import Glibc
import TextForms

/// A bar on standard error, when that is a terminal.
package final class ProgressBar {
  private let isShown = isatty(STDERR_FILENO) == 1
  private var last = ""

  /// A bar that shows nothing yet.
  package init() {}

  /// Shows the share of the whole that is done, nil when the whole is not known, and the rows.
  package func show(_ share: Double?, rows: Int) {
    guard isShown else { return }
    let bar = share.map { share in
      // In hundredths; a total that a source has made up gives no share at all.
      let hundredths = Int(exactly: (max(0, min(1, share)) * 100).rounded(.down)) ?? 0
      return "[" + String(repeating: "#", count: hundredths * 30 / 100).padded(30)
        + "] \(hundredths) %  "
    }
    let line = "\(bar ?? "")\(rows.counted("row"))"
    guard line != last else { return }
    draw("\r\(line)")
    last = line
  }

  /// Takes the bar off its line for as long as `body` writes there.
  package func interrupt(_ body: () -> Void) {
    if !last.isEmpty { draw("\r" + "".padded(last.count) + "\r") }
    last = ""
    body()
  }

  private func draw(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
