/// What is heard of the channels of the PBX, and what should have been: a manager's user without the right
/// `call`, or with a filter that hides too much, logs in like any other.
struct AMIHearing: Hashable, Sendable {
  /// Events of followed stations' channels, and of others'.
  private(set) var own = 0
  private(set) var others = 0
  /// Ends of channels.
  private(set) var hangups = 0
  /// Events that say that a channel rings, or is up; and ends of the stations' own channels.
  private(set) var states = 0
  private(set) var ownHangups = 0
  /// Events that say who calls whom, and who is connected to whom.
  private(set) var dials = 0
  private(set) var bridges = 0
  /// Events that say how far a call to a channel has come.
  private(set) var progress = 0
  /// Channels of followed stations, and others, that are in a list although no event told of them.
  private(set) var unheardOwn = 0
  private(set) var unheardOthers = 0
  /// Channels that have gone although no event told of it.
  private(set) var unended = 0
  /// How many lists of this connection have come.
  private var lists = 0
  private var expected: Set<[UInt8]> = []
  private var gone: Set<[UInt8]> = []
  /// A channel so young may be listed before its first event comes [s].
  private static let youth = 5

  /// The connection is new.
  mutating func begin() {
    lists = 0
    expected = []
    gone = []
  }

  /// Counts an event; `isKnown`: whether its channel was heard of before.
  mutating func note(
    _ event: AMIEventName, _ message: AMIMessage, isOwn: Bool, isKnown: Bool
  ) {
    switch event {
    case .coreShowChannel: list(message, isOwn: isOwn, isKnown: isKnown)
    case .coreShowChannelsComplete, .originateResponse: break
    default:
      if isOwn { own += 1 } else { others += 1 }
      switch event {
      case .hangup:
        hangups += 1
        if isOwn { ownHangups += 1 }
      case .newstate: states += 1
      case .dialBegin, .dialEnd: dials += 1
      case .dialState: progress += 1
      case .bridgeEnter, .bridgeLeave: bridges += 1
      default: break
      }
    }
  }

  /// All channels are going to be listed; these should be among them.
  mutating func expectList(of channels: AMIChannels) {
    expected = Set(channels.all.lazy.filter { $0.kind != .plumbing }.map(\.id))
  }

  /// All channels have been listed; those that were not.
  mutating func listed() -> [[UInt8]] {
    defer { expected = [] }
    lists += 1
    // Its end may be on the way.
    gone.formUnion(expected)
    return Array(expected)
  }

  /// A channel's end was told.
  mutating func hungUp(_ id: [UInt8]) { gone.remove(id) }

  /// Half a minute has passed: ends that have not come by now do not come.
  mutating func conclude() {
    unended += gone.count
    gone = []
  }

  private mutating func list(_ message: AMIMessage, isOwn: Bool, isKnown: Bool) {
    expected.remove(Array(message[.uniqueid]))
    guard lists > 0, !isKnown, Self.seconds(message[.duration]) >= Self.youth else { return }
    if isOwn { unheardOwn += 1 } else { unheardOthers += 1 }
  }

  /// The seconds of `00:01:02`; 0 when it is no such time.
  private static func seconds(_ duration: UnsafeRawBufferPointer) -> Int {
    guard (5...9).contains(duration.count) else { return 0 }
    return duration.split(separator: UInt8(ascii: ":")).reduce(0) { total, part in
      total * 60 + part.reduce(0) { $0 * 10 + Int(clamping: $1 & 0x0F) }
    }
  }
}
