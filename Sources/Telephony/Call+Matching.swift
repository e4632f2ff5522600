/// Whether news that no call id leads to is about this call (R5).
extension Call {
  /// Whether the call may be one at `other`: an unknown station may be any.
  func mayBe(at other: String?) -> Bool {
    station == nil || other == nil || station == other
  }

  /// Whether the source told of the call at all.
  func isKnown(to source: SourceID) -> Bool { rings[source] != nil || answers[source] != nil }

  /// The sources that told of the call.
  var tellers: Set<SourceID> { Set(rings.keys).union(answers.keys) }
  /// Whether no other source told of the call.
  func isTold(onlyBy sources: Set<SourceID>) -> Bool {
    sources.isSuperset(of: rings.keys) && sources.isSuperset(of: answers.keys)
  }

  /// Whether nothing in the event speaks of another call: station, direction, the source's call id.
  func agrees(with event: CallEvent) -> Bool {
    guard mayBe(at: event.station) else { return false }
    if let mine = direction, let theirs = event.direction, mine != theirs { return false }
    if isLeft { return true }
    if let mine = callIDs[event.source], let theirs = event.callID, mine != theirs { return false }
    return true
  }

  /// Whether an event of the same caller is about this call, going by when it happened.
  func fits(_ event: CallEvent) -> Bool {
    guard agrees(with: event), event.at >= earliest else { return false }
    switch event.kind {
    case .ring, .request, .other: return fitsRing(event)
    case .answer: return fitsAnswer(event)
    case .end:
      guard isReportedEnded, let ended else { return !isPast(at: event.at) }
      return event.at - ended <= CallList.repeatWindow
    case .vanish: return rings[event.source] != nil
    }
  }

  /// Whether the call has been over for so long that news at `now` is no late news of it.
  func isPast(at now: Moment) -> Bool {
    !isLive && now - max(lastNews, ended ?? lastNews) > CallList.lateWindow
  }

  /// Whether the event is the ring of another call under this one's id: long after this one was over; or of another caller,
  /// after this one's end, or while only its source tells of it, which may never tell an end.
  func isOver(before event: CallEvent) -> Bool {
    guard event.isRinging else { return false }
    guard !isPast(at: event.at) else { return true }
    guard !event.corrects, let mine = caller.number, let theirs = event.caller.number,
      mine.key != theirs.key
    else { return false }
    if isReportedEnded, let ended { return event.at > ended }
    return isTold(onlyBy: [event.source])
  }

  /// Whether an event that begins a call of its own says that this one is over: one source without
  /// call ids tells of the same caller at the same station once more.
  func isReplaced(by event: CallEvent) -> Bool {
    guard event.callID == nil, callIDs[event.source] == nil, agrees(with: event), event.at > began
    else { return false }
    switch state {
    case .ringing: return event.isRinging && Array(rings.keys) == [event.source]
    case .answered: return event.kind == .answer && Array(answers.keys) == [event.source]
    case .silent, .ended: return false
    }
  }

  /// Before this, events are of an earlier call: the beginning, if anybody told of it.
  private var earliest: Moment {
    rings.isEmpty && answered == nil
      ? began - CallList.answeredLifetime : began - CallList.mergeWindow
  }

  private func fitsRing(_ event: CallEvent) -> Bool {
    // A demand in the middle of a call is about that call.
    if event.kind == .request, state == .answered { return true }
    if isLeft { return state == .ringing }
    if let last = rings[event.source] {
      return abs(event.at - last) <= CallList.repeatWindow && !isOver(for: event, after: last)
    }
    // The end came first, and its ring was late.
    if rings.isEmpty, let ended, isReportedEnded { return event.at <= ended }
    return event.at - (rings.values.max() ?? began) <= CallList.mergeWindow
  }

  /// Whether the call was over when the source told of this ring: not when the ring is old news, nor
  /// when the source told of the ring `last` after others had told of the end.
  private func isOver(for event: CallEvent, after last: Moment) -> Bool {
    guard !isLive, let ended else { return false }
    return event.at > ended && last <= ended
  }

  private func fitsAnswer(_ event: CallEvent) -> Bool {
    switch state {
    case .ringing: return true
    case .answered:
      // The answer of a source that told of the ring, or the repetition of an answer.
      let last = answers[event.source] ?? (rings[event.source] == nil ? answered : nil)
      return last.map { event.at - $0 <= CallList.repeatWindow } ?? true
    case .silent where isLeft: return true
    case .silent:
      // A source that has not told of the ring means a call of its own, unless it comes at once.
      let isTellers = isKnown(to: event.source) && !isPast(at: event.at)
      return answered == nil
        && (isTellers || event.at - (ended ?? lastNews) <= CallList.repeatWindow)
    case .ended: return ended.map { event.at <= $0 } ?? false
    }
  }
}
