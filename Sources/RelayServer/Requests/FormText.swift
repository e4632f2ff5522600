import TextForms

/// A value of a query or a form body, still encoded.
///
/// Desk phones put into a URL what they have, encoded or not: `tel=+33388202122`,
/// `tel=sip:0388202122@192.0.2.7`, `tel=%22Dupont%22+<sip:%2B33388202122@pbx>`.
struct FormText {
  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// The text as it was sent.
  var raw: String { String(decoding: bytes, as: UTF8.self) }

  /// What a `+` stands for.
  enum Plus {
    /// A blank, as forms have it (WHATWG URL Standard, section 5).
    case blank
    /// Where a number may begin it is the plus of a number that nobody encoded; a blank elsewhere.
    case ofNumber
    /// Itself: in what can have no blanks, and is often base64 that nobody encoded.
    case literal
  }

  /// The decoded bytes, and whether every `%` began an escape; one that did not stands for itself.
  func decoded(_ plus: Plus) -> (bytes: [UInt8], isWellFormed: Bool) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var isWellFormed = true
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      let after = bytes.index(after: index)
      switch byte {
      case UInt8(ascii: "%"):
        if let escaped = HexDigit.pair(bytes[after...].prefix(2)) {
          text.append(escaped)
          index = after + 2
          continue
        }
        isWellFormed = false
        text.append(byte)
      case UInt8(ascii: "+"):
        let isPlus =
          switch plus {
          case .blank: false
          case .ofNumber: Self.canBeginNumber(after: text.last, bytes[after...].first)
          case .literal: true
          }
        text.append(isPlus ? byte : UInt8(ascii: " "))
      default: text.append(byte)
      }
      index = after
    }
    return (text, isWellFormed)
  }

  /// Whether a `+` between these two is a number's: `tel=+33…`, `sip:+33…`, `<+33…>`, but not the
  /// blanks of `03+88+20+21+22` and of `Service+24`.
  private static func canBeginNumber(after before: UInt8?, _ next: UInt8?) -> Bool {
    guard let next, (0x30...0x39).contains(next) || next == UInt8(ascii: "(") else { return false }
    return before.map { ":<\" /".utf8.contains($0) } ?? true
  }
}
