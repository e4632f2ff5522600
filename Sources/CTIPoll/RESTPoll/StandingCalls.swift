import Telephony

/// Turns what a server says again and again into facts, each told once (R5, R5a).
///
/// A polled value is one call until it is absent or different once, whatever its event word does
/// meanwhile; a call then vanishes unless its end was told. Calls that are pushed stand beside each
/// other, because the end of each is pushed as well.
struct StandingCalls {
  /// How many pushed calls are remembered.
  private static let memory = 32
  /// Of how many numbers the calls are counted.
  private static let counted = 1_024

  private let source: SourceID
  private let station: String
  /// Oldest first.
  private var standing: [StandingCall] = []
  /// The names by the server's ids of those that were told of, oldest first.
  private var told: [String] = []
  /// How many calls of a number there were, where the server has no ids.
  private var counts: [String: Int] = [:]

  /// No call yet at the station.
  init(source: SourceID, station: String) {
    self.source = source
    self.station = station
  }

  /// Takes in the value that the server answers now; nil: no call.
  mutating func poll(_ call: ServerCall?, now: Moment) -> [CallEvent] {
    let match = call.flatMap { call in standing.lastIndex { $0.isContinued(by: call) } }
    let gone = standing.indices.filter { $0 != match && !standing[$0].call.kind.isEnd }
    let vanished = gone.map { event(standing[$0], kind: .vanish, at: now) }
    standing = match.map { [standing[$0]] } ?? []
    return vanished + (call.map { push($0) } ?? [])
  }

  /// Takes in a fact that the server tells by itself.
  mutating func push(_ call: ServerCall) -> [CallEvent] {
    guard let match = match(call) else {
      let new = StandingCall(callID: name(call), call: call)
      standing = standing.suffix(Self.memory - 1) + [new]
      return [event(new, kind: call.kind, at: call.at)]
    }
    let before = standing[match].call
    // A ring that is told after the answer of its call is old news.
    if before.kind == .answer, call.kind == .ring { return [] }
    standing[match].call = call
    standing[match].call.id = call.id ?? before.id
    let isNews =
      before.kind != call.kind || before.caller.identity != call.caller.identity
      || before.caller.name != call.caller.name
    return isNews ? [event(standing[match], kind: call.kind, at: call.at)] : []
  }

  /// The call that the news are about: what was told under their id, whoever stands now, else one that they continue. A
  /// stream that comes back tells of those before, too.
  private func match(_ news: ServerCall) -> Int? {
    if let name = Self.name(news), told.contains(name) {
      return standing.lastIndex { $0.callID == name }
    }
    return standing.lastIndex { $0.isContinued(by: news) }
  }

  /// The server's id together with the number, because not every server's ids are unique; without one, its place
  /// among the calls of the number: a window that follows another one names what still stands as that one did, and
  /// another caller otherwise.
  private mutating func name(_ call: ServerCall) -> String {
    if let name = Self.name(call) {
      told = told.suffix(Self.memory - 1) + [name]
      return name
    }
    let number = call.caller.number?.key ?? ""
    if counts.count >= Self.counted { counts = [:] }
    let count = (counts[number] ?? 0) + 1
    counts[number] = count
    return "value \(number) \(count)"
  }

  private static func name(_ call: ServerCall) -> String? {
    call.id.map { "\($0) \(call.caller.number?.key ?? "")" }
  }

  private func event(_ standing: StandingCall, kind: CallEvent.Kind, at: Moment) -> CallEvent {
    CallEvent(
      source: source, kind: kind, at: at, callID: standing.callID, station: station,
      direction: standing.call.direction, caller: standing.call.caller)
  }
}
