/// Puts other digits in the place of those of telephone numbers, so that equal numbers stay equal, also in another
/// spelling, and everything keeps its length.
///
///     0388202122, +33 3 88 20 21 22, %2B33388202122   become, say,   038XXXXX22, +33 3 8X XX XX 22, %2B3338XXXXX22
///
/// Of a number's last seven digits the first five are replaced, by others that follow from all seven and from a key
/// that nobody keeps; what stands before them says where the number is from, and the last two tell calls apart for who
/// made them. Whatever may be a number is masked: six digits or more in a row, and shorter groups with blanks, points,
/// hyphens, slashes or parentheses between them that are seven or more together; not IP addresses, and not the
/// sequence numbers of SIP, whose order counts. Digits count in any script and under any escape.
struct NumberMask: Sendable {
  private let key = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))

  /// Fewer digits in a row are an extension or nobody's.
  private static let longRun = 6
  private static let shortestNumber = 7
  /// More digits than any number has: several numbers, or none.
  private static let longestNumber = 17
  private static let tail = 7

  /// The bytes with other digits in all numbers.
  func masked(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var chain = DigitChain()
    var index = 0
    while index < bytes.count {
      let token = DigitToken(in: bytes, at: index)
      if !chain.accept(token, in: bytes) {
        replace(chain, in: &result)
        chain = DigitChain()
        _ = chain.accept(token, in: bytes)
      }
      index = token.range.upperBound
    }
    replace(chain, in: &result)
    return result
  }

  private func replace(_ chain: DigitChain, in bytes: inout [UInt8]) {
    guard !chain.groups.isEmpty, !chain.isExempt(in: bytes) else { return }
    let all = chain.groups.flatMap { $0 }
    if chain.mayBeOne(in: bytes), (Self.shortestNumber...Self.longestNumber).contains(all.count) {
      return replace(all, in: &bytes)
    }
    var short: [DigitToken] = []
    for group in chain.groups {
      if group.count >= Self.longRun {
        replace(group, in: &bytes)
      } else {
        short += group
      }
    }
    // Several numbers in groups, one behind the other.
    if all.count > Self.longestNumber { replace(short, in: &bytes, whole: true) }
  }

  private func replace(_ digits: [DigitToken], in bytes: inout [UInt8], whole: Bool = false) {
    let tail = whole ? digits[...] : digits.suffix(Self.tail)
    guard tail.count > 3 else { return }
    // Of a short one the first digit stays as well.
    let hidden = tail.dropLast(2).dropFirst(tail.count < Self.tail || whole ? 1 : 0)
    var hash = hash(tail.map(\.value))
    var others = hidden.map { _ in
      // Neither 0 nor 1, which have a meaning of their own in many plans.
      hash = mixed(hash)
      return UInt8(truncatingIfNeeded: hash % 8) + 2
    }
    if others == hidden.map(\.value), let last = others.popLast() {
      others.append(last == 9 ? 2 : last + 1)
    }
    for (digit, other) in zip(hidden, others) { digit.write(other, into: &bytes) }
  }

  private func hash(_ digits: [UInt8]) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(key.0)
    hasher.combine(key.1)
    hasher.combine(digits)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  private func mixed(_ value: UInt64) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(key.1)
    hasher.combine(value)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
