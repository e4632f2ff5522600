public import CallWire
public import Telephony
import TextForms

/// Whether a window listens for launchers, and what it could not use of what came.
public struct WindowCheck: Check {
  /// What is looked at.
  public let subject = "launcher"
  private let runtime: RuntimeDirectory
  private let station: String?
  private let state: WindowState?

  /// A look at the station's window, which told this of itself; nil: none answered.
  public init(_ runtime: RuntimeDirectory, station: String?, state: WindowState?) {
    self.runtime = runtime
    self.station = station
    self.state = state
  }

  /// The folder, the window, what it counted, and the spool.
  public func look() async -> [Finding] {
    do throws(CallWireError) {
      try runtime.prepare()
    } catch {
      return [
        Finding(.mend, error.sentence, advice: "Remove what is there, or set XDG_RUNTIME_DIR.")
      ]
    }
    return [lookAtWindow()] + unusable() + lookAtSpool()
  }

  private var path: String { runtime.socketPath(station: station) }

  private func lookAtWindow() -> Finding {
    guard let state else {
      let words = station.map { " watch --station \($0)" } ?? ""
      return Finding(
        .mend, "No window answers on \(path).", advice: "Start one: screenpop\(words)")
    }
    let (taken, refused) = (state.fields["taken"] ?? "0", state.fields["refused"] ?? "0")
    return Finding(
      .well, "The window on \(path) answers. Messages taken: \(taken), refused: \(refused).")
  }

  /// What came to the window and could not be used (R2).
  private func unusable() -> [Finding] {
    let fields = (state?.fields ?? [:]).sorted { $0.key < $1.key }
    return fields.compactMap { field in
      if let word = field.key.behind("word.") {
        return Finding(
          .note,
          "The event “\(word)” is known to nobody; it came \((Int(field.value) ?? 0).counted("time")).",
          advice: "Such calls are shown and open nothing: have ring, answer, end or request sent.")
      }
      if let keyword = field.key.behind("keyword.") {
        return Finding(
          .mend,
          "“\(keyword)” came \((Int(field.value) ?? 0).counted("time")) instead of a number.",
          advice: "The telephone software does not know this variable: look its name up.")
      }
      if field.key == "failure" {
        return Finding(
          .mend, "A message could not be kept, and was left to the spool: \(field.value).",
          advice: "Make room on the disk, or see to the file.")
      }
      if let prefix = field.key.behind("prefix.") {
        return Finding(
          .mend,
          "\((Int(field.value) ?? 0).counted("call")) came with a \(prefix) before a number that cannot be read otherwise.",
          advice: "If it is dialled for an outside line, say so: outside_prefix = \"\(prefix)\"")
      }
      return field.key == "refusal"
        ? Finding(.note, "The last message that was refused: \(field.value).") : nil
    }
  }

  private func lookAtSpool() -> [Finding] {
    let spool = runtime.spool
    let listing = spool.list(station: station)
    var findings: [Finding] = []
    if !listing.entries.isEmpty {
      findings.append(
        Finding(
          .note, "For a window, \(spool.path) holds \(listing.entries.count.counted("message"))."))
    }
    let strange = listing.faults.count + listing.foreign
    if strange > 0 {
      findings.append(
        Finding(
          .note, "\(spool.path) holds \(strange.counted("file")) beside messages.",
          advice: "Remove them."))
    }
    return findings
  }
}

extension String {
  /// What follows the prefix; nil when the text does not begin with it.
  func behind(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
