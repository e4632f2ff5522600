/// The code page that Windows programs in western Europe write.
package enum Windows1252 {
  /// What 0x80...0x9F stand for; five are not assigned. Source: the WHATWG Encoding Standard,
  /// with U+FFFD for the unassigned.
  private static let high: [UInt16] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  /// The byte that stands for a character; nil for one of another code page.
  private static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.value < 0x100 { return UInt8(clamping: scalar.value) }
    return high.firstIndex { UInt32(clamping: $0) == scalar.value && $0 != 0xFFFD }
      .map { UInt8(clamping: 0x80 + $0) }
  }

  /// The text that these bytes spell.
  package static func decode(_ bytes: some Sequence<UInt8>) -> String {
    let units = bytes.map {
      (0x80...0x9F).contains($0) ? high[Int(clamping: $0) - 0x80] : UInt16(clamping: $0)
    }
    return String(decoding: units, as: UTF16.self)
  }

  /// The text that a program took for this page, or for Latin-1, and wrote as UTF-8 once more, `FranÃ§ois`; itself
  /// where none did: no letters of other names spell letters of UTF-8.
  package static func onceEncoded(_ text: String) -> String {
    var text = text
    while text.utf8.contains(where: { $0 >= 0x80 }) {
      var bytes: [UInt8] = []
      for scalar in text.unicodeScalars {
        guard let byte = byte(scalar) else { return text }
        bytes.append(byte)
      }
      guard let decoded = String(validating: bytes, as: UTF8.self) else { break }
      text = decoded
    }
    return text
  }
}
