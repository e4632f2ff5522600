import Glibc
package import Telephony

/// What a trace tells of one run of the program.
package struct TraceRun: Sendable {
  /// When it began.
  package var wall: WallTime
  /// What was configured, as lines of a configuration file.
  package var options: [String] = []
  /// All its other lines, in their order.
  package var lines: [TraceLine] = []

  /// The longest file that is read [bytes].
  private static let longest = 256 << 20

  /// The runs in a file; nil when it is no trace. A line that is none is passed over.
  ///
  /// - Throws: why the file cannot be read.
  package static func runs(in path: String) throws(TraceError) -> [TraceRun]? {
    guard let text = try text(of: path) else { return nil }
    var runs: [TraceRun] = []
    for line in text.split(separator: UInt8(ascii: "\n")) {
      guard let line = TraceLine(line) else { continue }
      let words = line.mark == .event && line.source == Trace.own ? line.words : ""
      if words.hasPrefix("begin ") {
        let parts = words.split(separator: " ").dropFirst().map { Int64($0) ?? 0 }
        runs.append(
          TraceRun(
            wall: WallTime(
              milliseconds: parts.first ?? 0,
              offset: parts.count > 1 ? Int(clamping: parts[1]) : 0)))
      } else if words.hasPrefix("option ") {
        runs.last.map { _ in runs[runs.count - 1].options.append(String(words.dropFirst(7))) }
      } else if !runs.isEmpty {
        runs[runs.count - 1].lines.append(line)
      }
    }
    return runs
  }

  private static func text(of path: String) throws(TraceError) -> [UInt8]? {
    // Not blocking: a FIFO in the file's place must not hold anything up.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &block, block.count)
      guard count > 0 else { return text.starts(with: Trace.heading.utf8) ? text : nil }
      text += block.prefix(count)
      guard
        text.prefix(Trace.heading.utf8.count).elementsEqual(
          Trace.heading.utf8.prefix(text.count))
      else { return nil }
      guard text.count <= longest else { throw TraceError(path, "it is longer than 256 MB") }
    }
  }
}
