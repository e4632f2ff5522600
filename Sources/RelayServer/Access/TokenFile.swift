import TextForms

/// The tokens of a relay, from a file that only its owner can read.
///
///     # one token a line, after what it is good for
///     write 3fa9c1…
///     read  77d0be…
///
/// A token on two lines may do what either says: `read T` and `write T` are `both T`.
struct TokenFile: Sendable {
  /// A token and what it is good for.
  struct Token: Sendable {
    var right: Right
    var secret: [UInt8]
  }

  /// Shorter ones can be guessed over a network in time [bytes].
  private static let shortest = 16

  /// Each once.
  let tokens: [Token]

  /// Whether one of them is so short that it could be guessed.
  var hasShort: Bool { tokens.contains { $0.secret.count < Self.shortest } }

  /// Reads the file.
  ///
  /// Throws ``RelayError/tokenFile(path:problem:)`` when it cannot be read, when others than its owner
  /// may read it, when a line is none of the three forms, or when there is no token in it.
  init(path: String) throws(RelayError) {
    let bytes: [UInt8]
    do throws(SecretFile.Problem) {
      bytes = try SecretFile.read(path)
    } catch {
      throw .tokenFile(path: path, problem: error.sentence)
    }
    tokens = try Self.tokens(bytes, path: path)
  }

  private static func tokens(
    _ bytes: [UInt8], path: String
  ) throws(RelayError) -> [Token] {
    var tokens: [Token] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let words = line.split { $0 <= 0x20 }
      guard let first = words.first, first.first != UInt8(ascii: "#") else { continue }
      guard words.count == 2, let right = Right(rawValue: String(decoding: first, as: UTF8.self))
      else {
        throw .tokenFile(
          path: path, problem: "line \(number + 1) is not `read|write|both TOKEN`")
      }
      let secret = Array(words[1])
      if let same = tokens.firstIndex(where: { $0.secret == secret }) {
        tokens[same].right = tokens[same].right.joined(with: right)
      } else {
        tokens.append(Token(right: right, secret: secret))
      }
    }
    guard !tokens.isEmpty else { throw .tokenFile(path: path, problem: "there is no token in it") }
    return tokens
  }
}
