/// Takes a `text/event-stream` apart as it comes in, in pieces of any size (WHATWG HTML, section
/// 9.2.6).
///
///     id: 17
///     data: {"tel":"0388202122","event":"ring","id":"42","age":0}
///                                            (an empty line: that was one event)
///     : a comment, to show that the line is alive
package struct EventStream {
  /// One event.
  package struct Event: Hashable {
    /// The lines of `data:`, with LF between them.
    package var data: [UInt8]
    /// The `id:` that was last seen, its own or that of an event before.
    package var id: String
  }

  /// A line, or the data of an event, is longer than the limit.
  package struct TooLong: Error {}

  /// The longest line and the most data of an event [bytes].
  package static let limit = 65_536

  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var lastID = ""
  private var isAfterCR = false
  private var isFirstLine = true

  /// A stream at its beginning, behind the event of this id.
  package init(lastID: String = "") { self.lastID = lastID }

  /// Takes the next bytes in and hands over the events that they complete.
  package mutating func feed(_ bytes: some Sequence<UInt8>) throws(TooLong) -> [Event] {
    var events: [Event] = []
    for byte in bytes {
      let isPartOfLineEnd = isAfterCR && byte == UInt8(ascii: "\n")
      isAfterCR = byte == UInt8(ascii: "\r")
      if isPartOfLineEnd { continue }
      if isAfterCR || byte == UInt8(ascii: "\n") {
        if let event = try endLine() { events.append(event) }
      } else {
        guard line.count < Self.limit else { throw TooLong() }
        line.append(byte)
      }
    }
    return events
  }

  private mutating func endLine() throws(TooLong) -> Event? {
    defer { line.removeAll(keepingCapacity: true) }
    if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    isFirstLine = false
    guard !line.isEmpty else { return endEvent() }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[colon...].dropFirst()
    if value.first == UInt8(ascii: " ") { value.removeFirst() }
    switch String(decoding: line[..<colon], as: UTF8.self) {
    case "data":
      if hasData { data.append(UInt8(ascii: "\n")) }
      guard data.count + value.count <= Self.limit else { throw TooLong() }
      data += value
      hasData = true
    case "id" where !value.contains(0): lastID = String(decoding: value, as: UTF8.self)
    default: break
    }
    return nil
  }

  private mutating func endEvent() -> Event? {
    defer {
      data = []
      hasData = false
    }
    return hasData ? Event(data: data, id: lastID) : nil
  }
}
