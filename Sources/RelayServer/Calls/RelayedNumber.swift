/// Who is at the other end, as far as the relay can tell.
enum RelayedNumber: Hashable, Sendable {
  /// The user part with its `+`, otherwise as received: normal forms are the window's work.
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

  /// Whether the two are one number, however each is spaced.
  func isSame(as other: RelayedNumber) -> Bool {
    switch (self, other) {
    case (.withheld, .withheld): true
    case (.number(let a), .number(let b)): Self.dialled(a).elementsEqual(Self.dialled(b))
    default: false
    }
  }

  private static func dialled(_ text: String) -> [UInt8] {
    text.utf8.filter { (0x30...0x39).contains($0) || "+*#".utf8.contains($0) }
  }
}
