/// A number, or a pattern on the normal form, whose calls do not pop (R36).
public struct ExceptionNumber: Hashable, Sendable {
  /// Whose list the entry stands in.
  public enum List: String, Hashable, Sendable {
    /// The operator's own data.
    case own
    /// The machine's file, which holds for everybody it names.
    case machine
  }

  /// A normal form (`+33388202122`, `1024`), or a pattern with `*` and `?` (`+33800*`).
  public var pattern: String
  /// The collaborator whom the entry is for; nil: everybody whom the list is for.
  public var collaborator: String?
  /// Why, in the words of who added it; empty when nothing was said.
  public var comment: String
  public var list: List

  /// An exception number; see the properties.
  public init(pattern: String, collaborator: String? = nil, comment: String = "", list: List) {
    self.pattern = pattern
    self.collaborator = collaborator
    self.comment = comment
    self.list = list
  }

  /// Whether the entry keeps calls from `number` quiet for `collaborator`.
  ///
  /// A feature code is itself written with `*` (`*97`): an entry that equals the number holds as it
  /// stands, before it is read as a pattern.
  public func holds(for number: PhoneNumber, collaborator: String?) -> Bool {
    if let mine = self.collaborator, mine != collaborator { return false }
    return pattern == number.key
      || Self.matches(Array(number.key.utf8)[...], Array(pattern.utf8)[...])
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
