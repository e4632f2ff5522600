/// The name of a channel, as Asterisk and FreeSWITCH have it where a number was meant.
///
///     SIP/0199003161-0000001a   DAHDI/i1/0199003161-1   PJSIP/1024-0000002b   Local/1024@from-internal-00000003;1   user/1024@pbx
enum ChannelName {
  /// The number of the device at the other end; nil when it is no channel's name, or the device has none:
  /// `PJSIP/trunk-0000001a`, `DAHDI/1-1`, which is a line: behind that of ISDN the number stands.
  static func peer(_ bytes: Bytes) -> Bytes? {
    let bytes = bytes.trimmed
    guard case (let technology, let rest?) = bytes.cut(at: UInt8(ascii: "/")),
      isTechnology(technology) || (isLine(technology) && rest.contains(UInt8(ascii: "/"))),
      !bytes.contains(where: { $0.isBlank })
    else { return nil }
    var peer = rest.cut(at: UInt8(ascii: "@")).head.cut(at: UInt8(ascii: ";")).head
    if let slash = peer.lastIndex(of: UInt8(ascii: "/")) { peer = peer[(slash + 1)...] }
    // The number of the channel: eight digits of base 16 today, fewer in old versions.
    if let dash = peer.lastIndex(of: UInt8(ascii: "-")),
      peer.distance(from: dash, to: peer.endIndex) > 4 || isLine(technology),
      peer[(dash + 1)...].allSatisfy({ $0.isDigit || (0x61...0x66).contains($0.lowercase) })
    {
      peer = peer[..<dash]
    }
    let digits = peer.first == UInt8(ascii: "+") ? peer.dropFirst() : peer
    return !digits.isEmpty && digits.allSatisfy({ $0.isDigit }) ? peer : nil
  }

  private static func isLine(_ word: Bytes) -> Bool {
    word.spells("dahdi") || word.spells("zap") || word.spells("capi") || word.spells("misdn")
  }

  private static func isTechnology(_ word: Bytes) -> Bool {
    word.spells("sip") || word.spells("pjsip") || word.spells("iax2") || word.spells("iax")
      || word.spells("local") || word.spells("sccp") || word.spells("skinny")
      || word.spells("user") || word.spells("sofia") || word.spells("verto")
      || word.spells("motif") || word.spells("h323") || word.spells("ooh323")
  }
}
