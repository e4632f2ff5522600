/// A number of which a part is a word, as telephones have letters on their keys (ITU-T E.161): `1-800-FLOWERS`.
///
/// In North America such numbers are sold among those of services, and elsewhere a word beside digits is a name: only one
/// of those is read in this way, and only where nothing else was found.
enum KeypadLetters {
  /// The keys of a field that is nothing but such a number; nil elsewhere.
  static func keys(_ text: String) -> String? {
    guard text.utf8.count <= longest else { return nil }
    var (keys, digits, letters) = ("", 0, 0)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        keys.unicodeScalars.append(Unicode.Scalar(byte))
        digits += 1
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        guard digits >= fewest else { return nil }
        keys.unicodeScalars.append(Unicode.Scalar(key[Int(clamping: byte - UInt8(ascii: "A"))]))
        letters += 1
      case UInt8(ascii: "+") where keys.isEmpty: keys.append("+")
      case let mark where " -.()".utf8.contains(mark): continue
      default: return nil
      }
    }
    return letters >= fewest ? keys : nil
  }

  private static let longest = 24
  /// The fewest digits before a word, and the fewest letters.
  private static let fewest = 3
  private static let key = Array("22233344455566677778889999".utf8)
}
