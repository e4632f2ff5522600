/// What lies in Redis where a relay writes, and is not what one has written.
///
/// Everything that comes out of Redis is read by code that throws this: anybody may have written it, and a
/// wrong value costs itself alone.
struct ForeignValue: Error {}

extension UInt64 {
  /// The highest number that an event can have, whatever Redis says: far from the end, so that counting on
  /// never overflows.
  static let highestEvent: UInt64 = 1 << 52

  /// The number of an event, as Redis says it.
  init(event text: String?) throws(ForeignValue) {
    guard let text, let number = UInt64(text), number <= Self.highestEvent else {
      throw ForeignValue()
    }
    self = number
  }
}

extension Int64 {
  /// How old something is [ms], as Redis says it: more than the longest life is no more than that.
  init(age text: String?) throws(ForeignValue) {
    guard let text, let age = Int64(text), age >= 0 else { throw ForeignValue() }
    self = Swift.min(age, RelayedCall.longestLifetime)
  }
}
