import TextForms

/// One message of the manager, lying in the bytes that came: valid only while it is being handled.
///
///     Event: Newstate                       Response: Success
///     Channel: PJSIP/1024-00000001          ActionID: 1
///     ChannelState: 5                       Message: Authentication accepted
///     …
///
/// Nothing is copied until a header is asked for as text. Values are what strangers wrote.
package struct AMIMessage {
  /// What a message is.
  enum Kind: Hashable {
    /// The answer to an action.
    case response
    /// News, or an item of a list that was asked for.
    case event(AMIEventName)
  }

  /// Where the value of a header lies in the message; of length 0 when there is none.
  struct Place: Hashable {
    var start: Int32 = 0
    var length: Int32 = 0
  }

  /// What it is.
  let kind: Kind
  private let bytes: UnsafeRawBufferPointer
  private let places: [Place]

  /// The message in these bytes, whose headers lie at `places`, by the raw value of ``AMIHeader``.
  init(_ kind: Kind, _ bytes: UnsafeRawBufferPointer, _ places: [Place]) {
    self.kind = kind
    self.bytes = bytes
    self.places = places
  }

  /// The value of a header as it came; empty when there is none.
  subscript(header: AMIHeader) -> UnsafeRawBufferPointer {
    let place = places[header.rawValue]
    let start = Int(clamping: place.start)
    return UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(clamping: place.length)])
  }

  /// The same message as if it were about the channel that is called: a dial names both.
  var ofDestination: AMIMessage {
    let pairs: [(AMIHeader, AMIHeader)] = [
      (.channel, .destChannel), (.channelState, .destChannelState), (.uniqueid, .destUniqueid),
      (.linkedid, .destLinkedid), (.callerIDNum, .destCallerIDNum),
      (.callerIDName, .destCallerIDName), (.connectedLineNum, .destConnectedLineNum),
      (.connectedLineName, .destConnectedLineName), (.exten, .destExten),
    ]
    var places = places
    for (header, source) in pairs { places[header.rawValue] = self.places[source.rawValue] }
    return AMIMessage(kind, bytes, places)
  }

  /// The value of a header as a number, if it is one of at most nine digits.
  func number(_ header: AMIHeader) -> Int? {
    let digits = self[header]
    guard (1...9).contains(digits.count) else { return nil }
    var value = 0
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(clamping: byte & 0x0F)
    }
    return value
  }

  /// The value of a header as text: UTF-8, or Latin-1 where it is none.
  func text(_ header: AMIHeader) -> String { Self.text(Array(self[header])) }

  /// A name, of which both quotings are undone: see ``name(_:)-(some_Sequence)``.
  func name(_ header: AMIHeader) -> String { Self.name(self[header]) }

  /// A name as the manager writes it.
  ///
  /// The manager writes it with the escapes of C: `ast_escape_c` of Asterisk's utils.c writes
  /// `\a \b \f \n \r \t \v \\ \' \" \?`; of these only the backslash and the quotes stand for something
  /// that a name may hold, the others for a blank. What was in them may still have the backslashes of
  /// SIP's quoted string before a quote or a backslash (RFC 3261, 25.1), which chan_pjsip keeps.
  static func name(_ bytes: some Sequence<UInt8>) -> String {
    let once = unescaped(bytes) { _ in true }
    return text(unescaped(once) { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") })
  }

  /// The bytes without the backslashes before those of which `isEscaped` holds.
  private static func unescaped(
    _ bytes: some Sequence<UInt8>, _ isEscapable: (UInt8) -> Bool
  ) -> [UInt8] {
    let backslash = UInt8(ascii: "\\")
    var plain: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if isEscaped {
        if !isEscapable(byte) { plain.append(backslash) }
        plain.append(isEscapable(UInt8(ascii: "n")) && "abfnrtv".utf8.contains(byte) ? 0x20 : byte)
        isEscaped = false
      } else if byte == backslash {
        isEscaped = true
      } else {
        plain.append(byte)
      }
    }
    return isEscaped && !isEscapable(UInt8(ascii: "n")) ? plain + [backslash] : plain
  }

  static func text(_ bytes: [UInt8]) -> String {
    PlainText.decoded(bytes)
  }
}
