extension Bytes {
  /// With each `%XX` replaced by its byte (RFC 3986, 2.1); a `%` that begins no escape stays.
  ///
  /// A `+` stays a plus: these are URIs, not forms, and in a number it is the point.
  var percentDecoded: Bytes {
    guard contains(UInt8(ascii: "%")) else { return self }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(count)
    var index = startIndex
    while index < endIndex {
      if self[index] == UInt8(ascii: "%"), index + 2 < endIndex,
        let high = self[index + 1].hexValue, let low = self[index + 2].hexValue
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(self[index])
        index += 1
      }
    }
    return decoded[...]
  }
}
