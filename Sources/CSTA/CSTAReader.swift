/// Takes what a CSTA server sends apart, in pieces of any size.
package struct CSTAReader {
  /// What cannot be a message.
  package enum Fault: Error, Hashable {
    /// It speaks CSTA in ASN.1, which is another protocol.
    case binary
    /// Something else; how it begins.
    case header([UInt8])
  }

  /// The tags of ROSE and ACSE with which a message in ASN.1 begins behind its length.
  private static let binaryTags: Set<UInt8> = [0x60, 0x61, 0x62, 0x64, 0xA1, 0xA2, 0xA3, 0xA4]

  private var bytes: [UInt8] = []

  /// A reader at the beginning of a connection.
  package init() {}

  /// Takes the next bytes in and hands over the messages that they complete.
  package mutating func feed(_ piece: some Collection<UInt8>) throws(Fault) -> [CSTAFrame] {
    bytes.append(contentsOf: piece)
    var frames: [CSTAFrame] = []
    var start = 0
    while let length = try length(at: start), bytes.count - start >= length {
      let end = start + length
      let digits = bytes[(start + 4)..<(start + CSTAFrame.headerLength)]
      guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { throw fault(at: start) }
      frames.append(
        CSTAFrame(
          number: digits.reduce(0) { $0 * 10 + Int(clamping: $1 & 0x0F) },
          body: Array(bytes[(start + CSTAFrame.headerLength)..<end])))
      start = end
    }
    bytes.removeFirst(start)
    return frames
  }

  /// How long the message is that begins there; nil: that has not come yet. 65 535 bytes at most.
  private func length(at start: Int) throws(Fault) -> Int? {
    let head = bytes[start...].prefix(4)
    guard head.prefix(2).allSatisfy({ $0 == 0 }) else {
      // The third byte tells what else it is.
      if head.count < 3 { return nil }
      throw fault(at: start)
    }
    guard head.count == 4 else { return nil }
    let length = Int(clamping: bytes[start + 2]) << 8 | Int(clamping: bytes[start + 3])
    guard length >= CSTAFrame.headerLength else { throw fault(at: start) }
    return length
  }

  private func fault(at start: Int) -> Fault {
    let head = bytes[start...].prefix(64)
    let third = head.dropFirst(2).first ?? 0
    return head.first == 0 && Self.binaryTags.contains(third) ? .binary : .header(Array(head))
  }
}
