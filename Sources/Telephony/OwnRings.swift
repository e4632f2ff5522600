/// The rings of the station for calls of its own that programs make, as a telephone system tells of them: to whoever sees
/// only the telephone, somebody calls.
struct OwnRings: Sendable {
  /// How many are remembered.
  private static let memory = 8

  private var rings: [CallEvent] = []

  /// The station rings for a call of its own.
  mutating func expect(_ ring: CallEvent) {
    rings = rings.suffix(Self.memory - 1) + [ring]
  }

  /// The ring that another source tells of by this event, as a call that comes in; nil: none.
  func maker(of event: CallEvent) -> CallEvent? {
    guard !rings.isEmpty, event.isRinging || event.kind == .answer, event.direction != .outgoing
    else { return nil }
    return rings.last { ring in
      if let name = event.systemID, name == ring.systemID { return ring.source != event.source }
      let mayBeOne = ring.station == nil || event.station == nil || ring.station == event.station
      return mayBeOne && ring.source != event.source
        && abs(event.at - ring.at) <= CallList.untoldWindow
        && Self.isSame(event.caller, ring.caller)
    }
  }

  /// Whether what the telephone shows may be what the program has it show.
  static func isSame(_ shown: Caller, _ told: Caller) -> Bool {
    shown.number?.key == told.number?.key || shown.number == nil
  }
}
