/// Takes what a bus sends apart, in pieces of any size: a line that answers the login, then messages.
package struct DBusReader {
  /// What cannot come from a bus.
  package struct Fault: Error, Hashable {}

  /// What came.
  package enum Item: Hashable {
    /// The answer to the login: `OK 1234…`.
    case line(String)
    case message(DBusMessage)
    /// A message that could not be read.
    case damaged
  }

  private static let longestLine = 512

  private var bytes: [UInt8] = []
  private var isLoggedIn = false

  /// A reader at the beginning of a connection.
  package init() {}

  /// Takes the next bytes in and hands over what they complete.
  package mutating func feed(_ piece: some Collection<UInt8>) throws(Fault) -> [Item] {
    bytes.append(contentsOf: piece)
    var items: [Item] = []
    var start = 0
    while start < bytes.count {
      if !isLoggedIn {
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else {
          guard bytes.count - start <= Self.longestLine else { throw Fault() }
          break
        }
        guard end - start <= Self.longestLine else { throw Fault() }
        let line = String(decoding: bytes[start..<end], as: UTF8.self)
        items.append(.line(line.trimmingSuffix()))
        isLoggedIn = line.hasPrefix("OK")
        start = end + 1
        continue
      }
      guard let length = try length(at: start), bytes.count - start >= length else { break }
      let message = DBusMessage(Array(bytes[start..<(start + length)]))
      items.append(message.map { .message($0) } ?? .damaged)
      start += length
    }
    bytes.removeFirst(start)
    return items
  }

  /// How long the message is that begins there; nil: its head has not come yet.
  private func length(at start: Int) throws(Fault) -> Int? {
    guard bytes.count - start >= DBusMessage.headLength else { return nil }
    guard "lB".utf8.contains(bytes[start]), bytes[start + 3] == 1 else { throw Fault() }
    let isLittle = bytes[start] == UInt8(ascii: "l")
    let number = { (place: Int) in
      let digits = bytes[(start + place)..<(start + place + 4)]
      let add = { (number: Int, byte: UInt8) in number << 8 | Int(clamping: byte) }
      return isLittle ? digits.reversed().reduce(0, add) : digits.reduce(0, add)
    }
    let (body, fields) = (number(4), number(12))
    guard body <= DBusMessage.longest, fields <= DBusMessage.longest else { throw Fault() }
    return (DBusMessage.headLength + fields + 7) / 8 * 8 + body
  }
}

extension String {
  /// Without the carriage return at the end.
  fileprivate func trimmingSuffix() -> String { hasSuffix("\r") ? String(dropLast()) : self }
}
