package import PhoneNumbers
package import Telephony

/// The calls of a softphone, by what it tells of them: its events in, ours out.
///
/// baresip says of a call that it is closed, not what became of it: that takes who called whom, and
/// whether it was established.
package struct BaresipCalls {
  /// How many calls are remembered at once; a softphone has a handful.
  private static let limit = 100

  private struct Known {
    var callID: String?
    var peer: String
    var isOutgoing: Bool
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

  /// What the softphone's event says of a call; nil when it is about something else.
  package mutating func take(_ event: BaresipEvent, at now: Moment) -> CallEvent? {
    guard !event.peer.isEmpty, event.callID != nil || event.type != "CALL_CLOSED" else {
      return nil
    }
    switch event.type {
    case "CALL_INCOMING", "CALL_RINGING", "CALL_PROGRESS", "CALL_OUTGOING":
      let index = note(event)
      return report(.ring, of: index, at: now)
    case "CALL_ANSWERED", "CALL_ESTABLISHED":
      let index = note(event)
      known[index].isAnswered = true
      return report(.answer, of: index, at: now)
    case "CALL_CLOSED":
      let wasKnown = index(of: event.callID, peer: event.peer) != nil
      let index = note(event)
      let reason = wasKnown ? ending(of: known[index], event.detail) : .normal
      defer { known.remove(at: index) }
      return report(.end(reason), of: index, at: now)
    default: return nil
    }
  }

  /// Brings the calls up to date with what the softphone lists, after a time without a connection.
  package mutating func adopt(_ listed: [BaresipListing], at now: Moment) -> [CallEvent] {
    var events: [CallEvent] = []
    for (index, call) in known.enumerated().reversed()
    where !listed.contains(where: { $0.isOf(call.callID, peer: call.peer) }) {
      // What became of a ringing call, nobody knows: it may still ring elsewhere.
      let kind: CallEvent.Kind = call.isAnswered || call.isOutgoing ? .end(.normal) : .vanish
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
        callID: call.callID, peer: call.peer, isOutgoing: call.state == .outgoing,
        isAnswered: isAnswered, caller: plan.caller(call.peer)))
    var event = report(
      isAnswered ? .answer : .ring, of: known.count - 1, at: now - Int64(call.age) * 1000)
    // The list does not say who called whom of a call that is established.
    if isAnswered { event.direction = nil }
    return event
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
  }

  private func report(_ kind: CallEvent.Kind, of index: Int, at: Moment) -> CallEvent {
    let call = known[index]
    return CallEvent(
      source: source, kind: kind, at: at, callID: call.callID,
      direction: call.isOutgoing ? .outgoing : .incoming, caller: call.caller, line: call.line)
  }

  /// Why a call is over. The same words stand for a caller who gave up and for a call that was answered
  /// elsewhere: only another source can tell those apart.
  private func ending(of call: Known, _ detail: String) -> EndReason {
    if call.isAnswered { return .normal }
    guard call.isOutgoing else { return detail.hasSuffix("by user") ? .rejected : .missed }
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
