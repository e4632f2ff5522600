/// How one call takes news of itself.
///
/// What is known in the end does not depend on the order of the news, nor on its repetition: the
/// earliest answer and the earliest end count, and of several reasons the one that tells most.
extension Call {
  /// How many words of one source's about the end are kept.
  private static let endings = 16

  /// Takes the event in and says what it changed.
  mutating func apply(_ event: CallEvent) -> [CallChange] {
    if event.kind == .vanish { return vanish(from: event) }
    var event = event
    if event.kind == .answer, isMade(besides: event.source) { event.kind = .ring }
    lastNews = max(lastNews, event.at)
    isLeft = false
    let changes = identify(event)
    let rangBefore = hasRung
    let wasToldOf = !rings.isEmpty
    let (wasDoubtful, wasOver) = (isDoubtful, ending != nil)
    note(event)
    switch event.kind {
    case .ring, .request, .other:
      return changes + ring(event, isFirst: hasRung && !rangBefore, wasToldOf: wasToldOf)
    case .answer: return changes + answer(event, wasDoubtful: wasDoubtful, wasOver: wasOver)
    case .end: return changes + end()
    case .vanish: return changes
    }
  }

  /// Whether a program has the station make it, as a source other than this one knows.
  private func isMade(besides source: SourceID) -> Bool { maker.map { $0 != source } ?? false }

  /// Notes that a program has the station make this call, as the event says. A source that sees only the telephone took it
  /// for a call that came in, and was answered as soon as the station picked up.
  mutating func setMaker(_ event: CallEvent) {
    (maker, direction) = (event.source, .outgoing)
    for source in answers.keys where source != event.source {
      rings[source] = rings[source] ?? answers[source]
      answers[source] = nil
    }
    if answers.isEmpty {
      (answered, isSurelyAnswered, isDoubted) = (nil, false, false)
      if state == .answered { state = .ringing }
    }
    if event.caller.tellsMore(than: caller) { caller = event.caller }
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

  /// A source that told of the call is within reach again, and has not told of its end.
  mutating func recover(at now: Moment) {
    (isLost, ended, lastNews) = (false, nil, now)
    state = answered == nil ? .ringing : .answered
  }

  /// Keeps who said what, for news without a call id and for the policy.
  mutating func note(_ event: CallEvent) {
    switch event.kind {
    case .ring, .request, .other:
      isNameless = event.isNameless && (rings.isEmpty || isNameless)
      rings[event.source] = max(rings[event.source] ?? event.at, event.at)
      hasRung = hasRung || !event.isOther
      isDemanded = isDemanded || event.isDemand
    case .answer:
      answers[event.source] = max(answers[event.source] ?? event.at, event.at)
      if event.doubt == nil { isSurelyAnswered = true } else { isDoubted = true }
    case .end(let reason):
      let ending = Ending(reason: reason, at: event.at)
      let told = ends[event.source] ?? []
      if !told.contains(ending) { ends[event.source] = told.suffix(Self.endings - 1) + [ending] }
    case .vanish: break
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
    } else if corrected == nil, event.caller.tellsMore(than: caller) {
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
      if let ending { return conclude(ending) || !wasToldOf ? [.ended(id)] : [] }
      (state, ended, isLost) = (answered == nil ? .ringing : .answered, nil, false)
      return answered == nil ? [.requested(id)] : [.answered(id)]
    }
  }

  private mutating func answer(
    _ event: CallEvent, wasDoubtful: Bool, wasOver: Bool
  ) -> [CallChange] {
    let before = (state: state, answered: answered)
    let settles = wasDoubtful && !isDoubtful
    answered = min(answered ?? event.at, event.at)
    if let ending, isReportedEnded || !wasOver {
      let isNews = conclude(ending) || answered != before.answered || settles
      return isNews ? [.ended(id)] : []
    }
    state = .answered
    (ended, isLost) = (nil, false)
    return before.state == .answered ? settles ? [.answered(id)] : [] : [.answered(id)]
  }

  private mutating func end() -> [CallChange] {
    guard let ending else { return [] }
    return conclude(ending) ? [.ended(id)] : []
  }

  /// The call is over; whether that is news.
  private mutating func conclude(_ ending: Ending) -> Bool {
    let before = (state, ended)
    (state, ended, isLost) = (.ended(ending.reason), ending.at, false)
    return before != (state, ended)
  }

  /// How it ended, by all that count: the earliest report, and of several reasons the one that tells most; nil: it goes on.
  private var ending: Ending? {
    ends.reduce(nil) { all, told in
      told.value.filter { counts($0, of: told.key) }
        .reduce(all) { $0?.joined(with: $1) ?? $1 }
    }
  }

  /// Whether the source's word of the end is about the whole call. A telephone that only rang tells of its own ring when this
  /// line took the call at another one; a source that hears of no end, or lost the way to it, knows less than one that goes on
  /// to tell of it; and of a program's call only a source that knows it as one can tell.
  private func counts(_ ending: Ending, of source: SourceID) -> Bool {
    if isMade(besides: source) { return false }
    // It rings again after that: a queue comes back to a telephone that did not answer.
    if let ring = rings[source], ending.at < min(ring, answered ?? ring) { return false }
    return switch ending.reason {
    case .unheard: answers.keys.allSatisfy { $0 == source }
    case .untold, .missed, .rejected, .elsewhere:
      !isSurelyAnswered || answers[source].map { $0 <= ending.at } ?? false
    // Who had told of more than a ring came back and found it over.
    case .lost: answers[source] != nil || isOutgoing || tellers.allSatisfy { ends[$0] != nil }
    case .normal, .failed: true
    }
  }

  /// The polled value is gone: ends a ringing call that nobody else tells of (R5a).
  private mutating func vanish(from event: CallEvent) -> [CallChange] {
    guard state == .ringing, rings.keys.allSatisfy({ $0 == event.source }) else { return [] }
    silence(at: event.at)
    return [.ended(id)]
  }
}

extension Call.Ending {
  /// What both say together. A source that hears of no end gives the time of the answer, or of its own outage.
  func joined(with other: Self) -> Self {
    let reason = reason.tellsMore(than: other.reason) ? reason : other.reason
    if isHeard != other.isHeard { return Self(reason: reason, at: isHeard ? at : other.at) }
    return Self(reason: reason, at: min(at, other.at))
  }

  private var isHeard: Bool { reason != .unheard && reason != .lost }
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
    case .untold: 1
    case .missed: 2
    case .failed: 3
    case .rejected: 4
    case .elsewhere: 5
    }
  }
}

extension CallEvent {
  /// Whether the telephony side asks for the record: a request, or a ring with the keyword.
  var isDemand: Bool { kind == .request || (kind == .ring && popup) }

  /// Whether it tells of a ring of which its source cannot tell who calls: nobody said that he is withheld.
  var isNameless: Bool { isRinging && caller.isWithheld && doubt == .caller }

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
