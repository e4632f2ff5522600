/// The rings of the station for calls of its own, as a telephone system tells of them: to whoever sees only the telephone,
/// somebody calls.
///
/// - A program has the station make a call: the telephone rings first, and shows whom it calls, or nobody.
/// - The station calls a group that it is in: the ring is an *echo* of the call that it makes, and no call.
struct OwnRings: Sendable {
  /// A ring, as the telephone system tells of it.
  private struct Ring: Sendable {
    let event: CallEvent
    /// Whether the station made the call before it rang for it.
    let isEcho: Bool
    var isOver = false
    /// Who has shown the echo.
    var shownBy: Set<SourceID> = []
  }

  /// One source's name for what it takes for a call.
  private struct Name: Hashable, Sendable {
    let source: SourceID
    let callID: String
  }

  /// How many are remembered.
  private static let memory = 8
  /// How long a telephone rings for a call that a program makes, if nobody says that it is over [ms].
  private static let longest: Int64 = 60_000

  private var rings: [Ring] = []
  /// Oldest first.
  private var echoes: [Name] = []

  /// The station rings for a call of its own.
  mutating func expect(_ ring: CallEvent, isEcho: Bool = false) {
    rings = rings.suffix(Self.memory - 1) + [Ring(event: ring, isEcho: isEcho)]
  }

  /// The telephone system tells that it rings no more.
  mutating func note(_ event: CallEvent) {
    guard case .end = event.kind, let callID = event.callID else { return }
    for place in rings.indices
    where rings[place].event.source == event.source && rings[place].event.callID == callID {
      rings[place].isOver = true
    }
  }

  /// Whether the event is about a call for which the station was rung so, and which nobody else told of.
  func hasExpected(_ event: CallEvent) -> Bool {
    event.callID != nil
      && rings.contains { $0.event.source == event.source && $0.event.callID == event.callID }
  }

  /// The ring that another source tells of by this event, as a call that comes in; nil: none.
  func maker(of event: CallEvent) -> CallEvent? {
    guard !rings.isEmpty, event.isRinging || event.kind == .answer, event.direction != .outgoing
    else { return nil }
    return rings.last { ring in
      guard !ring.isEcho else { return false }
      let (told, shown) = (ring.event, event.caller)
      if event.isNamed(as: told) { return told.source != event.source }
      guard Self.mayBeOne(event, told), Self.isSame(shown, told.caller) else { return false }
      // A lamp that has more to show may show it late.
      let isOn = !ring.isOver && shown.number != nil && abs(event.at - told.at) <= Self.longest
      return isOn || abs(event.at - told.at) <= CallList.untoldWindow
    }?.event
  }

  /// Whether an event may tell of an echo at all.
  var hasEchoes: Bool { !echoes.isEmpty || rings.contains(where: \.isEcho) }

  /// Whether the event tells of an echo: a ring at which nobody is shown, or more of what was one.
  mutating func isEcho(_ event: CallEvent) -> Bool {
    guard let callID = event.callID, event.caller.number == nil, event.direction != .outgoing else {
      return false
    }
    let name = Name(source: event.source, callID: callID)
    if echoes.contains(name) { return true }
    let place = rings.lastIndex { ring in
      guard ring.isEcho, event.isRinging, Self.mayBeOne(event, ring.event) else { return false }
      if event.isNamed(as: ring.event) { return true }
      return !ring.shownBy.contains(event.source)
        && abs(event.at - ring.event.at) <= CallList.mergeWindow
    }
    guard let place else { return false }
    rings[place].shownBy.insert(event.source)
    echoes = echoes.suffix(4 * Self.memory - 1) + [name]
    return true
  }

  private static func mayBeOne(_ event: CallEvent, _ ring: CallEvent) -> Bool {
    let isHere = ring.station == nil || event.station == nil || ring.station == event.station
    return isHere && ring.source != event.source
  }

  /// Whether what the telephone shows may be what the program has it show.
  static func isSame(_ shown: Caller, _ told: Caller) -> Bool {
    shown.number?.key == told.number?.key || shown.number == nil
  }
}
