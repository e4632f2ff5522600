/// How one call takes news of itself.
extension Call {
  /// Takes the event in and says what it changed.
  mutating func take(_ event: CallEvent) -> [CallChange] {
    if event.kind == .vanish { return vanish(from: event) }
    lastNews = max(lastNews, event.at)
    let changes = identify(event)
    switch event.kind {
    case .ring, .request, .other: return changes + ring(event)
    case .answer: return changes + answer(event)
    case .end(let reason): return changes + end(event, reason)
    case .vanish: return changes
    }
  }

  /// Whether nobody can have more to say of how the call ended than was reported.
  var isReportedEnded: Bool {
    if case .ended = state { true } else { false }
  }

  /// Whether the call may be one at `other`: an unknown station may be any.
  func mayBe(at other: String?) -> Bool {
    station == nil || other == nil || station == other
  }

  /// Whether an event of the same number, whose call id names no call, may be about this one (R5).
  func fits(_ event: CallEvent) -> Bool {
    guard mayBe(at: event.station) else { return false }
    if let mine = direction, let theirs = event.direction, mine != theirs { return false }
    if let mine = callIDs[event.source], let theirs = event.callID, mine != theirs { return false }
    switch event.kind {
    case .answer, .end: return true
    case .vanish: return rings[event.source] != nil
    case .ring, .request, .other:
      guard isLive else { return false }
      if let last = rings[event.source] {
        return abs(event.at - last) <= CallList.repeatWindow
      }
      return abs(event.at - began) <= CallList.mergeWindow
    }
  }

  /// Whether a ring that is a call of its own says that this one is over: one source without call
  /// ids, the same number at the same station.
  func isReplaced(by event: CallEvent) -> Bool {
    event.kind != .answer && event.callID == nil && callIDs[event.source] == nil
      && rings[event.source] != nil && Set(rings.keys) == [event.source]
      && mayBe(at: event.station) && event.at > began
  }

  private mutating func identify(_ event: CallEvent) -> [CallChange] {
    let before = self
    station = station ?? event.station
    direction = direction ?? event.direction
    if caller.number == nil, event.caller.number != nil {
      let name = caller.name
      caller = event.caller
      caller.name = caller.name ?? name
    }
    caller.name = caller.name ?? event.caller.name
    let isNews = before.caller != caller || before.direction != direction
    return isNews ? [.identified(id)] : []
  }

  private mutating func ring(_ event: CallEvent) -> [CallChange] {
    let rangBefore = !rings.isEmpty
    rings[event.source] = max(rings[event.source] ?? event.at, event.at)
    began = min(began, event.at)
    if !isLive {
      // The ring of a call whose end came first: the journal now knows both.
      return rangBefore ? [] : [.ended(id)]
    }
    return event.isDemand ? [.requested(id)] : []
  }

  private mutating func answer(_ event: CallEvent) -> [CallChange] {
    guard answered == nil else { return [] }
    switch state {
    case .ringing, .silent:
      answered = event.at
      state = .answered
      ended = nil
      return [.answered(id)]
    case .ended(.normal), .ended(.failed):
      answered = min(event.at, ended ?? event.at)
      return [.ended(id)]
    case .answered, .ended: return []
    }
  }

  private mutating func end(_ event: CallEvent, _ reason: EndReason) -> [CallChange] {
    if case .ended(let known) = state {
      // One source cannot tell a cancelled call from one that was answered elsewhere; another can.
      guard answered == nil, known == .normal || known == .missed, reason != known,
        reason == .elsewhere || reason == .rejected
      else { return [] }
    }
    if !isReportedEnded { ended = event.at }
    state = .ended(reason)
    return [.ended(id)]
  }

  /// The polled value is gone: ends a ringing call that nobody else tells of (R5a).
  private mutating func vanish(from event: CallEvent) -> [CallChange] {
    guard state == .ringing, rings.keys.allSatisfy({ $0 == event.source }) else { return [] }
    state = .silent
    ended = event.at
    return [.ended(id)]
  }
}

extension CallEvent {
  /// Whether the telephony side asks for the record: a request, or a ring with the keyword.
  var isDemand: Bool { kind == .request || (kind == .ring && popup) }

  /// Whether the event's word is known to nobody.
  var isOther: Bool {
    if case .other = kind { true } else { false }
  }

  /// Whether the event names no number at all, as some phones do when a call ends.
  var tellsNoNumber: Bool {
    switch kind {
    case .answer, .end, .vanish: caller.identity == .withheld && caller.text.isEmpty
    case .ring, .request, .other: false
    }
  }
}
