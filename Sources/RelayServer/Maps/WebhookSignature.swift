import FoundationEssentials
import NIOHTTP1
import TextForms

/// How a vendor proves that a webhook is its own: a header holds a code of the body, and of what else the map says.
struct WebhookSignature: Sendable {
  /// How the code is written.
  enum Encoding: String, CaseIterable, Sendable {
    case hex, base64
  }

  /// The header that holds it.
  var header: String
  var code: MessageCode
  var encoding: Encoding
  /// What stands before the code: `sha256=`.
  var prefix: String
  /// What it is a code of.
  var text: SignedText
  /// Nil in a replay, which has no secrets and checks nothing.
  var secret: [UInt8]?

  /// Whether the header holds the code of this request.
  func isRight(_ head: HTTPRequestHead, _ body: [UInt8]) -> Bool {
    guard let secret else { return true }
    let given = head.headers[header]
    // Of two, which one counts nobody can know.
    guard given.count == 1, let text = given.first, let signed = self.text.bytes(of: head, body)
    else { return false }
    let right = written(signed, secret)
    // While a secret is changed, a vendor may sign with both: `v1,… v1,…`.
    return ([Substring(text)] + text.split(separator: " ")).contains { said in
      guard said.hasPrefix(prefix) else { return false }
      let code = said.dropFirst(prefix.count)
      return TokenGuard.isEqual(
        Array((encoding == .hex ? code.lowercased() : String(code)).utf8), right)
    }
  }

  /// The code of these bytes as it is written.
  private func written(_ signed: [UInt8], _ secret: [UInt8]) -> [UInt8] {
    let code = code.code(of: signed, secret: secret)
    return switch encoding {
    case .hex: code.flatMap { [HexDigit.lower($0 >> 4), HexDigit.lower($0)] }
    case .base64: Array(Data(code).base64EncodedString().utf8)
    }
  }
}
