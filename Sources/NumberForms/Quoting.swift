extension Bytes {
  /// A quoted string at the beginning, its backslashes resolved (RFC 3261, 25.1), and what follows
  /// its closing quote; nil when there is none or when it is not closed.
  var leadingQuotedString: (content: Bytes, rest: Bytes)? {
    guard let quote = first, quote == .quote || quote == UInt8(ascii: "'") else { return nil }
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

  /// Without the backslashes before quotes and backslashes: a telephone system may quote a name that was quoted already.
  var withoutEscapes: Bytes {
    var plain: [UInt8] = []
    var index = startIndex
    while index < endIndex {
      let next = index + 1 < endIndex ? self[index + 1] : 0
      if self[index] == .backslash, next == .quote || next == .backslash { index += 1 }
      plain.append(self[index])
      index += 1
    }
    return plain[...]
  }

  /// Without the quotes, when one pair encloses everything.
  ///
  /// Software that starts programs without a shell passes the quotes of its settings on.
  var unquoted: Bytes {
    guard let (content, rest) = trimmed.leadingQuotedString, rest.isEmpty else { return self }
    return content
  }
}
