/// One physical call, as all sources together tell it.
public struct Call: Identifiable, Hashable, Sendable {
  /// Names a call within one run of the window; later calls have greater ones.
  public struct ID: Hashable, Comparable, Sendable {
    /// Counts from 1.
    public var serial: Int

    /// The call with this serial number.
    public init(serial: Int) { self.serial = serial }
    /// Earlier calls first.
    public static func < (a: ID, b: ID) -> Bool { a.serial < b.serial }
  }

  /// Where the call stands.
  public enum State: Hashable, Sendable {
    case ringing
    case answered
    /// Reported as ended.
    case ended(EndReason)
    /// Nothing more was heard of it, or a newer ring took its place: it may still be told of later.
    case silent
  }

  /// One source's word of the end.
  struct Ending: Hashable, Sendable {
    var reason: EndReason
    var at: Moment
  }

  /// Names the call.
  public let id: ID
  /// Each source's own name for the call.
  public internal(set) var callIDs: [SourceID: String] = [:]
  /// The telephone system's own names for the call.
  var systemIDs: Set<String> = []
  /// When each source last said that it rings, or told of it in a word that nobody knows.
  public internal(set) var rings: [SourceID: Moment] = [:]
  /// When each source last said that this line took it.
  var answers: [SourceID: Moment] = [:]
  /// How and when each source said that it ended.
  var ends: [SourceID: [Ending]] = [:]
  /// Whether a source said that it was answered and could not tell whether it was this caller, and whether another could.
  var isDoubted = false
  var isSurelyAnswered = false
  /// Whether it rings, and nobody who told of that can tell who calls.
  var isNameless = false
  /// Whether a source said that it rings, in a word that is known.
  var hasRung = false
  /// Whether the telephony side asked for the record.
  var isDemanded = false
  /// The source that knows that a program has the station make it; others take it for a call that comes in.
  var maker: SourceID?
  /// Whether an earlier window left it going on, and nobody has told of it since: its sources may have new ids for it.
  var isLeft = false
  /// Whether it was given up because everybody who told of it was out of reach.
  var isLost = false
  /// The operator's extension, nil until a source says it.
  public internal(set) var station: String?
  /// Who is at the other end.
  public internal(set) var caller: Caller
  /// Which of the company's numbers was called, or over which line it came; nil while nobody told.
  public internal(set) var own: OwnNumber?
  /// When a source last corrected the other end.
  var corrected: Moment?
  /// Nil: nobody said, which counts as incoming.
  public internal(set) var direction: Direction?
  /// Where it stands now.
  public internal(set) var state: State
  /// When it was first told of.
  public internal(set) var began: Moment
  /// When a source last told of it.
  public internal(set) var lastNews: Moment
  /// When this line took it, by the earliest report.
  public internal(set) var answered: Moment?
  /// When it ended, by the earliest report; of a silent call, when it was given up.
  public internal(set) var ended: Moment?

  /// The call that this event is the first news of.
  init(id: ID, event: CallEvent) {
    self.id = id
    station = event.station
    caller = event.caller
    direction = event.direction
    own = event.own
    began = event.at
    lastNews = event.at
    corrected = event.corrects ? event.at : nil
    switch event.kind {
    case .ring, .request, .other, .vanish: state = .ringing
    case .answer:
      state = .answered
      answered = event.at
    case .end(let reason):
      state = .ended(reason)
      ended = event.at
    }
    note(event)
  }

  /// A source's own name for the call; of several sources', always the same one's.
  public var anyCallID: String? { callIDs.min { $0.key.name < $1.key.name }?.value }

  /// Whether the call is going on, as far as anybody knows.
  public var isLive: Bool { state == .ringing || state == .answered }

  /// Whether its end was reported.
  var isReportedEnded: Bool {
    if case .ended = state { true } else { false }
  }

  /// Whether nothing is known but that the station is on the line: neither who is, nor which way the call
  /// went, nor that it rang.
  public var isMereBusyness: Bool { caller.identity == .untold && direction == nil && !hasRung }

  /// Whether the call was answered, and nobody knows whether by this caller or by another one who rang too.
  public var isDoubtful: Bool { isDoubted && !isSurelyAnswered && !isRefuted }

  /// Whether a source that knows more says that it was not answered: then it was another call that was.
  private var isRefuted: Bool {
    guard isDoubted, !isSurelyAnswered, case .ended(let reason) = state else { return false }
    // No reason says it of a call that the station made: who told of its end, and of no answer, does.
    if isOutgoing { return ends.keys.contains { answers[$0] == nil } }
    return [.missed, .rejected, .elsewhere].contains(reason)
  }

  /// Whether a source came to know better who is at the other end.
  public var wasCorrected: Bool { corrected != nil }
  /// When it ends if nobody tells of it any more.
  func expiry(ringTimeout: Int) -> Moment {
    lastNews + (state == .answered ? CallList.answeredLifetime : Int64(ringTimeout) * 1000)
  }

  /// Whether the station made the call.
  public var isOutgoing: Bool { direction == .outgoing }

  /// Whether the call occupies its station: answered, or made by it.
  var isEngaged: Bool { isLive && (state == .answered || isOutgoing) }

  /// What became of the call, by what was reported of it alone.
  public var outcome: Outcome {
    if answered != nil, !isRefuted { return .answered }
    return switch state {
    case .ringing, .answered, .silent: .ringing
    case .ended(.rejected): .rejected
    case .ended(.elsewhere): .answeredElsewhere
    case .ended(.lost), .ended(.unheard): .ringing
    case .ended where isOutgoing: .ringing
    case .ended: .missed
    }
  }

  /// Time from the answer to the reported end [s]; nil: nobody told.
  public var duration: Int? {
    guard case .ended(let reason) = state, reason != .lost, reason != .unheard, !isRefuted,
      let answered, let ended
    else { return nil }
    return Int(max(0, ended - answered) / 1000)
  }

  /// How long it rang, before this line took it or it ended [s]; nil while it rings, and when it was never told that
  /// it did.
  public var rang: Int? {
    guard !rings.isEmpty, let over = answered ?? ended else { return nil }
    return Int(clamping: max(0, over - began) / 1000)
  }

  /// Who told of it.
  public var sources: [SourceID] {
    Set(callIDs.keys).union(rings.keys).union(answers.keys).sorted { $0.name < $1.name }
  }

  /// What the journal explains of a call that was not kept quiet.
  public var reason: Reason? {
    if isOutgoing { return .outgoing }
    if isLost || state == .ended(.lost) { return .connectionLost }
    guard answered == nil else { return nil }
    return switch state {
    case .ended(.failed): .failed
    case .ended(.untold): .untold
    default: nil
    }
  }
}
