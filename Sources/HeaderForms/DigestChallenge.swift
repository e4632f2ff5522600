import CMessageDigest

/// A server's demand for a password, of SIP or HTTP (RFC 7616; RFC 3261, section 22; RFC 8760).
///
///     ← WWW-Authenticate: Digest realm="pbx", nonce="dcd98b71", qop="auth", algorithm=SHA-256
///     → Authorization: Digest username="1024", realm="pbx", nonce="dcd98b71", uri="sip:1024@pbx", …
package struct DigestChallenge: Hashable {
  /// How text is digested.
  package enum Algorithm: String, Hashable, CaseIterable {
    case sha256 = "SHA-256"
    case md5 = "MD5"

    /// The digest in hexadecimal.
    fileprivate func hex(_ text: String) -> String {
      let bytes = Array(text.utf8)
      return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 65) { digest in
        digest.initialize(repeating: 0)
        switch self {
        case .md5: MD5Data(bytes, bytes.count, digest.baseAddress)
        case .sha256: SHA256Data(bytes, bytes.count, digest.baseAddress)
        }
        return digest.baseAddress.map { String(cString: $0) } ?? ""
      }
    }
  }

  /// Whom the password is for.
  private var realm: String
  private var nonce: String
  private var opaque: String?
  private var algorithm: Algorithm
  /// Whether the answer counts the uses of the nonce (`qop=auth`).
  private var hasQuality: Bool
  /// Whether only the nonce was too old, and the password was right.
  package private(set) var isStale: Bool
  /// Whether a proxy asks, which is answered in a field of its own.
  private var isProxys: Bool

  /// The value of a header field; nil when the demand is broken, or asks for what is not supported.
  ///
  /// - Parameter isProxys: Whether a proxy asks.
  package init?(_ text: String, isProxys: Bool = false) {
    let words = text.split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0].lowercased() == "digest" else { return nil }
    let values = HeaderSyntax.parameters(HeaderSyntax.split(words[1], at: ","))
    let name = (values["algorithm"] ?? Algorithm.md5.rawValue).uppercased()
    guard let realm = values["realm"], let nonce = values["nonce"], !nonce.isEmpty,
      let algorithm = Algorithm(rawValue: name)
    else { return nil }
    if let qualities = values["qop"] {
      guard HeaderSyntax.split(qualities.lowercased(), at: ",").contains("auth") else { return nil }
    }
    self.realm = realm
    self.nonce = nonce
    self.algorithm = algorithm
    self.isProxys = isProxys
    opaque = values["opaque"]
    hasQuality = values["qop"] != nil
    isStale = values["stale"]?.lowercased() == "true"
  }

  /// The header field that answers the demand, for one use of the nonce.
  ///
  /// - Parameters:
  ///   - use: Counts the requests with this nonce, from 1.
  ///   - clientNonce: A word of our own that nobody can guess.
  package func answer(
    user: String, password: String, method: String, uri: String, use: Int, clientNonce: String
  ) -> (field: String, value: String) {
    let secret = algorithm.hex("\(user):\(realm):\(password)")
    let request = algorithm.hex("\(method):\(uri)")
    let hexadecimal = String(use, radix: 16)
    let count = String(repeating: "0", count: max(0, 8 - hexadecimal.count)) + hexadecimal
    let middle = hasQuality ? "\(nonce):\(count):\(clientNonce):auth" : nonce
    var values = [
      "username=\(HeaderSyntax.quoted(user))", "realm=\(HeaderSyntax.quoted(realm))",
      "nonce=\(HeaderSyntax.quoted(nonce))", "uri=\(HeaderSyntax.quoted(uri))",
      "response=\"\(algorithm.hex("\(secret):\(middle):\(request)"))\"",
      "algorithm=\(algorithm.rawValue)",
    ]
    if hasQuality { values += ["qop=auth", "nc=\(count)", "cnonce=\"\(clientNonce)\""] }
    if let opaque { values.append("opaque=\(HeaderSyntax.quoted(opaque))") }
    return (
      isProxys ? "Proxy-Authorization" : "Authorization",
      "Digest " + values.joined(separator: ", ")
    )
  }
}
