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

  public let id: ID
  /// Each source's own name for the call.
  public internal(set) var callIDs: [SourceID: String] = [:]
  /// When each source last said that it rings.
  public internal(set) var rings: [SourceID: Moment] = [:]
  /// The operator's extension, nil until a source says it.
  public internal(set) var station: String?
  public internal(set) var caller: Caller
  /// Nil: nobody said, which counts as incoming.
  public internal(set) var direction: Direction?
  public internal(set) var state: State
  /// When it began.
  public internal(set) var began: Moment
  /// When a source last told of it.
  public internal(set) var lastNews: Moment
  /// When this line took it.
  public internal(set) var answered: Moment?
  /// When it ended.
  public internal(set) var ended: Moment?

  init(id: ID, event: CallEvent, state: State) {
    self.id = id
    self.state = state
    station = event.station
    caller = event.caller
    direction = event.direction
    began = event.at
    lastNews = event.at
  }

  /// Whether the call is going on, as far as anybody knows.
  public var isLive: Bool { state == .ringing || state == .answered }

  /// Whether the station made the call.
  public var isOutgoing: Bool { direction == .outgoing }

  /// Whether the call occupies its station: answered, or made by it.
  var isEngaged: Bool { isLive && (state == .answered || isOutgoing) }

  /// What became of the call, by what was reported of it alone.
  public var outcome: Outcome {
    if answered != nil { return .answered }
    return switch state {
    case .ringing, .answered, .silent: .ringing
    case .ended(.rejected): .rejected
    case .ended(.elsewhere): .answeredElsewhere
    case .ended where isOutgoing: .ringing
    case .ended: .missed
    }
  }

  /// Time from the answer to the reported end [s].
  public var duration: Int? {
    guard case .ended = state, let answered, let ended else { return nil }
    return Int(max(0, ended - answered) / 1000)
  }

  /// What the journal explains of a call that was not kept quiet.
  public var reason: Reason? {
    if isOutgoing { return .outgoing }
    return state == .ended(.failed) && answered == nil ? .failed : nil
  }
}
