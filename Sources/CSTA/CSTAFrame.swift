/// One message with its header (ECMA-323, annex G): two bytes 0, the length of it all in two bytes, and four digits that
/// an answer has in common with its request.
package struct CSTAFrame: Hashable {
  /// What an event has for the number of a request.
  static let eventNumber = 9999
  /// The bytes of a header.
  static let headerLength = 8

  /// The number of the request; 9999: it is an event.
  package var number: Int
  /// The XML.
  package var body: [UInt8]

  /// The bytes; nil when it is too long to be sent.
  var encoded: [UInt8]? {
    let length = Self.headerLength + body.count
    guard length <= 0xFFFF, (0...Self.eventNumber).contains(number) else { return nil }
    let digits = String(number)
    let head: [UInt8] = [
      0, 0, UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length),
    ]
    return head + Array((String(repeating: "0", count: 4 - digits.count) + digits).utf8) + body
  }
}
