/// Which way a call goes, in a word of telephony software.
public enum DirectionWord: String, Hashable, Sendable {
  case incoming = "in"
  case outgoing = "out"

  /// `in`, `out` and the spellings of the field, in any case: `incoming`, `inbound`, `I`, `O` …; nil for
  /// any other word, which says nothing.
  public init?(_ word: String) {
    switch word.lowercased() {
    case "in", "incoming", "inbound", "i": self = .incoming
    case "out", "outgoing", "outbound", "o": self = .outgoing
    default: return nil
    }
  }
}
