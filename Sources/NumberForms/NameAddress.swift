/// A display name and an address, as in a SIP From header (RFC 3261, 20.10).
///
///     "Dupont, Jean" <sip:0388202122@host>;tag=xyz
///     Dupont <sip:0388202122@host>, Dupont sip:0388202122@host, <0388202122> Dupont
///     <unknown>
///     0388202122
struct NameAddress {
  /// Nil when there is no name.
  var name: Bytes?
  var address: Bytes
  /// Whether the address stood in angle brackets or after a quoted name.
  var isWrapped: Bool
  /// Further addresses of the same caller, behind a comma (RFC 3325, 9.1).
  private(set) var others: Bytes = []

  init(_ bytes: Bytes) {
    let bytes = Self.withoutLabel(bytes.trimmed)
    let (quoted, rest) = bytes.leadingQuotedString.map { ($0, $1) } ?? (nil, bytes)
    // A parameter may have brackets in its value: `sip:1024@pbx;+sip.instance="<urn:…>"`.
    if let (before, inside, after, others) = Self.bracketed(rest),
      !before.suffix(2).elementsEqual("=\"".utf8)
    {
      let name = quoted ?? (before.trimmed.isEmpty ? after : before).trimmed
      self.name = name.isEmpty ? nil : name
      address = inside
      isWrapped = true
      self.others = others
    } else if let quoted, !rest.trimmed.isEmpty {
      name = quoted
      address = rest.trimmed
      isWrapped = true
    } else if let last = LastWord(bytes), last.before.last != UInt8(ascii: ":"),
      last.word.cut(at: UInt8(ascii: ":")).head.isAddressScheme
    {
      name = last.before
      address = last.word
      isWrapped = true
    } else {
      name = nil
      address = bytes
      isWrapped = false
    }
  }

  /// Without what says which of several callers it is: `Contact: <sip:…>`, `CALLERID(all)="Dupont" <…>`.
  private static func withoutLabel(_ bytes: Bytes) -> Bytes {
    let label = bytes.prefix { $0.isLetter || "_-()".utf8.contains($0) }
    let mark = bytes[label.endIndex...]
    guard !label.isEmpty, mark.first.map({ ":=".utf8.contains($0) }) == true else { return bytes }
    let rest = mark.dropFirst().trimmed
    return rest.first == .quote || rest.first == UInt8(ascii: "<") ? rest : bytes
  }

  /// What stands in the last brackets before a comma, a semicolon or the end, for a name may have brackets, too; what
  /// stands before them, behind them where these are no others, and behind a comma.
  private static func bracketed(
    _ bytes: Bytes
  ) -> (before: Bytes, inside: Bytes, after: Bytes, others: Bytes)? {
    let end = bytes.indices.first { index in
      guard bytes[index] == UInt8(ascii: ">") else { return false }
      let next = bytes[(index + 1)...].first { !$0.isBlank }
      return next.map { ";,".utf8.contains($0) } ?? true
    }
    let open = UInt8(ascii: "<")
    guard let start = end.map({ bytes[..<$0].lastIndex(of: open) }) ?? bytes.firstIndex(of: open)
    else { return nil }
    let (inside, after) = bytes[(start + 1)...].cut(at: UInt8(ascii: ">"))
    let others = (after ?? []).cut(at: UInt8(ascii: ",")).tail ?? []
    return (bytes[..<start], inside, end == nil ? after ?? [] : [], others)
  }
}
