// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// What a word of telephony software says about a call.
public enum EventWord: Hashable, Sendable {
  case ring
  /// This line took the call.
  case answer
  /// The telephony side asks for the record.
  case request
  /// The call is over: `missed`, `rejected`, `elsewhere`, `failed`, or nil when no reason is said.
  case end(reason: String?)
  /// A word that is not in the table, shortened: offered without opening, and counted.
  case other(String)

  /// The meaning of a word of any case, with or without `_`, `-` and blanks; an empty one is a ring.
  public init(_ word: String) {
    let other = PlainText.cleaned(word, limit: 32)
    // What was taken out or cut off may make it a word of the table, which it is when it is read again.
    self = Self.known(word) ?? Self.known(other) ?? .other(other)
  }

  /// Whether the word asks for the record (R2).
  static func asksForRecord(_ word: Bytes) -> Bool { known(word.text) == .request }

  /// The meaning of a word of the table. A switch, not a set: the launcher reads one word and ends,
  /// and would pay for a set's making.
  private static func known(_ word: String) -> EventWord? {
    switch folded(word) {
    case "", "ring", "ringing", "incoming", "incomingcall", "newcall", "callcreated", "offering",
      "alerting", "early", "setup", "s":
      .ring
    case "answer", "answered", "established", "connected", "active", "up", "confirmed",
      "callanswered", "callestablished", "c":
      .answer
    case "request", "popup", "pop", "demand", "screenpop": .request
    case "hangup", "end", "ended", "terminated", "disconnected", "callended",
      "callterminated", "release", "released", "e":
      .end(reason: nil)
    case let folded: reason(folded).map { .end(reason: $0) }
    }
  }

  /// The word of ours with this meaning: `ring`, `answer`, `request`, `end`, or the other word.
  public var word: String {
    switch self {
    case .ring: "ring"
    case .answer: "answer"
    case .request: "request"
    case .end: "end"
    case .other(let word): word
    }
  }

  /// The reason of an end in our words (`missed`, `rejected`, `elsewhere`, `failed`); nil for
  /// `normal` and for anything unknown.
  public static func endReason(_ word: String) -> String? { reason(folded(word)) }

  private static func reason(_ folded: String) -> String? {
    switch folded {
    case "missed", "missedcall", "cancelled", "canceled", "callremotecanceled", "unanswered",
      "noanswer":
      "missed"
    case "rejected", "declined": "rejected"
    case "elsewhere", "answeredelsewhere", "completedelsewhere": "elsewhere"
    case "failed": "failed"
    default: nil
    }
  }

  /// In lower case without `_`, `-` and blanks; words longer than any in the table are cut.
  private static func folded(_ word: String) -> String {
    let kept = word.utf8.prefix(64).filter { !$0.isBlank && $0 != 0x5F && $0 != 0x2D }
    return String(decoding: kept.map { $0.lowercase }, as: UTF8.self)
  }
}
