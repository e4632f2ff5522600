/// Takes what an event socket sends apart, in pieces of any size: lines `Name: value`, an empty one, and as
/// many bytes as `Content-Length` says.
///
///     Content-Length: 17
///     Content-Type: api/response
///
///     {"row_count": 0}
package struct EventSocketReader {
  /// What cannot be a message.
  package enum Fault: Error, Hashable {
    /// A line without a name, or one that is too long; what it says.
    case line([UInt8])
    /// A length that is none.
    case length
  }

  /// The longest line of a head [bytes].
  package static let longestLine = 4096
  /// The most lines of a head.
  package static let mostLines = 64
  /// The longest body that is kept [bytes]: a list of some 10 000 channels.
  package static let longestBody = 16 << 20

  private var line: [UInt8] = []
  private var message = EventSocketMessage()
  private var lines = 0
  private var length = 0
  /// How much of the body has not come yet [bytes]; nil within a head.
  private var missing: Int?
  /// How many messages were passed over because they are too long.
  package private(set) var passedOver = 0

  /// A reader at the beginning of a connection.
  package init() {}

  /// Takes the next bytes in and hands over the messages that they complete.
  package mutating func feed(
    _ bytes: some Collection<UInt8>
  ) throws(Fault) -> [EventSocketMessage] {
    var messages: [EventSocketMessage] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      if let missing {
        let piece = rest.prefix(missing)
        if length <= Self.longestBody { message.body.append(contentsOf: piece) }
        self.missing = missing - piece.count
        rest = rest.dropFirst(piece.count)
      } else {
        let end = rest.firstIndex(of: UInt8(ascii: "\n"))
        line.append(contentsOf: rest[..<(end ?? rest.endIndex)].prefix(Self.longestLine + 1))
        guard line.count <= Self.longestLine else { throw .line(line) }
        guard let end else { break }
        rest = rest[rest.index(after: end)...]
        try readLine()
      }
      if missing == 0 { finish(&messages) }
    }
    return messages
  }

  private mutating func readLine() throws(Fault) {
    defer { line = [] }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard !line.isEmpty else {
      // Empty lines between messages mean nothing.
      if lines > 0 { missing = length }
      return
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0, lines < Self.mostLines
    else { throw .line(line) }
    let value = line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") }
    lines += 1
    let name = String(decoding: line[..<colon], as: UTF8.self)
    message.head[name] = String(decoding: value, as: UTF8.self)
    guard name == "Content-Length" else { return }
    guard (1...9).contains(value.count), value.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .length
    }
    length = value.reduce(0) { $0 * 10 + Int(clamping: $1 & 0x0F) }
  }

  private mutating func finish(_ messages: inout [EventSocketMessage]) {
    if length <= Self.longestBody { messages.append(message) } else { passedOver += 1 }
    (message, lines, length, missing) = (EventSocketMessage(), 0, 0, nil)
  }
}
