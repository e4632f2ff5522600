/// The version of a softphone, out of what its command `about` prints: `baresip 1.0.0`, in colours.
package struct BaresipVersion: Hashable {
  /// The versions whose events and commands are known: `major` from 1.0.0 (Debian 12) on.
  private static let supported = 1...4

  /// All of it: `3.15.0`.
  package let text: String
  private let major: Int

  /// Whether this driver knows how the version talks (R38).
  package var isSupported: Bool { Self.supported.contains(major) }

  /// The supported versions in a sentence.
  package static var supportedText: String {
    "\(supported.lowerBound).0 to \(supported.upperBound).x"
  }

  /// Reads the version; nil when this is no softphone that says `baresip` and a version.
  package init?(about: String) {
    let words = Self.withoutColours(about).split { !($0.isLetter || $0.isNumber || $0 == ".") }
    for (word, next) in zip(words, words.dropFirst()) where word == "baresip" {
      let text = next.hasPrefix("v") ? next.dropFirst() : next
      guard let number = text.split(separator: ".").first, let major = Int(number) else { continue }
      self.text = String(text.prefix(20))
      self.major = major
      return
    }
    return nil
  }

  /// The text without ECMA-48 SGR sequences, which baresip prints in the middle of its name.
  private static func withoutColours(_ text: String) -> String {
    var plain = ""
    var isSequence = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1B}" {
        isSequence = true
      } else if !isSequence {
        plain.unicodeScalars.append(scalar)
      }
      if isSequence, scalar == "m" { isSequence = false }
    }
    return plain
  }
}
