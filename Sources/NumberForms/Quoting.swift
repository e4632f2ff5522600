extension Bytes {
  /// A quoted string at the beginning, its backslashes resolved (RFC 3261, 25.1), and what follows
  /// its closing quote; nil when there is none or when it is not closed.
  ///
  /// Who copies a caller out of a page copies the quotes of printers: `“Dupont” <sip:0199003161@pbx>`.
  var leadingQuotedString: (content: Bytes, rest: Bytes)? {
    guard let quote = first else { return nil }
    guard quote == .quote || quote == UInt8(ascii: "'") else { return leadingPrintedString }
    // Some put a name in quotes that has them already: `""Dupont"" <sip:0199003161@pbx>`.
    let inside = drop { $0 == quote }
    if inside.startIndex == startIndex + 2, inside.first.map({ $0.isLetter || $0 > 0x7F }) == true,
      let end = inside.firstIndex(of: quote), inside[end...].starts(with: [quote, quote])
    {
      return (inside[..<end], inside[(end + 2)...])
    }
    var content: [UInt8] = []
    var index = startIndex + 1
    while index < endIndex, self[index] != quote {
      if self[index] == .backslash, index + 1 < endIndex { index += 1 }
      content.append(self[index])
      index += 1
    }
    guard index < endIndex else { return nil }
    return (content[...], self[(index + 1)...])
  }

  private var leadingPrintedString: (content: Bytes, rest: Bytes)? {
    for (open, close) in [("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("‘", "’")] as [Quotes]
    where starts(with: open.utf8) {
      let inside = dropFirst(open.utf8.count)
      let end = inside.indices.first { inside[$0...].starts(with: close.utf8) }
      if let end { return (inside[..<end], inside[end...].dropFirst(close.utf8.count)) }
    }
    return nil
  }

  /// Without the backslashes before marks: a telephone system may quote a name that was quoted already.
  var withoutEscapes: Bytes {
    var plain: [UInt8] = []
    var index = startIndex
    while index < endIndex {
      let next = index + 1 < endIndex ? self[index + 1] : 0
      if self[index] == .backslash, Self.isQuotable(next) { index += 1 }
      plain.append(self[index])
      index += 1
    }
    return plain[...]
  }

  private static func isQuotable(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !byte.isLetter && !byte.isDigit
  }

  /// Without the quotes, when one pair encloses everything.
  ///
  /// Software that starts programs without a shell passes the quotes of its settings on.
  var unquoted: Bytes {
    guard let (content, rest) = trimmed.leadingQuotedString, rest.isEmpty else { return self }
    return content
  }
}

private typealias Quotes = (open: String, close: String)
