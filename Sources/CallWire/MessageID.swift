import CLibrary

/// A name for a message that no other message has: time [ns], process, random number, each in
/// hexadecimal and of fixed width, so that names sort by time.
public func newMessageID() -> String {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  // A clock before 1970, or far behind it, only wraps.
  let nanoseconds =
    UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000
    &+ UInt64(truncatingIfNeeded: time.tv_nsec)
  var text: [UInt8] = []
  text.reserveCapacity(34)
  appendHex(nanoseconds, digits: 16, to: &text)
  text.append(UInt8(ascii: "-"))
  appendHex(UInt64(truncatingIfNeeded: getpid()) & 0xFFFF_FFFF, digits: 8, to: &text)
  text.append(UInt8(ascii: "-"))
  appendHex(UInt64(truncatingIfNeeded: UInt32.random(in: 0 ... .max)), digits: 8, to: &text)
  return String(decoding: text, as: UTF8.self)
}

private func appendHex(_ value: UInt64, digits: Int, to text: inout [UInt8]) {
  for position in stride(from: digits - 1, through: 0, by: -1) {
    let digit = UInt8(truncatingIfNeeded: value >> (4 * position)) & 15
    text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
  }
}
