/// Takes netstrings apart as they come in, in pieces of any size (D. J. Bernstein, "Netstrings", 1997).
///
///     12:hello world!,
///
/// A text longer than the limit is passed over without being kept, so that the one after it is
/// understood; what is no netstring at all ends the reading, because nothing says where the next begins.
package struct NetstringReader {
  /// What cannot be a netstring.
  package enum Fault: Error, Hashable {
    /// No length of at most nine digits stands where one should be.
    case length
    /// No comma follows the text.
    case comma
  }

  /// The longest text that is kept [bytes].
  package static let longest = 65_536
  private static let mostDigits = 9

  private enum Part { case length, text, comma }

  private var part = Part.length
  private var digits = 0
  private var length = 0
  /// How much of the text has not come yet [bytes].
  private var missing = 0
  private var text: [UInt8] = []
  /// How many texts were passed over because they are too long.
  package private(set) var skipped = 0

  /// A reader at the beginning of a connection.
  package init() {}

  /// Takes the next bytes in and hands over the texts that they complete.
  package mutating func feed(_ bytes: some Collection<UInt8>) throws(Fault) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var rest = bytes[...]
    while let byte = rest.first {
      switch part {
      case .length:
        try readLength(byte)
        rest.removeFirst()
      case .text:
        let piece = rest.prefix(missing)
        if length <= Self.longest { text.append(contentsOf: piece) }
        missing -= piece.count
        rest = rest.dropFirst(piece.count)
        if missing == 0 { part = .comma }
      case .comma:
        guard byte == UInt8(ascii: ",") else { throw .comma }
        rest.removeFirst()
        if length <= Self.longest { texts.append(text) } else { skipped += 1 }
        (part, digits, length, text) = (.length, 0, 0, [])
      }
    }
    return texts
  }

  private mutating func readLength(_ byte: UInt8) throws(Fault) {
    if byte == UInt8(ascii: ":"), digits > 0 {
      missing = length
      part = length == 0 ? .comma : .text
      return
    }
    // A length has no leading zeros.
    guard (0x30...0x39).contains(byte), digits < Self.mostDigits, digits == 0 || length > 0 else {
      throw .length
    }
    digits += 1
    length = length * 10 + Int(clamping: byte - 0x30)
  }
}
