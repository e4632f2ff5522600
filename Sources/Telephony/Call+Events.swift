/// How one call takes news of itself.
///
/// What is known in the end does not depend on the order of the news, nor on its repetition: the
/// earliest answer and the earliest end count, and of several reasons the one that tells most.
extension Call {
  /// Takes the event in and says what it changed.
  mutating func apply(_ event: CallEvent) -> [CallChange] {
    if event.kind == .vanish { return vanish(from: event) }
    lastNews = max(lastNews, event.at)
    let changes = identify(event)
    let rangBefore = hasRung
    let wasToldOf = !rings.isEmpty
    let wasDoubtful = isDoubtful
    note(event)
    switch event.kind {
    case .ring, .request, .other:
      return changes + ring(event, isFirst: hasRung && !rangBefore, wasToldOf: wasToldOf)
    case .answer: return changes + answer(event, wasDoubtful: wasDoubtful)
    case .end(let reason): return changes + end(event, reason)
    case .vanish: return changes
    }
  }

  /// Nobody told of the call for too long, or another took its place.
  mutating func silence(at now: Moment) {
    state = .silent
    ended = now
  }

  /// Everybody who told of the call is out of reach.
  mutating func lose(at now: Moment) {
    silence(at: now)
    isLost = true
  }

  /// Somebody who told of the call is within reach again, and has not told of its end.
  mutating func recover(at now: Moment) {
    (isLost, ended, lastNews) = (false, nil, now)
    state = answered == nil ? .ringing : .answered
  }

  /// Keeps who said what, for news without a call id and for the policy.
  mutating func note(_ event: CallEvent) {
    switch event.kind {
    case .ring, .request, .other:
      rings[event.source] = max(rings[event.source] ?? event.at, event.at)
      hasRung = hasRung || !event.isOther
      isDemanded = isDemanded || event.isDemand
    case .answer:
      answers[event.source] = max(answers[event.source] ?? event.at, event.at)
      if event.doubt == nil { isSurelyAnswered = true } else { isDoubted = true }
    case .end, .vanish: break
    }
  }

  private mutating func identify(_ event: CallEvent) -> [CallChange] {
    let before = self
    station = station ?? event.station
    direction = direction ?? event.direction
    if let told = event.own { own = own?.filled(from: told) ?? told }
    if event.corrects, corrected.map({ event.at >= $0 }) ?? true {
      corrected = event.at
      caller = event.caller
      direction = event.direction ?? direction
    } else if event.caller.tellsMore(than: caller) {
      let name = caller.name
      caller = event.caller
      caller.name = caller.name ?? name
    }
    caller.name = caller.name ?? event.caller.name
    let isNews = before.caller != caller || before.direction != direction || before.own != own
    return isNews ? [.identified(id)] : []
  }

  private mutating func ring(
    _ event: CallEvent, isFirst: Bool, wasToldOf: Bool
  ) -> [CallChange] {
    began = min(began, event.at)
    switch state {
    case .ringing, .answered: return isFirst || event.isDemand ? [.requested(id)] : []
    case .silent:
      guard answered == nil, let given = ended, event.at > given else { return [] }
      state = .ringing
      (ended, isLost) = (nil, false)
      return [.requested(id)]
    case .ended:
      // The ring of a call whose end came first: the journal now knows both.
      return wasToldOf ? [] : [.ended(id)]
    }
  }

  private mutating func answer(_ event: CallEvent, wasDoubtful: Bool) -> [CallChange] {
    let before = (state: state, answered: answered)
    let settles = wasDoubtful && !isDoubtful
    answered = min(answered ?? event.at, event.at)
    let goesOn = state == .ended(.unheard) && answers.keys.count > 1
    if isReportedEnded, !goesOn {
      return answered == before.answered && !settles ? [] : [.ended(id)]
    }
    state = .answered
    (ended, isLost) = (nil, false)
    return before.state == .answered ? settles ? [.answered(id)] : [] : [.answered(id)]
  }

  private mutating func end(_ event: CallEvent, _ reason: EndReason) -> [CallChange] {
    if reason == .unheard, isLive, answers.keys.contains(where: { $0 != event.source }) {
      return []
    }
    guard case .ended(let known) = state, let first = ended else {
      state = .ended(reason)
      (ended, isLost) = (event.at, false)
      return [.ended(id)]
    }
    // One source cannot tell a cancelled call from one that was answered elsewhere; another can.
    state = .ended(known.tellsMore(than: reason) ? known : reason)
    // Who hears of no end says when it was answered.
    ended =
      switch (known, reason) {
      case (.unheard, .unheard): min(first, event.at)
      case (.unheard, _): event.at
      case (_, .unheard): first
      default: min(first, event.at)
      }
    return state == .ended(known) && ended == first ? [] : [.ended(id)]
  }

  /// The polled value is gone: ends a ringing call that nobody else tells of (R5a).
  private mutating func vanish(from event: CallEvent) -> [CallChange] {
    guard state == .ringing, rings.keys.allSatisfy({ $0 == event.source }) else { return [] }
    silence(at: event.at)
    return [.ended(id)]
  }
}

extension EndReason {
  /// Whether this says more of what became of a call than `other`: that a colleague has the caller
  /// counts above all, and that nothing particular was said counts last.
  fileprivate func tellsMore(than other: EndReason) -> Bool { weight > other.weight }

  private var weight: Int {
    switch self {
    case .unheard: -2
    case .lost: -1
    case .normal: 0
    case .missed: 1
    case .failed: 2
    case .rejected: 3
    case .elsewhere: 4
    }
  }
}

extension CallEvent {
  /// Whether the telephony side asks for the record: a request, or a ring with the keyword.
  var isDemand: Bool { kind == .request || (kind == .ring && popup) }

  /// Whether the event's word is known to nobody.
  var isOther: Bool {
    if case .other = kind { true } else { false }
  }

  /// Whether it tells of a call that rings, or has not been told of as anything else.
  var isRinging: Bool {
    switch kind {
    case .ring, .request, .other: true
    case .answer, .end, .vanish: false
    }
  }

  /// Whether the event names no number at all, as some phones do when a call ends.
  var tellsNoNumber: Bool { !isRinging && caller.isWithheld && caller.text.isEmpty }
}
