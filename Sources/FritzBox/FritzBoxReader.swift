/// Takes what a call monitor sends apart, in pieces of any size, into lines without their ends (LF, or CRLF).
package struct FritzBoxReader {
  /// The longest line [bytes].
  package static let longestLine = 512

  private var line: [UInt8] = []
  /// The rest of the line is passed over: it was too long.
  private var isPassing = false

  /// A reader at the beginning of a connection.
  package init() {}

  /// Reads the next bytes and hands over the lines that they complete. One that is too long is handed over once it is,
  /// cut where nobody takes it for a whole one.
  package mutating func read(_ bytes: some Collection<UInt8>) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for byte in bytes {
      guard byte != UInt8(ascii: "\n") else {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        if !line.isEmpty { lines.append(line) }
        (line, isPassing) = ([], false)
        continue
      }
      guard !isPassing else { continue }
      line.append(byte)
      guard line.count > Self.longestLine + 1 else { continue }
      lines.append(line)
      (line, isPassing) = ([], true)
    }
    return lines
  }
}
