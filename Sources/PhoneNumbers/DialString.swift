/// A number as dialled: its digits and keys, and what its separators say.
struct DialString {
  /// Only `0`…`9`, `*` and `#`, what stood after the plus when there is one.
  var keys: String
  /// Whether a `+` stood before the keys.
  var hasPlus: Bool
  /// Whether a blank stood where a form decoder may have eaten a `+`.
  var mayHaveLostPlus: Bool
  /// What follows a first 0 or 9 and a separator (`0,0388202122`, `9-0388202122`): the number, if the
  /// digit is an outside-line prefix.
  var afterSeparatedDigit: String?
  /// As it was written.
  private let text: String
  /// The digits between the separators.
  var groups: [String] {
    text.utf8.count == keys.utf8.count ? [keys] : FieldGroup.groups(of: text).map(\.keys)
  }

  /// The dial string in the characters of `NumberForm.Content.digits`.
  init(_ text: String) {
    var bytes = Array(text.utf8)
    // Behind a number a comma is a pause, and what the other side's telephone is to dial: `0199003015,,206#`.
    if let comma = bytes.firstIndex(of: UInt8(ascii: ",")),
      bytes[..<comma].count(where: { (0x30...0x39).contains($0) }) >= Self.shortestBeforePause
    {
      bytes.removeSubrange(comma...)
    }
    self.text = bytes.count < text.utf8.count ? String(decoding: bytes, as: UTF8.self) : text
    func keys(_ part: ArraySlice<UInt8>) -> String {
      String(decoding: part.filter(Self.isKey), as: UTF8.self)
    }
    let plus = bytes.firstIndex(of: UInt8(ascii: "+"))
    // `0+33…` has an outside-line prefix before the plus, which makes it superfluous.
    self.keys = keys(bytes[(plus.map { $0 + 1 } ?? 0)...])
    hasPlus = plus != nil
    mayHaveLostPlus = bytes.first == UInt8(ascii: " ")

    let body = bytes.drop { $0 == UInt8(ascii: " ") }
    // `1-…` and `7-…` begin with a country's code.
    if plus == nil, body.count > 2, "09".utf8.contains(body[body.startIndex]),
      [UInt8(ascii: ","), UInt8(ascii: "-")].contains(body[body.startIndex + 1])
    {
      afterSeparatedDigit = keys(body.dropFirst(2))
    }
  }

  /// A dial string of digits alone.
  init(digits: String) {
    (text, keys) = (digits, digits)
    (hasPlus, mayHaveLostPlus) = (false, false)
  }

  private static let shortestBeforePause = 8

  /// Whether there are digits, and nothing else.
  var isDigits: Bool { !keys.isEmpty && Self.digitCount(keys) == keys.utf8.count }

  /// How many digits there are.
  static func digitCount(_ text: String) -> Int {
    text.utf8.count { (0x30...0x39).contains($0) }
  }

  private static func isKey(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "#")
  }
}
