package import Telephony

/// One line of a trace: see ``Trace``.
package struct TraceLine: Sendable {
  /// Since the beginning [ms].
  package var time: Int64
  /// Whose it is.
  package var source: SourceID
  /// What it tells; a piece is read back as received.
  package var mark: Trace.Mark
  /// What passed, or what happened.
  package var bytes: [UInt8]

  /// What happened, as a text.
  package var words: String { String(decoding: bytes, as: UTF8.self) }

  /// The time as a line begins with it: `4.120`.
  package var clock: String {
    "\(max(0, time) / 1000).\(String(time.magnitude % 1000 + 1000).dropFirst())"
  }

  /// A line; see the properties.
  package init(time: Int64, source: SourceID, mark: Trace.Mark, bytes: [UInt8]) {
    self.time = time
    self.source = source
    self.mark = mark
    self.bytes = bytes
  }

  /// Reads a line without its end; nil when it is none.
  package init?(_ line: some Sequence<UInt8>) {
    let parts = Array(line).split(
      separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count >= 3, let mark = parts[2].first, parts[2].count == 1,
      let time = Self.time(parts[0]), !parts[1].isEmpty
    else { return nil }
    switch mark {
    case UInt8(ascii: "<"): self.mark = .received
    case UInt8(ascii: ">"): self.mark = .sent
    case UInt8(ascii: "!"): self.mark = .event
    default: return nil
    }
    self.time = time
    source = SourceID(String(decoding: TraceText.decoded(parts[1]), as: UTF8.self))
    bytes = parts.count == 4 ? TraceText.decoded(parts[3]) : []
  }

  /// The line with its end.
  var text: [UInt8] {
    let mark =
      switch mark {
      case .received, .piece: "<"
      case .sent: ">"
      case .event: "!"
      }
    let name = TraceText.encoded(Array(source.name.utf8), isWord: true)
    return Array((clock + " ").utf8) + name
      + Array(" \(mark) ".utf8) + TraceText.encoded(bytes) + [UInt8(ascii: "\n")]
  }

  private static func time(_ text: ArraySlice<UInt8>) -> Int64? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 3, (1...9).contains(parts[0].count) else {
      return nil
    }
    let digits = parts.joined()
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(String(decoding: digits, as: UTF8.self))
  }
}
