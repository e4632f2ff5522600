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
