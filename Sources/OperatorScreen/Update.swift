public import Telephony

/// Takes one message in; returns what is to be done about it.
///
/// The one place that changes a ``Model``, and that knows whether an answer still has a question.
public func update(_ model: inout Model, _ message: Message) -> [Effect] {
  let effects = model.handle(message)
  model.settle()
  if model.missedChange {
    model.missed = MissedCalls(model.journal)
    model.missedChange = false
  }
  return effects + model.openWaiting() + model.announce() + model.reportNews()
}

extension Model {
  mutating func handle(_ message: Message) -> [Effect] {
    switch message {
    case .tick(let now, let wall): return tick(now, wall)
    case .input(let input): return handle(input)
    case .report(.event(let event)): return apply(event)
    case .report(.health(let source, let health)): return setHealth(source, health)
    case .rank(let isFirst): onlyWatches = !isFirst
    case .found(let id, let result, let number): return found(id, result, of: number)
    case .directory(let id, let name, let number): return named(id, name, of: number)
    case .foundForLine(let key, let result): return foundForLine(key, result)
    case .record(let ticket, let result): recordLoaded(ticket, result)
    case .opened(let failure): failure.map { fail(.opening, $0) }
    case .searched(let ticket, let result): searched(ticket, result)
    case .joined(let subject, let result): return joined(subject, result)
    case .notes(let party, let number, let notes): notesRead(notes, party, number)
    case .story(let key, let notes, let earlier): storyRead(notes, earlier, ofLine: key)
    case .journal(let entries):
      journalRead(entries)
      return forgetOld()
    case .journalPage(let entries, let ticket): pageRead(entries, ticket)
    case .resume(let kept): return resume(kept)
    case .forgotten(let time, let left): return dropLines(before: time, besides: left)
    case .journalSaved(let entry, let events): return saved(entry, having: events)
    case .journalRefused(let error): refused(error)
    case .exceptions(let entries): setExceptions(entries)
    case .options(let values, let rows): (policy.options, options) = (values, rows)
    case .dialled(let request, let result): dialled(request, result)
    case .noteSaved(let party, let number, let failure): return noteSaved(party, number, failure)
    case .done(let acknowledgement): say(phrases.acknowledgement(acknowledgement))
    case .trouble(let what, let sentence): fail(what, sentence)
    case .failed(let error): fail(.request, error.sentence)
    case .noPattern(let text): say(phrases.noPattern(text), isAlert: true)
    }
    return []
  }

  private mutating func tick(_ now: Moment, _ wall: WallTime) -> [Effect] {
    var effects = read(now, wall)
    if let notice, notice.until <= now { self.notice = nil }
    // Not at every tick: in a flood there are thousands of calls, and many ticks.
    if let due = expiryDue, due <= now {
      for id in calls.expire(at: now, ringTimeout: policy.options.ringTimeout) {
        effects += follow(.ended(id))
      }
      expiryDue = calls.nextExpiry(ringTimeout: policy.options.ringTimeout)
    }
    if let due = farewellDue, due <= now {
      corner.removeAll { (pops[$0]?.farewell).map { $0 <= now } ?? false }
      farewellDue = corner.compactMap { pops[$0]?.farewell }.min()
    }
    prune()
    return effects + retryLookUps() + retryJournal() + forgetDaily()
  }

  private mutating func setHealth(_ source: SourceID, _ health: SourceHealth) -> [Effect] {
    let before = sources.first { $0.id == source }?.health
    if let index = sources.firstIndex(where: { $0.id == source }) {
      sources[index].health = health
    } else {
      sources.append(SourceState(id: source, health: health))
    }
    if source == .erp {
      // Who rings since before may be somebody whom it alone knows.
      guard case .down = before, health == .up else { return [] }
      return visibleCalls.flatMap { ask(again: $0) }
    }
    // The launcher's programs end with each message: its socket says nothing of the telephone.
    guard source != .launcher else { return [] }
    let since: Moment? = if case .down(_, let since, _) = health { since } else { nil }
    let found = calls.setOutage(source, since: since, at: now)
    expiryDue = calls.nextExpiry(ringTimeout: policy.options.ringTimeout)
    return found.flatMap { follow(.identified($0)) }
  }

  /// Shows a sentence at the foot for a while.
  mutating func say(_ text: String, isAlert: Bool = false) {
    let span = isAlert ? Self.alertTime : Self.noticeTime
    notice = Notice(text: text, isAlert: isAlert, until: now + span)
  }

  /// Says why nothing is done.
  mutating func refuse(_ text: String, isAlert: Bool = false) -> [Effect] {
    say(text, isAlert: isAlert)
    return []
  }

  /// Says in the operator's words what failed, and then why.
  mutating func fail(_ what: Failure, _ sentence: String) {
    say(phrases.failed(what, sentence), isAlert: true)
  }

  mutating func claimTicket() -> Int {
    tickets += 1
    return tickets
  }

  /// Keeps the selection on something that is there: it moves by itself only when its call has
  /// gone, or when nothing was selected (R6). While a dialog has the keyboard no call gets it, so that
  /// one Enter too many in a form opens no record.
  mutating func settle() {
    switch selection {
    case .call(let id, _) where isSelectable(id): return
    case .journal(let key) where isShown(key): return
    case .call, .journal, .nothing:
      let next = dialog == nil ? visibleCalls.first(where: isSelectable) : nil
      selection = next.map { .call($0, since: now) } ?? .nothing
    }
  }

  /// The calls that the corner shows, oldest first.
  public var visibleCalls: [Call.ID] { Array(corner.prefix(Self.cornerLimit)) }

  private func isSelectable(_ id: Call.ID) -> Bool {
    visibleCalls.contains(id) && pops[id]?.farewell == nil
  }

  /// When something on the screen changes although nothing happens: running times, countdowns, a
  /// button that becomes ready, midnight. Nil: never.
  public var nextWake: Moment? {
    var wakes: [Moment] = []
    if let notice { wakes.append(notice.until) }
    if case .call(_, let since) = selection, now - since < Self.guardTime {
      wakes.append(since + Self.guardTime)
    }
    if let farewellDue { wakes.append(farewellDue) }
    let counts = sources.contains {
      if case .down(_, _, .some) = $0.health { true } else { false }
    }
    if desk.face == .framed, !visibleCalls.isEmpty || counts {
      wakes.append(now + (1000 - wall.milliseconds % 1000))
    } else if calls.hasLive {
      // Nothing to show of it, but it may have to end.
      wakes.append(now + 5_000)
    }
    if let news = nextNews { wakes.append(news) }
    if isQuiet, let end = policy.pause?.upperBound { wakes.append(end) }
    if let retry = journalRetry { wakes.append(retry) }
    wakes.append(now + (WallTime.day - wall.timeOfDay))
    return wakes.min()
  }
}
