import Glibc
import TextForms

/// A character set of an old card, as the C library knows it.
enum Charset {
  /// The text that these bytes spell in the set of this name; nil when there is no such set, or when the bytes
  /// are not of it.
  static func decode(_ bytes: ArraySlice<UInt8>, named name: String) -> String? {
    let name = name.filter { $0 != "\"" }.uppercased()
    if name == "UTF-8" || name == "UTF8" { return String(validating: bytes, as: UTF8.self) }
    // Of these the usual names mean what Windows wrote: in them the marks of ISO 8859-1 are further ones.
    if ["ISO-8859-1", "LATIN1", "WINDOWS-1252", "CP1252"].contains(name) {
      return Windows1252.decode(bytes)
    }
    guard isName(name), !bytes.isEmpty else { return bytes.isEmpty ? "" : nil }
    for candidate in [name, name.replacing("_", with: "-"), name.replacing("WINDOWS-", with: "CP")]
    {
      guard let converter = iconv_open("UTF-8", candidate), converter != iconv_t(bitPattern: -1)
      else {
        continue
      }
      defer { iconv_close(converter) }
      return convert(Array(bytes), converter)
    }
    return nil
  }

  /// Whether it names a set and asks for nothing else: the library takes further words behind slashes.
  private static func isName(_ name: String) -> Bool {
    (2...32).contains(name.utf8.count)
      && name.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || "-_:.()".utf8.contains($0)
      }
  }

  private static func convert(_ bytes: [UInt8], _ converter: iconv_t) -> String? {
    var source = bytes.map { CChar(bitPattern: $0) }
    // No set has a character of one byte that takes more than three, or four for two.
    var target = [CChar](repeating: 0, count: source.count * 4 + 16)
    let (capacity, length) = (target.count, source.count)
    let written = source.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target -> Int? in
        var (input, output) = (source.baseAddress, target.baseAddress)
        var (left, room) = (length, capacity)
        let isRead = iconv(converter, &input, &left, &output, &room) != Int(bitPattern: UInt.max)
        return isRead && iconv(converter, nil, nil, &output, &room) == 0 ? capacity - room : nil
      }
    }
    return written.flatMap {
      String(validating: target.prefix($0).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
