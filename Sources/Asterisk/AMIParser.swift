import Glibc

/// Cuts what the manager sends into messages: lines that end with CR LF, and an empty one after each
/// message.
///
/// Bytes come in pieces of any size. A whole message is read where it lies; only the beginning of one
/// whose end has not come is kept. A line or a message that is too long is passed over up to the next
/// empty line, and nothing of it is kept. `Tests/bench` measures it.
package struct AMIParser {
  /// The longest line [bytes]; real ones have some hundred.
  static let longestLine = 8 * 1024
  /// The longest message [bytes].
  static let longestMessage = 64 * 1024

  /// How many messages were passed over because they were too long.
  private(set) var passedOver = 0

  /// The beginning of a message.
  private var held: [UInt8] = []
  /// How much of the message has been read: whole lines only.
  private var read = 0
  private var kind: AMIMessage.Kind?
  private var places = [AMIMessage.Place](repeating: .init(), count: AMIHeader.allCases.count)
  private var hasPlaces = false
  private var fate = Fate.wanted

  /// What becomes of the message that is being read.
  private enum Fate {
    case wanted
    /// An event that nobody asked for.
    case unwanted
    /// A line in it is too long.
    case spoiled
    /// Too much of it came: the bytes go as they come. What its present line holds so far.
    case discarded(Line)
  }

  private enum Line { case empty, carriageReturn, text }

  /// A parser at the beginning of a message.
  package init() {}

  /// Takes the next bytes in, and hands over each message that they complete.
  package mutating func feed(
    _ bytes: UnsafeRawBufferPointer, _ handle: (AMIMessage) -> Void
  ) {
    guard !held.isEmpty else {
      let used = messages(in: bytes, handle)
      held.append(contentsOf: bytes[used...])
      return
    }
    var all: [UInt8] = []
    swap(&all, &held)
    all.append(contentsOf: bytes)
    let used = all.withUnsafeBytes { messages(in: $0, handle) }
    all.removeFirst(used)
    swap(&all, &held)
  }

  /// Reads messages up to the last one that is whole; how many bytes need not be kept.
  private mutating func messages(
    in bytes: UnsafeRawBufferPointer, _ handle: (AMIMessage) -> Void
  ) -> Int {
    var start = 0
    while start < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
      if case .discarded(let line) = fate {
        guard let end = discard(rest, line) else { return bytes.count }
        start += end
      } else if let end = message(rest) {
        finish(UnsafeRawBufferPointer(rebasing: rest[..<end]), handle)
        start += end
      } else if rest.count > Self.longestMessage || rest.count - read > Self.longestLine + 1 {
        fate = .discarded(.empty)
        _ = discard(UnsafeRawBufferPointer(rebasing: rest[read...]), .empty)
        return bytes.count
      } else {
        return start
      }
    }
    return start
  }

  /// Reads the lines of a message from where the last piece ended; its length, once the empty line is
  /// there.
  private mutating func message(_ bytes: UnsafeRawBufferPointer) -> Int? {
    while let end = bytes.lineEnd(from: read) {
      let line = read..<(end > read && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end)
      read = end + 1
      if line.isEmpty { return read }
      switch fate {
      case .wanted where line.count <= Self.longestLine: header(bytes, line)
      case .wanted, .unwanted:
        if line.count > Self.longestLine { fate = .spoiled }
      case .spoiled, .discarded: break
      }
    }
    return nil
  }

  /// Notes where the value of a header lies; the first of two counts.
  @inline(__always)
  private mutating func header(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) {
    var colon = line.lowerBound
    let last = min(line.upperBound, line.lowerBound + AMIHeader.longestName + 1)
    while colon < last, bytes[colon] != UInt8(ascii: ":") { colon += 1 }
    guard colon < last,
      let header = AMIHeader(UnsafeRawBufferPointer(rebasing: bytes[line.lowerBound..<colon]))
    else { return }
    var value = colon + 1
    while value < line.upperBound, bytes[value] == UInt8(ascii: " ") { value += 1 }
    switch header {
    case .event where kind == nil:
      let name = UnsafeRawBufferPointer(rebasing: bytes[value..<line.upperBound])
      guard let event = AMIEventName(name) else {
        fate = .unwanted
        return
      }
      kind = .event(event)
    // An event of the same name has a header Response, too.
    case .response where kind == nil: kind = .response
    default: break
    }
    if places[header.rawValue].length == 0 {
      hasPlaces = true
      places[header.rawValue] = AMIMessage.Place(
        start: Int32(clamping: value), length: Int32(clamping: line.upperBound - value))
    }
  }

  private mutating func finish(
    _ bytes: UnsafeRawBufferPointer, _ handle: (AMIMessage) -> Void
  ) {
    if case .spoiled = fate {
      passedOver += 1
    } else if bytes.count > Self.longestMessage {
      passedOver += 1
    } else if case .wanted = fate, let kind {
      handle(AMIMessage(kind, bytes, places))
    }
    reset()
  }

  private mutating func reset() {
    read = 0
    fate = .wanted
    kind = nil
    guard hasPlaces else { return }
    hasPlaces = false
    for index in places.indices { places[index] = AMIMessage.Place() }
  }

  /// Passes over bytes; where the message ends, if it does.
  private mutating func discard(_ bytes: UnsafeRawBufferPointer, _ line: Line) -> Int? {
    var (line, start) = (line, 0)
    while true {
      let end = bytes.lineEnd(from: start)
      let part = start..<(end ?? bytes.count)
      if !part.isEmpty {
        let isReturn = line == .empty && part.count == 1 && bytes[start] == UInt8(ascii: "\r")
        line = isReturn ? .carriageReturn : .text
      }
      guard let end else {
        fate = .discarded(line)
        return nil
      }
      start = end + 1
      if line != .text {
        passedOver += 1
        reset()
        return start
      }
      line = .empty
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Where the line that begins at `start` has its LF.
  @inline(__always)
  fileprivate func lineEnd(from start: Int) -> Int? {
    guard let base = baseAddress, start < count,
      let found = memchr(base + start, Int32(clamping: UInt8(ascii: "\n")), count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
