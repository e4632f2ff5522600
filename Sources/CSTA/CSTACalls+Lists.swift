import Telephony

/// What a list of the device's calls says, and what is done without one.
extension CSTACalls {
  /// A call so young may not be in a list yet, which is written behind the events [ms].
  private static let youth: Int64 = 5_000
  /// How often a ring is told again, and for how long [ms]: a window gives up one of which nothing is heard (R5a).
  private static let reminder: Int64 = 60_000
  private static let longestRing: Int64 = 600_000

  /// All calls are going to be listed.
  mutating func suspect(at now: Moment, isConnectionNew: Bool) {
    for place in calls.indices where isConnectionNew || now - calls[place].told >= Self.youth {
      calls[place].isSuspect = true
    }
  }

  /// The calls that there are; what has gone meanwhile ends. The rows of which nobody knows who is in them follow.
  mutating func adopt(
    _ list: CSTASnapshot, at now: Moment
  ) -> (news: [CallEvent], unknown: [CSTASnapshot.Row]) {
    var unknown: [CSTASnapshot.Row] = []
    for row in list.rows where row.own != "null" {
      if let device = row.device { station.learn(device) }
      guard let place = place(row.call) else {
        if ["alerting", "connected", "hold"].contains(row.own) { unknown.append(row) }
        continue
      }
      calls[place].isSuspect = false
      if calls[place].direction == .incoming, row.own == "connected" || row.own == "hold" {
        answer(place, now)
      }
    }
    return (settle(at: now), unknown)
  }

  /// Who is in a call of the list; nil: the switch does not say.
  mutating func adopt(
    _ call: CSTASnapshot?, of row: CSTASnapshot.Row, at now: Moment
  ) -> [CallEvent] {
    guard place(row.call) == nil else { return [] }
    let others = (call?.rows ?? []).filter { !station.isOwn($0.party) && !station.isOwn($0.device) }
    let rings =
      row.states.dropFirst().contains("alerting") || others.contains { $0.own == "alerting" }
    let isCaller = call?.calling.map(station.isOwn) ?? false
    let isCalled = call?.calling.map { $0.isKnown || $0.isRestricted } ?? false
    let direction: Direction? =
      row.own == "alerting" ? .incoming : isCaller || rings ? .outgoing : isCalled ? .incoming : nil
    let other = direction == .outgoing ? call?.called : call?.calling
    let isNamed = other.map { $0.isRestricted || $0.isKnown && !station.isOwn($0) } ?? false
    let party = isNamed ? other : others.count == 1 ? others[0].party ?? others[0].device : nil
    let caller = party.map { station.caller($0) } ?? Caller(identity: .untold)
    let isRinging = row.own == "alerting" || direction == .outgoing && rings
    var entry = CSTACall(
      name: unusedName(row.call, now), call: row.call, direction: direction, caller: caller,
      state: isRinging ? .ringing : .answered, device: row.device?.raw ?? station.device,
      began: now, told: now)
    if direction == .incoming { entry.called = station.called(call?.called, from: caller) }
    report(isRinging ? .ring : .answer, add(entry, now), now)
    return drainNews()
  }

  /// All calls have been listed, or cannot be: nobody told how the others ended.
  mutating func settle(at now: Moment) -> [CallEvent] {
    for call in calls.filter(\.isSuspect).map(\.call) {
      guard let place = place(call) else { continue }
      let isRing = calls[place].state == .ringing && calls[place].direction != .outgoing
      end(place, isRing ? .vanish : .end(.lost), now)
    }
    return drainNews()
  }

  /// The connection has been down for so long that nobody knows what became of the calls.
  mutating func giveUp(at now: Moment) -> [CallEvent] {
    suspect(at: now, isConnectionNew: true)
    return settle(at: now)
  }

  /// When a ring is to be told again; nil: none goes on.
  var nextReminder: Moment? {
    calls.filter(Self.isReminded).map { $0.told + Self.reminder }.min()
  }

  /// The rings that go on, told again.
  mutating func remind(at now: Moment) -> [CallEvent] {
    for place in calls.indices
    where Self.isReminded(calls[place]) && now >= calls[place].told + Self.reminder {
      report(.ring, place, now)
    }
    return drainNews()
  }

  private static func isReminded(_ call: CSTACall) -> Bool {
    call.state == .ringing && call.direction == .incoming && !call.isSuspect
      && call.told - call.began < longestRing
  }
}
