/// What became of a call.
public enum Outcome: String, Hashable, Sendable, CaseIterable {
  /// It rang; nothing more was reported (yet).
  case ringing
  case answered
  case missed
  case rejected
  case answeredElsewhere = "answered-elsewhere"
  /// Kept quiet; another outcome replaces it when the telephony reports one, the reason stays.
  case inhibited
}

/// Why a call was kept quiet, or what else the journal's line explains.
public enum Reason: Hashable, Sendable {
  /// The exception entry that holds.
  case exception(pattern: String)
  /// Fewer digits than the minimum.
  case shortNumber(digits: Int, minimum: Int)
  /// The station was already on a call.
  case busy
  /// A call from an extension.
  case `internal`
  /// The number that was called is one of those whose calls are kept quiet; its name.
  case called(String)
  /// The operator is not to be disturbed for a while.
  case doNotDisturb
  /// No third party matches (a weak match counts as none).
  case noMatch
  /// Found in the spool too late to be shown as ringing.
  case tooOld
  /// A call that the station itself made.
  case outgoing
  /// The end was reported as a failure.
  case failed
  /// It stopped ringing, and nobody said whether its caller gave up or another telephone took it.
  case untold
  /// Nobody told of the end: the telephone, or the way to it, was gone meanwhile.
  case connectionLost

  /// Whether it kept a call from being shown, whatever became of the call then.
  public var isInhibition: Bool {
    switch self {
    case .exception, .shortNumber, .busy, .internal, .called, .doNotDisturb, .noMatch, .tooOld: true
    case .outgoing, .failed, .untold, .connectionLost: false
    }
  }

  /// The words of `screenpop log --json` and of the store: `exception +33800*`, `short number (4 < 6)`.
  public var text: String {
    switch self {
    case .exception(let pattern): "exception \(pattern)"
    case .shortNumber(let digits, let minimum): "short number (\(digits) < \(minimum))"
    case .busy: "busy"
    case .internal: "internal"
    case .called(let name): "called \(name)"
    case .doNotDisturb: "do not disturb"
    case .noMatch: "no match"
    case .tooOld: "too old"
    case .outgoing: "outgoing"
    case .failed: "failed"
    case .untold: "perhaps answered elsewhere"
    case .connectionLost: "connection lost"
    }
  }

  /// The reason that these words say, nil when they say none.
  public init?(text: String) {
    switch text {
    case "busy": self = .busy
    case "internal": self = .internal
    case "do not disturb": self = .doNotDisturb
    case "no match": self = .noMatch
    case "too old": self = .tooOld
    case "outgoing": self = .outgoing
    case "failed": self = .failed
    case "perhaps answered elsewhere": self = .untold
    case "connection lost": self = .connectionLost
    case _ where text.hasPrefix("exception "):
      self = .exception(pattern: String(text.dropFirst("exception ".count)))
    case _ where text.hasPrefix("called "):
      self = .called(String(text.dropFirst("called ".count)))
    case _ where text.hasPrefix("short number ("):
      let numbers = text.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
      guard numbers.count == 2 else { return nil }
      self = .shortNumber(digits: numbers[0], minimum: numbers[1])
      guard self.text == text else { return nil }
    default: return nil
    }
  }
}

/// One call in the journal.
public struct JournalEntry: Hashable, Sendable {
  /// Names the call for good: the same key again replaces the line.
  public var key: String
  /// When it began.
  public var at: WallTime
  /// The number's normal form; nil when withheld or not understood.
  public var number: String?
  /// The number as an operator reads it, or what was received.
  public var text: String
  /// Whether the caller was withheld.
  public var isWithheld: Bool
  /// The third party's name; nil for an unknown caller.
  public var name: String?
  /// The third party's code; nil for an unknown caller.
  public var code: String?
  /// What became of it.
  public var outcome: Outcome
  /// Why it was kept quiet, or what else is to be said; nil: nothing.
  public var reason: Reason?
  /// Time from the answer to the end [s]; nil when it was not answered or has not ended.
  public var duration: Int?
  /// The ERP's own key of a third party that was copied from it, by which the store knows the party when it
  /// gets another code; empty for others.
  public var sourceKey: String
  /// Which of the company's numbers was called, or over which line it came; nil: nobody told.
  public var own: OwnNumber?
  /// How long it rang, before it was answered or ended [s]; nil when that is not known.
  public var rang: Int?
  /// How sure the third party's name was, or whose call it was; nil when nothing is to be said of that.
  public var certainty: MatchCertainty?
  /// Which sources told of it, by their names, with commas; empty when that is not known.
  public var sources = ""
  /// Whether the operator marked the missed call as done.
  public var isDone = false

  /// A line of the journal; see the properties.
  public init(
    key: String, at: WallTime, number: String?, text: String, isWithheld: Bool = false,
    name: String? = nil, code: String? = nil, outcome: Outcome, reason: Reason? = nil,
    duration: Int? = nil, sourceKey: String = "", own: OwnNumber? = nil
  ) {
    self.key = key
    self.at = at
    self.number = number
    self.text = text
    self.isWithheld = isWithheld
    self.name = name
    self.code = code
    self.outcome = outcome
    self.reason = reason
    self.duration = duration
    self.sourceKey = sourceKey
    self.own = own
  }

  /// Whether the name may be another's, or the call another caller's: neither is shown as sure (R51).
  public var isInDoubt: Bool {
    switch certainty {
    case .several, .caller, .directory, .telephone: true
    default: false
    }
  }

  /// Whether the name is a third party's: that of a directory or of the telephone system makes nobody known.
  public var isKnown: Bool {
    name != nil && certainty != .directory && certainty != .telephone
  }

  /// The third party; nil for an unknown caller.
  public var party: PartyReference? {
    code.map { PartyReference(code: $0, sourceKey: sourceKey) }
  }
}
