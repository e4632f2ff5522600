/// Cuts a stream of bytes into SIP messages by their Content-Length (RFC 3261, section 18.3).
///
/// At most one message is kept. A body that is longer than a message may be is passed over byte by byte,
/// so that the message can be refused and the next one is still understood.
struct SIPStream {
  /// The stream holds what is no SIP: where its next message begins cannot be told.
  struct Broken: Error, Hashable {}

  private var buffer: [UInt8] = []
  /// How far `buffer` was searched for the end of a head.
  private var searched = 0
  /// The head of a message of which the body is still to come.
  private var pending: (message: SIPMessage, length: Int)?
  /// What remains of a body that is too long.
  private var skipped = 0

  /// Takes the next bytes and answers the messages that are whole now; a message of which the body is
  /// too long comes once its head is there.
  mutating func feed(_ bytes: some Sequence<UInt8>) throws(Broken) -> [SIPMessage] {
    buffer.append(contentsOf: bytes)
    var messages: [SIPMessage] = []
    var start = 0
    while let message = try next(&start) { messages.append(message) }
    buffer.removeFirst(start)
    searched = max(0, searched - start)
    guard buffer.count <= SIPMessage.longest else { throw Broken() }
    return messages
  }

  private mutating func next(_ start: inout Int) throws(Broken) -> SIPMessage? {
    if skipped > 0 {
      let count = min(skipped, buffer.count - start)
      start += count
      skipped -= count
      guard skipped == 0 else { return nil }
    }
    if let (message, length) = pending { return finish(message, length, &start) }
    // Line ends between messages keep connections alive (RFC 5626, section 3.5.1).
    while start < buffer.count, buffer[start] == 0x0D || buffer[start] == 0x0A { start += 1 }
    // The end may lie across two pieces.
    let from = max(start, searched - 3)
    guard let end = SIPMessage.endOfHead(buffer[from...]) else {
      searched = buffer.count
      return nil
    }
    guard let message = SIPMessage(head: buffer[start..<end]) else { throw Broken() }
    start = end
    searched = end
    switch message.contentLength {
    case .absent: return message
    case .unreadable: throw Broken()
    case .bytes(let length) where length > SIPMessage.longest:
      skipped = length
      var cut = message
      cut.isCut = true
      return cut
    case .bytes(let length):
      pending = (message, length)
      return finish(message, length, &start)
    }
  }

  /// The message with its body, once that is there.
  private mutating func finish(
    _ message: SIPMessage, _ length: Int, _ start: inout Int
  ) -> SIPMessage? {
    guard buffer.count - start >= length else { return nil }
    pending = nil
    var whole = message
    whole.body = Array(buffer[start..<(start + length)])
    start += length
    searched = start
    return whole
  }
}
