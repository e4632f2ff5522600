package import PhoneNumbers
package import Telephony

/// The calls of a softphone, by what it tells of them: its events in, ours out.
///
/// baresip says of a call that it is closed, not what became of it: that takes who called whom, and
/// whether it was established. Before it has a name for a call, and when it could not begin one, it tells of it by the
/// other end alone.
package struct BaresipCalls {
  /// How many calls are remembered at once; a softphone has a handful.
  private static let limit = 100

  private struct Known {
    var callID: String?
    var peer: String
    /// Nil when nobody said who called whom: some lists do not.
    var isOutgoing: Bool?
    var isAnswered: Bool
    var caller: Caller
    var line: String?
  }

  private let source: SourceID
  private let plan: NumberPlan
  private var known: [Known] = []

  /// No call yet.
  package init(source: SourceID, plan: NumberPlan) {
    self.source = source
    self.plan = plan
  }

  /// What the softphone's event says of calls; nothing when it is about something else.
  package mutating func apply(_ event: BaresipEvent, at now: Moment) -> [CallEvent] {
    switch event.type {
    case "SHUTDOWN", "EXIT": return lose(at: now)
    case _ where event.peer.isEmpty: return []
    case "CALL_INCOMING", "CALL_RINGING", "CALL_PROGRESS", "CALL_OUTGOING":
      let index = note(event)
      return [report(.ring, of: index, at: now)]
    case "CALL_ANSWERED", "CALL_ESTABLISHED":
      let index = note(event)
      known[index].isAnswered = true
      return [report(.answer, of: index, at: now)]
    case "CALL_CLOSED", "CALL_FAILED", "INCOMING_CALL_FAILED": return close(event, at: now)
    default: return []
    }
  }

  private mutating func close(_ event: BaresipEvent, at now: Moment) -> [CallEvent] {
    let place = index(of: event.callID, peer: event.peer) ?? indexWithoutID(event)
    // Without a name it could be any call, and is none of which anything was told.
    guard place != nil || event.callID != nil else { return [] }
    let index = place ?? note(event)
    known[index].callID = known[index].callID ?? event.callID
    let hasFailed = event.type != "CALL_CLOSED" && !known[index].isAnswered
    let reason: EndReason =
      hasFailed ? .failed : place == nil ? .normal : ending(of: known[index], event.detail)
    defer { known.remove(at: index) }
    return [report(.end(reason), of: index, at: now)]
  }

  /// The softphone ends, and of its calls it says no more.
  private mutating func lose(at now: Moment) -> [CallEvent] {
    defer { known = [] }
    return known.indices.map { report(.end(.lost), of: $0, at: now) }
  }

  /// Brings the calls up to date with what the softphone lists, after a time without a connection.
  package mutating func adopt(_ listed: [BaresipListing], at now: Moment) -> [CallEvent] {
    var events: [CallEvent] = []
    for (index, call) in known.enumerated().reversed()
    where !listed.contains(where: { $0.isOf(call.callID, peer: call.peer) }) {
      // What became of a ringing call, nobody knows: it may still ring elsewhere.
      let kind: CallEvent.Kind = call.isAnswered || call.isOutgoing == true ? .end(.lost) : .vanish
      events.append(report(kind, of: index, at: now))
      known.remove(at: index)
    }
    for call in listed.prefix(Self.limit)
    where !known.contains(where: { call.isOf($0.callID, peer: $0.peer) }) {
      events.append(begin(call, at: now))
    }
    return events
  }

  private mutating func begin(_ call: BaresipListing, at now: Moment) -> CallEvent {
    let isAnswered = call.state == .established
    remember(
      Known(
        callID: call.callID, peer: call.peer, isOutgoing: call.isOutgoing,
        isAnswered: isAnswered, caller: plan.caller(call.peer, name: call.name)))
    return report(
      isAnswered ? .answer : .ring, of: known.count - 1, at: now - Int64(clamping: call.age) * 1000)
  }

  /// Where the event's call is remembered, from now on at the latest.
  private mutating func note(_ event: BaresipEvent) -> Int {
    if let index = index(of: event.callID, peer: event.peer) {
      known[index].callID = known[index].callID ?? event.callID
      return index
    }
    remember(
      Known(
        callID: event.callID, peer: event.peer, isOutgoing: event.direction == "outgoing",
        isAnswered: false, caller: plan.caller(event.peer, name: event.name), line: event.account))
    return known.count - 1
  }

  private mutating func remember(_ call: Known) {
    if known.count == Self.limit { known.removeFirst() }
    known.append(call)
  }

  private func index(of callID: String?, peer: String) -> Int? {
    known.firstIndex { $0.callID != nil && $0.callID == callID }
      ?? known.firstIndex { ($0.callID == nil || callID == nil) && $0.peer == peer }
      ?? listedIndex(peer)
  }

  /// The one call without a name whose other end is the same caller: a list writes addresses with their port and
  /// parameters, where events do not.
  private func listedIndex(_ peer: String) -> Int? {
    let caller = plan.caller(peer).identity
    guard case .number = caller else { return nil }
    let same = known.indices.filter {
      known[$0].callID == nil && known[$0].caller.identity == caller
    }
    return same.count == 1 ? same[0] : nil
  }

  /// The one call that began without a name, when the softphone writes its other end differently at the end.
  private func indexWithoutID(_ event: BaresipEvent) -> Int? {
    let unnamed = known.indices.filter { known[$0].callID == nil }
    return event.callID == nil && unnamed.count == 1 ? unnamed[0] : nil
  }

  private func report(_ kind: CallEvent.Kind, of index: Int, at: Moment) -> CallEvent {
    let call = known[index]
    return CallEvent(
      source: source, kind: kind, at: at, callID: call.callID,
      direction: call.isOutgoing.map { $0 ? .outgoing : .incoming }, caller: call.caller,
      line: call.line)
  }

  /// Why a call is over. The same words stand for a caller who gave up and for a call that was answered
  /// elsewhere: only another source can tell those apart.
  private func ending(of call: Known, _ detail: String) -> EndReason {
    if call.isAnswered { return .normal }
    guard call.isOutgoing == true else { return detail.contains("by user") ? .rejected : .missed }
    // A status of RFC 3261 that refuses, except 487: the operator gave up.
    let status = detail.split(separator: " ").first.flatMap { Int($0) } ?? 0
    return (300...699).contains(status) && status != 487 ? .failed : .normal
  }
}

extension BaresipListing {
  /// Whether the line is about the call of this id, or where no id is said, of this peer.
  fileprivate func isOf(_ id: String?, peer: String) -> Bool {
    if let callID, let id { callID == id } else { self.peer == peer }
  }
}
