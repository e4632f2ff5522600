import TextForms

/// One row of a CSV file: its fields without their quotation marks, still as bytes.
package struct CSVRecord: Sendable {
  /// Line of the file on which the row begins, from 1.
  package var line: Int
  /// The fields, one after the other.
  var bytes: [UInt8] = []
  /// Where each field ends in `bytes`.
  var ends: [Int] = []
  /// Why the row could not be read to its end, nil when it could.
  package var damage: String?
  /// What was read otherwise than it is written, nil when nothing was.
  package var notice: String?

  /// Whether it says anything: separators alone do not, nor what an old program ends a file with.
  var hasText: Bool { bytes.contains { $0 > 0x20 } }

  /// How many fields it has.
  package var count: Int { ends.count }

  /// Whether a field has so many digits.
  func hasDigits(_ count: Int) -> Bool {
    var start = 0
    for end in ends {
      var digits = 0
      for byte in bytes[start..<end] where (0x30...0x39).contains(byte) {
        digits += 1
        if digits == count { return true }
      }
      start = end
    }
    return false
  }

  /// The fields with those together again that the semicolon of an entity parted (`Durand &amp; Fils`), where there are
  /// more than so many. A blank behind it, which the reader left out, is there where one stands before it.
  func rejoined(_ count: Int) -> CSVRecord {
    guard self.count > count, bytes.contains(UInt8(ascii: "&")) else { return self }
    var whole = self
    (whole.bytes, whole.ends) = ([], [])
    var start = 0
    for field in ends.indices {
      let part = bytes[start..<ends[field]]
      start = ends[field]
      whole.bytes += part
      guard field + 1 < ends.count, text(field).endsInOpenEntity else {
        whole.ends.append(whole.bytes.count)
        continue
      }
      whole.bytes.append(UInt8(ascii: ";"))
      let isSpaced = part.prefix { $0 != UInt8(ascii: "&") }.last == Ascii.blank
      if isSpaced { whole.bytes.append(Ascii.blank) }
    }
    return whole
  }

  /// The text of a field, trimmed, its line ends LF; empty when the row has no such field.
  ///
  /// UTF-8 when the bytes are valid UTF-8, Windows-1252 otherwise. Decided field by field: no text
  /// of one encoding is read as the other in practice, and a file need not be seen to its end first.
  package func text(_ field: Int) -> String {
    guard field < ends.count else { return "" }
    let range = (field == 0 ? 0 : ends[field - 1])..<ends[field]
    guard !range.isEmpty else { return "" }
    let text =
      String(validating: bytes[range], as: UTF8.self) ?? Windows1252.decode(bytes[range])
    return text.unified
  }
}
