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
    let folded = Self.folded(word)
    if Self.rings.contains(folded) {
      self = .ring
    } else if Self.answers.contains(folded) {
      self = .answer
    } else if Self.requests.contains(folded) {
      self = .request
    } else if Self.ends.contains(folded) {
      self = .end(reason: nil)
    } else if let reason = Self.reasons[folded] {
      self = .end(reason: reason)
    } else {
      self = .other(PlainText.cleaned(word, limit: 32))
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
  public static func endReason(_ word: String) -> String? { reasons[folded(word)] }

  private static let rings: Set<String> = [
    "", "ring", "ringing", "incoming", "incomingcall", "newcall", "callcreated", "offering",
    "alerting", "early", "setup", "s",
  ]
  private static let answers: Set<String> = [
    "answer", "answered", "established", "connected", "active", "up", "confirmed", "c",
  ]
  private static let requests: Set<String> = ["request", "popup", "pop", "demand", "screenpop"]
  private static let ends: Set<String> = [
    "hangup", "end", "ended", "terminated", "disconnected", "callended", "release", "released", "e",
  ]
  private static let reasons: [String: String] = [
    "missed": "missed", "cancelled": "missed", "canceled": "missed", "unanswered": "missed",
    "noanswer": "missed", "rejected": "rejected", "declined": "rejected", "elsewhere": "elsewhere",
    "answeredelsewhere": "elsewhere", "completedelsewhere": "elsewhere", "failed": "failed",
  ]

  /// In lower case without `_`, `-` and blanks; words longer than any in the table are cut.
  private static func folded(_ word: String) -> String {
    let kept = word.utf8.prefix(64).filter { !$0.isBlank && $0 != 0x5F && $0 != 0x2D }
    return String(decoding: kept.map(\.lowercase), as: UTF8.self)
  }
}
