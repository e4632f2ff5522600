// Telephony speaks ASCII: what is taken apart here is UTF-8 bytes, in one pass, without Foundation.

// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// A stretch of UTF-8.
typealias Bytes = ArraySlice<UInt8>

extension UInt8 {
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  var isHexDigit: Bool { isDigit || (0x61...0x66).contains(self | 0x20) }
  var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

  /// The byte in lower case when it is an ASCII letter, itself otherwise.
  var lowercase: UInt8 { isLetter ? self | 0x20 : self }

  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
}

extension Bytes {
  /// What is no UTF-8 is Latin-1: old telephones and exchanges write names in it.
  var text: String { PlainText.decoded(self) }

  /// Without the ASCII white space at both ends.
  var trimmed: Bytes { trimmed { $0.isBlank } }

  /// Without the bytes at both ends for which this holds.
  func trimmed(_ isMark: (UInt8) -> Bool) -> Bytes {
    guard let first = firstIndex(where: { !isMark($0) }),
      let last = lastIndex(where: { !isMark($0) })
    else { return [] }
    return self[first...last]
  }

  /// Whether it is the scheme of an address of SIP.
  var isSIP: Bool { spells("sip") || spells("sips") }

  /// Whether it is the scheme of somebody who can be called, and nothing else.
  var isAddressScheme: Bool { isSIP || spells("tel") }

  /// What stands before the first `byte`, and what stands after it (nil when there is none).
  func cut(at byte: UInt8) -> (head: Bytes, tail: Bytes?) {
    guard let index = firstIndex(of: byte) else { return (self, nil) }
    return (self[..<index], self[(index + 1)...])
  }

  /// Whether the bytes spell this lower-case ASCII word, in any case.
  func spells(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { letters in
      count == letters.count && zip(self, letters).allSatisfy { $0.lowercase == $1 }
    }
  }
}

extension Collection<UInt8> {
  /// Whether the bytes spell one of the words of a list in small letters, in any case.
  func isOne(of list: StaticString) -> Bool {
    var isFound = false
    list.forEachWord { word in
      isFound = isFound || word.count == count && zip(self, word).allSatisfy { $0.lowercase == $1 }
    }
    return isFound
  }
}

extension StaticString {
  /// Each of the words, which blanks part.
  func forEachWord(_ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Void) {
    withUTF8Buffer { letters in
      var start = letters.startIndex
      while start < letters.endIndex {
        let end = letters[start...].firstIndex(of: 0x20) ?? letters.endIndex
        body(letters[start..<end])
        start = end + 1
      }
    }
  }
}
