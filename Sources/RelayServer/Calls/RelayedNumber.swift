/// Who is at the other end, as far as the relay can tell.
enum RelayedNumber: Hashable, Sendable {
  /// The user part with its `+`, otherwise as received: normal forms are the window's work. Or who it is, when that is
  /// no number (`alice`).
  case number(String)
  /// The caller wished not to be known.
  case withheld

  /// How answers have it (R26).
  var text: String {
    switch self {
    case .number(let text): text
    case .withheld: "anonymous"
    }
  }

  /// Whether the two are one number, however each is spaced, or one text.
  func isSame(as other: RelayedNumber) -> Bool {
    switch (self, other) {
    case (.withheld, .withheld): true
    case (.number(let a), .number(let b)):
      a == b || Self.dialled(a).map { $0 == Self.dialled(b) } ?? false
    default: false
    }
  }

  /// What is dialled; nil for a text.
  private static func dialled(_ text: String) -> [UInt8]? {
    guard text.utf8.allSatisfy("0123456789+*# .-()/,".utf8.contains) else { return nil }
    return text.utf8.filter("0123456789+*#".utf8.contains)
  }
}
