// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// The codings of other media that come along with a caller.
extension Bytes {
  /// Without the entities of a page of the Web: `"Dupont" &lt;0199003161&gt;`, `&#43;33199003161`.
  var withoutEntities: Bytes {
    guard contains(UInt8(ascii: "&")), contains(UInt8(ascii: ";")) else { return self }
    var plain: [UInt8] = []
    var rest = self
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "&"),
        let end = rest.prefix(Self.longestEntity).firstIndex(of: UInt8(ascii: ";")),
        let meant = Self.scalar(rest[..<end])
      {
        plain += String(Character(meant)).utf8
        rest = rest[(end + 1)...]
      } else {
        plain.append(byte)
      }
    }
    return plain[...]
  }

  /// A name without what mail, the Web and a second encoding make of it.
  var decodedName: Bytes {
    let plain = withoutEntities
    if let word = plain.encodedWord { return word }
    // A name has blanks, and one that is encoded has none.
    if !plain.contains(0x20), plain.contains(UInt8(ascii: "%")) {
      let decoded = PercentCoding.decode(plain)[...]
      let isWhole = plain.count { $0 == UInt8(ascii: "%") } * 2 == plain.count - decoded.count
      if isWhole { return decoded }
    }
    let text = plain.text
    let decoded = Windows1252.onceEncoded(text)
    return decoded == text ? plain : Array(decoded.utf8)[...]
  }

  /// `=?UTF-8?Q?Jos=C3=A9_Roy?=`, `=?iso-8859-1?B?Sm9z6Q==?=` (RFC 2047); nil when it is anything else.
  private var encodedWord: Bytes? {
    guard starts(with: "=?".utf8), suffix(2).elementsEqual("?=".utf8) else { return nil }
    let parts = dropFirst(2).dropLast(2).split(
      separator: UInt8(ascii: "?"), omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let decoded: [UInt8]
    if parts[1].spells("q") {
      let text = parts[2].map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
      decoded = PercentCoding.decode(text[...], escape: UInt8(ascii: "="))
    } else if parts[1].spells("b") {
      decoded = parts[2].withoutBase64
    } else {
      return nil
    }
    return Array(PlainText.decoded(decoded).utf8)[...]
  }

  private var withoutBase64: [UInt8] {
    let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var decoded: [UInt8] = []
    var (bits, count): (UInt32, Int) = (0, 0)
    for value in compactMap({ signs.firstIndex(of: $0) }) {
      bits = bits << 6 | UInt32(clamping: value)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      decoded.append(UInt8(truncatingIfNeeded: bits >> count))
    }
    return decoded
  }

  private static let longestEntity = 9

  /// The character of what stands between `&` and `;`.
  private static func scalar(_ name: Bytes) -> Unicode.Scalar? {
    if name.first == UInt8(ascii: "#") {
      let digits = name.dropFirst()
      let isHex = digits.first?.lowercase == UInt8(ascii: "x")
      guard let value = UInt32((isHex ? digits.dropFirst() : digits).text, radix: isHex ? 16 : 10)
      else { return nil }
      return Unicode.Scalar(value).flatMap { $0.properties.generalCategory == .control ? nil : $0 }
    }
    let marks: [(name: String, mark: Unicode.Scalar)] = [
      ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", " "),
      ("plus", "+"), ("szlig", "ß"),
    ]
    return marks.first { $0.name == name.text }?.mark ?? accented(name)
  }

  /// `é` of `eacute`: PHP writes the letters of Western Europe so.
  private static func accented(_ name: Bytes) -> Unicode.Scalar? {
    let accents: [(name: String, plain: String, accented: String)] = [
      ("acute", "aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ"), ("grave", "aeiouAEIOU", "àèìòùÀÈÌÒÙ"),
      ("circ", "aeiouAEIOU", "âêîôûÂÊÎÔÛ"), ("uml", "aeiouyAEIOU", "äëïöüÿÄËÏÖÜ"),
      ("tilde", "anoANO", "ãñõÃÑÕ"), ("cedil", "cC", "çÇ"), ("ring", "aA", "åÅ"),
      ("slash", "oO", "øØ"),
    ]
    guard let letters = accents.first(where: { $0.name == name.dropFirst().text }) else {
      return nil
    }
    return zip(letters.plain.unicodeScalars, letters.accented.unicodeScalars).first {
      UInt8(clamping: $0.0.value) == name.first
    }?.1
  }
}
