/// A number, or a pattern on the normal form, whose calls do not pop (R36).
public struct ExceptionNumber: Hashable, Sendable {
  /// Whose list the entry stands in.
  public enum List: String, Hashable, Sendable {
    /// The operator's own data.
    case own
    /// The machine's file, which holds for everybody it names.
    case machine
    /// The ERP's list, which each copy brings and nobody changes here.
    case erp
  }

  /// A normal form (`+33388202122`, `1024`), or a pattern with `*` and `?` (`+33800*`).
  public var pattern: String
  /// The collaborator whom the entry is for; nil: everybody whom the list is for.
  public var collaborator: String?
  /// Why, in the words of who added it; empty when nothing was said.
  public var comment: String
  /// The list in which it stands.
  public var list: List

  /// An exception number; see the properties.
  public init(pattern: String, collaborator: String? = nil, comment: String = "", list: List) {
    self.pattern = pattern
    self.collaborator = collaborator
    self.comment = comment
    self.list = list
  }

  /// Whether the entry keeps calls from `number` quiet for `collaborator`.
  public func holds(for number: PhoneNumber, collaborator: String?) -> Bool {
    if let mine = self.collaborator, mine != collaborator { return false }
    return pattern == number.key
      || !isFeatureCode && Self.matches(Array(number.key.utf8)[...], Array(pattern.utf8)[...])
  }

  /// Whether the pattern is a feature code (`*97`, `**610`), which is itself written with `*`: nobody
  /// means every number that ends with so few digits.
  private var isFeatureCode: Bool {
    let digits = pattern.drop { $0 == "*" }
    return (1...2).contains(pattern.count - digits.count) && (1...3).contains(digits.count)
      && digits.allSatisfy { ("0"..."9").contains($0) }
  }

  /// Glob matching in linear space: on a mismatch, the last `*` swallows one byte more.
  private static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    var (t, p) = (text.startIndex, pattern.startIndex)
    var retry: (text: Int, pattern: Int)?
    while t < text.endIndex {
      if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
        retry = (t, p + 1)
        p += 1
      } else if p < pattern.endIndex, pattern[p] == UInt8(ascii: "?") || pattern[p] == text[t] {
        (t, p) = (t + 1, p + 1)
      } else if let last = retry {
        retry = (last.text + 1, last.pattern)
        (t, p) = (last.text + 1, last.pattern)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
