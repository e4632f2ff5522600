public import Canvas
public import Telephony

/// Everything that the operator's screen shows, and what it takes to go on from there.
///
/// Changed by ``update(_:_:)`` alone, shown by ``render(_:)`` alone; neither does I/O.
public struct Model: Sendable {
  /// The terminal's extent.
  public var size: Size
  /// The monotonic clock, as of the last tick.
  public var now: Moment
  /// The wall clock, as of the last tick.
  public var wall: WallTime
  /// The words of the operator's language.
  public var phrases: Phrases
  /// Who sits here, and what the window may do.
  public var desk: Desk
  /// When calls come up.
  public var policy: PopPolicy
  /// The options screen's rows, with where each value comes from.
  public var options: [OptionRow]

  /// All calls, as the sources tell them.
  public internal(set) var calls = CallList()
  /// What the operator sees of each call that is remembered.
  public internal(set) var pops: [Call.ID: Pop] = [:]
  /// The calls in the corner, oldest first; only the first five are shown.
  public internal(set) var corner: [Call.ID] = []
  /// The journal, newest first.
  public internal(set) var journal = JournalLines()
  /// Which of its lines are shown.
  public internal(set) var view = JournalView()
  /// Which missed calls are open, and which callers were reached since.
  public internal(set) var missed = MissedCalls([])
  /// Whether a line has changed in a way that may change these. A call that begins does not, and must show at once.
  var missedChange = false
  /// Journal lines that the store has not taken yet, by key.
  public internal(set) var unsaved: [String: JournalEntry] = [:]
  /// When the calls began whose lines this window wrote first, by key.
  var firstWritten: [String: Moment] = [:]
  /// When the window was opened.
  let opened: Moment
  /// The events that the inbox keeps until the store has their line, by the line's key.
  var kept: [String: Set<String>] = [:]
  /// The keys of the calls' lines, where they are not made of the serial number, and the calls of the keys.
  var lineKeys: [Call.ID: String] = [:]
  var callsOfLines: [String: Call.ID] = [:]
  /// No call ends for want of news before this; nil: no call goes on.
  var expiryDue: Moment?
  /// When the first call that was answered elsewhere leaves the corner; nil: none is there.
  var farewellDue: Moment?
  /// The day on which what is too old was last forgotten, or the window was opened.
  var forgotOn: Int64?
  /// How many pops beyond ``CallList/memory`` were left when they were last pruned.
  var popsKept = 0
  /// Whether events are of an earlier window: what popped there does not pop again.
  var isResuming = false
  /// The sources, in the order in which they reported first.
  public internal(set) var sources: [SourceState] = []
  /// Whether another window of the station takes the calls.
  public internal(set) var onlyWatches = false
  /// Where Enter goes.
  public internal(set) var selection: Selection = .nothing
  /// The record that is open, in the built-in card.
  public internal(set) var card: OpenRecord?
  /// What lies over the journal and has the keyboard. When one opens, its keys take the place of any sentence at the foot.
  public internal(set) var dialog: Dialog? {
    didSet { if oldValue == nil, dialog != nil { notice = nil } }
  }
  /// Records that open by themselves once the keyboard is free.
  public internal(set) var waiting: [Call.ID] = []
  /// The calls that the operator was asked to look at, as they were told.
  var announced: [Call.ID: Announced] = [:]
  /// The calls of which something may have to be told, in the order of their news.
  var untold: [Call.ID] = []
  /// Which step of `D` set the time until which the operator is not to be disturbed.
  var quietSpan: QuietSpan?
  /// What is being dialled; nil when the telephony has answered.
  var dialling: DialRequest?
  /// Numbers that were dialled from here, by normal form, and until when a call with one of them is our own.
  var ownCalls: [String: Moment] = [:]
  /// A sentence at the foot of the screen.
  public internal(set) var notice: Notice?
  /// When the journal is offered to the store again; nil while the store takes it.
  public internal(set) var journalRetry: Moment?
  /// Counts questions to the store, so that a late answer is known as one.
  var tickets = 0

  /// How many calls the corner shows at once.
  public static let cornerLimit = 5
  /// How long a call must have been selected before Enter, `o` or a click act on it [ms] (R6).
  static let guardTime: Int64 = 400
  /// How long the corner says that a call was answered elsewhere [ms].
  static let farewellTime: Int64 = 4_000
  /// How long a sentence stays at the foot, and one that tells of a failure [ms].
  static let noticeTime: Int64 = 4_000
  static let alertTime: Int64 = 10_000
  /// How long after a failure the store is asked again [ms].
  static let lookupPause: Int64 = 5_000
  /// How long a call waits for its name before the operator is asked to look [ms].
  static let announcementPatience: Int64 = 500
  /// How long before other programs are told of it [ms].
  static let newsPatience: Int64 = 1_000
  /// How long after dialling a call with that number is taken for our own [ms].
  static let ownCallTime: Int64 = 30_000
  /// How many journal lines the window keeps.
  public static let journalLimit = 2_000

  /// A window without calls.
  public init(
    size: Size, now: Moment, wall: WallTime, phrases: Phrases, desk: Desk = Desk(),
    policy: PopPolicy = PopPolicy(), options: [OptionRow] = []
  ) {
    self.size = size
    self.now = now
    opened = now
    self.wall = wall
    self.phrases = phrases
    self.desk = desk
    self.policy = policy
    self.options = options
  }
}

/// A line that the store has not, and the names of the events that it tells.
public struct UnsavedLine: Hashable, Sendable {
  /// The line.
  public var entry: JournalEntry
  /// Under what names the inbox keeps the events.
  public var events: Set<String>

  /// A line that tells these events.
  public init(entry: JournalEntry, events: Set<String>) {
    self.entry = entry
    self.events = events
  }
}

/// Where Enter goes.
public enum Selection: Hashable, Sendable {
  case nothing
  /// A call in the corner, and since when.
  case call(Call.ID, since: Moment)
  /// A line of the journal, by its key.
  case journal(String)
}

/// A source of calls, as the header shows it.
public struct SourceState: Hashable, Sendable {
  /// Which source.
  public var id: SourceID
  /// What it said of itself last.
  public var health: SourceHealth
}

/// A sentence at the foot of the screen, for a while.
public struct Notice: Hashable, Sendable {
  /// The sentence.
  public var text: String
  /// Whether it tells of a failure, and stays longer.
  public var isAlert: Bool
  var until: Moment
}
