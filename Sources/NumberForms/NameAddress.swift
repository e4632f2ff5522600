/// A display name and an address, as in a SIP From header (RFC 3261, 20.10).
///
///     "Dupont, Jean" <sip:0388202122@host>;tag=xyz
///     Dupont <sip:0388202122@host>
///     <unknown>
///     0388202122
struct NameAddress {
  /// Nil when there is no name.
  var name: Bytes?
  var address: Bytes
  /// Whether the address stood in angle brackets or after a quoted name.
  var isWrapped: Bool

  init(_ bytes: Bytes) {
    let bytes = bytes.trimmed
    let (quoted, rest) = bytes.leadingQuotedString.map { ($0, $1) } ?? (nil, bytes)
    let (before, bracketed) = rest.cut(at: UInt8(ascii: "<"))
    // A parameter may have brackets in its value: `sip:1024@pbx;+sip.instance="<urn:…>"`.
    if let bracketed, !before.suffix(2).elementsEqual("=\"".utf8) {
      let name = quoted ?? before.trimmed
      self.name = name.isEmpty ? nil : name
      address = bracketed.cut(at: UInt8(ascii: ">")).head
      isWrapped = true
    } else if let quoted, !rest.trimmed.isEmpty {
      name = quoted
      address = rest.trimmed
      isWrapped = true
    } else {
      name = nil
      address = bytes
      isWrapped = false
    }
  }
}
