public import Telephony

/// Who sits here, and what the window may do.
public struct Desk: Hashable, Sendable {
  /// Which corner of the terminal shows calls.
  public enum Corner: String, Hashable, Sendable, CaseIterable {
    case topLeft = "top-left"
    case topRight = "top-right"
    case bottomLeft = "bottom-left"
    case bottomRight = "bottom-right"
  }

  /// How the screen is drawn (R60).
  public enum Face: Hashable, Sendable {
    /// Windows in frames, the calls in a corner.
    case framed
    /// Without frames and running times, one thing below the other.
    case plain
    /// Only what is to be said, line by line.
    case lines
  }

  /// The operator's extension; empty when none is configured.
  public var station: String
  /// What calls from this station itself look like.
  public var ownCallers: Set<Caller.Identity>
  /// Where calls are shown.
  public var corner: Corner
  /// How the screen is drawn.
  public var face = Face.framed
  /// Whether records open in the built-in card (true) or elsewhere, by URL or command.
  public var opensCard: Bool
  /// Whether a way to dial is configured.
  public var canDial: Bool
  /// Whether a new third party is entered elsewhere, in the ERP, and not in the window.
  public var createsElsewhere: Bool
  /// Whether everybody's exception list may be written from here.
  public var mayEditMachineList: Bool
  /// The sources that end calls when they are told to.
  public var controls: Set<SourceID>
  /// Those of them that take calls, too.
  public var answering: Set<SourceID>
  /// Sources that end only calls that go out.
  public var outgoingControls: Set<SourceID> = []
  /// Whether this is the demonstration, which can ring itself.
  public var isDemo: Bool
  /// Whether the operator is asked to look when a call comes up.
  public var announces = false
  /// Whether whole numbers are told then.
  public var tellsNumbers = false
  /// What other programs are told of calls.
  public var hooks: Set<CallNews.Kind> = []
  /// How many days calls are kept; 0: for good.
  public var retentionDays = 0
  /// Begins the keys of this run's journal lines, so that no two runs share one.
  public var journalPrefix: String

  /// A desk; see the properties.
  public init(
    station: String = "", ownCallers: Set<Caller.Identity> = [], corner: Corner = .topRight,
    opensCard: Bool = true,
    canDial: Bool = false, createsElsewhere: Bool = false, mayEditMachineList: Bool = false,
    controls: Set<SourceID> = [], isDemo: Bool = false,
    journalPrefix: String = ""
  ) {
    self.station = station
    self.ownCallers = ownCallers
    self.corner = corner
    self.opensCard = opensCard
    self.canDial = canDial
    self.createsElsewhere = createsElsewhere
    self.mayEditMachineList = mayEditMachineList
    self.controls = controls
    answering = controls
    self.isDemo = isDemo
    self.journalPrefix = journalPrefix
  }

  /// The sources that end this call when they are told to.
  func enders(of call: Call) -> Set<SourceID> {
    call.isOutgoing ? controls.union(outgoingControls) : controls
  }
}
