/// The text of a JSON object, member after member in the order in which they are added (RFC 8259).
///
/// Clients that take answers apart by hand rely on the order, which an encoder does not promise.
struct JSONText {
  private var members: [UInt8] = [UInt8(ascii: "{")]

  init() { members.reserveCapacity(160) }

  /// The whole object, UTF-8.
  var bytes: [UInt8] { members + [UInt8(ascii: "}")] }

  mutating func add(_ name: [UInt8], _ text: String) {
    begin(name)
    append(text.utf8)
  }

  mutating func add(_ name: [UInt8], _ number: Int64) {
    begin(name)
    members.append(contentsOf: String(number).utf8)
  }

  private mutating func begin(_ name: [UInt8]) {
    if members.count > 1 { members.append(UInt8(ascii: ",")) }
    append(name)
    members.append(UInt8(ascii: ":"))
  }

  private mutating func append(_ text: some Sequence<UInt8>) {
    members.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        members.append(UInt8(ascii: "\\"))
        members.append(byte)
      case 0x00..<0x20:
        members.append(contentsOf: "\\u00".utf8)
        members.append(Self.hexDigit(byte >> 4))
        members.append(Self.hexDigit(byte & 15))
      default: members.append(byte)
      }
    }
    members.append(UInt8(ascii: "\""))
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
