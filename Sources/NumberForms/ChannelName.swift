/// The name of a channel, as Asterisk and FreeSWITCH have it where a number was meant.
///
///     SIP/0199003161-0000001a   DAHDI/i1/0199003161-1   PJSIP/1024-0000002b   Local/1024@from-internal-00000003;1   user/1024@pbx
struct ChannelName {
  /// The device at the other end: its number, when it is called so.
  let peer: Bytes

  /// Whether the device has a number; `DAHDI/1-1` is a line: behind that of ISDN the number stands.
  var isNumber: Bool {
    let digits = peer.first == UInt8(ascii: "+") ? peer.dropFirst() : peer
    return !digits.isEmpty && digits.allSatisfy { $0.isDigit }
  }

  /// Nil when it is no channel's name.
  init?(_ bytes: Bytes) {
    let bytes = bytes.trimmed
    guard case (let technology, let rest?) = bytes.cut(at: UInt8(ascii: "/")),
      !technology.isEmpty, technology.allSatisfy({ $0.isLetter || $0.isDigit }),
      !bytes.contains(where: { $0.isBlank })
    else { return nil }
    let isLine = Self.isLine(technology)
    var peer = rest.cut(at: UInt8(ascii: "@")).head.cut(at: UInt8(ascii: ";")).head
    let hasPath = peer.contains(UInt8(ascii: "/"))
    if let slash = peer.lastIndex(of: UInt8(ascii: "/")) { peer = peer[(slash + 1)...] }
    // The number of the channel: eight digits of base 16 today, fewer in old versions.
    var suffix: Bytes = []
    if let dash = peer.lastIndex(of: UInt8(ascii: "-")) {
      suffix = peer[(dash + 1)...]
      if suffix.allSatisfy({ $0.isHexDigit }),
        suffix.count > 3 || isLine
      {
        peer = peer[..<dash]
      }
    }
    // Others than these are known by such a number alone: `Dongle/dongle0-0199003161`.
    let isKnown = Self.isTechnology(technology) || (isLine && hasPath)
    guard isKnown || (suffix.count >= 8 && peer.endIndex < suffix.startIndex && !isLine),
      !peer.isEmpty
    else { return nil }
    self.peer = peer
  }

  private static func isLine(_ word: Bytes) -> Bool { word.isOne(of: "dahdi zap capi misdn") }

  private static func isTechnology(_ word: Bytes) -> Bool {
    word.isOne(of: "sip pjsip iax2 iax local sccp skinny user sofia verto motif h323 ooh323")
  }
}
