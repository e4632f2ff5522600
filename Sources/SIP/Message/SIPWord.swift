/// Names and tags that a stranger cannot guess.
enum SIPWord {
  /// 128 random bits in hexadecimal.
  @Sendable static func random() -> String {
    let halves = [UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)]
    return halves.map { String($0, radix: 16) }.joined()
  }
}
