import CMessageDigest

/// A code that only who knows a secret can make of a message (HMAC, RFC 2104).
enum MessageCode: String, CaseIterable, Sendable {
  case sha256, sha1

  /// What the digests of both work on at once [bytes].
  private static let block = 64

  /// The code of a message.
  func code(of message: [UInt8], secret: [UInt8]) -> [UInt8] {
    var key = secret.count > Self.block ? digest(secret) : secret
    key += [UInt8](repeating: 0, count: Self.block - key.count)
    return digest(key.map { $0 ^ 0x5C } + digest(key.map { $0 ^ 0x36 } + message))
  }

  private func digest(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .sha256:
      var context = SHA2_CTX()
      var result = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
      SHA256Init(&context)
      SHA256Update(&context, bytes, bytes.count)
      SHA256Final(&result, &context)
      return result
    case .sha1:
      var context = SHA1_CTX()
      var result = [UInt8](repeating: 0, count: Int(SHA1_DIGEST_LENGTH))
      SHA1Init(&context)
      SHA1Update(&context, bytes, bytes.count)
      SHA1Final(&result, &context)
      return result
    }
  }
}
