/// The placeholder of a softphone or desk phone that was passed on instead of what it stands for.
///
///     $1   $remote   ${caller}   $$REMOTENUMBER$$   %CallerNumber%   {cli}   {{number}}   [from]
enum UnreplacedKeyword {
  private static let longest = 64

  /// Whether the text is marks, one name, and marks again, which no number is.
  static func matches(_ bytes: Bytes) -> Bool {
    guard bytes.count <= longest else { return false }
    let inner = bytes.drop { "$%{[".utf8.contains($0) }
    guard inner.count < bytes.count, let first = inner.first else { return false }
    let name = inner.prefix { $0.isLetter || $0.isDigit || "_-.".utf8.contains($0) }
    guard inner[name.endIndex...].allSatisfy({ "$%}]".utf8.contains($0) }) else { return false }
    // `$1` is an argument of a shell or of a dial plan; `$0388202122` is a mistake of another kind.
    return first.isLetter || first == UInt8(ascii: "_") || (first.isDigit && name.count <= 2)
  }
}
