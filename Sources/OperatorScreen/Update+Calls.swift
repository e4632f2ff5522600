import Telephony

/// What news of calls does to the screen.
extension Model {
  mutating func apply(_ event: CallEvent) -> [Effect] {
    var event = event
    if event.station == nil, !desk.station.isEmpty { event.station = desk.station }
    if event.kind == .dialled, event.callID == nil || event.source == .launcher {
      expectOwn(event.caller, from: event.at)
      return event.keptAs.map { [.keep(.letGo(Receipt($0, line: nil)))] } ?? []
    }
    event.withholdOwn(desk.ownCallers)
    event.read(policy.ownNumbers)
    markOwn(&event)
    let changes = calls.apply(event)
    if let id = calls.latest, let call = calls[id], call.isLive {
      // No call ends sooner, whatever becomes of it; an option that changes meanwhile holds from the next call on.
      let soonest = min(Int64(policy.options.ringTimeout) * 1000, CallList.answeredLifetime)
      expiryDue = min(expiryDue ?? call.lastNews + soonest, call.lastNews + soonest)
    }
    guard let name = event.keptAs else { return changes.flatMap { follow($0) } }
    noteKept(name)
    return keepingLine(of: name, changes.flatMap { follow($0) })
  }

  mutating func follow(_ change: CallChange) -> [Effect] {
    guard let call = calls[change.call] else { return [] }
    noteNews(of: call.id)
    let back =
      pops[call.id] == nil && call.isLive && change.isNewsOfKnown ? bringBack(call) : []
    let effects =
      switch change {
      case .began, .mentioned: introduce(call, change)
      case .identified: identify(call)
      case .requested, .answered: raise(call, change)
      case .ended: end(call)
      }
    return back + effects + saveJournal(of: call.id)
  }

  private mutating func introduce(_ call: Call, _ change: CallChange) -> [Effect] {
    var pop = Pop()
    pop.own = call.own
    pop.hasPopped = isResuming
    pop.wish = policy.wish(for: change, of: call)
    // A call that the station makes does not ask to come up: nothing keeps it quiet either.
    if !call.isOutgoing { pop.verdict = policy.screen(call, isBusy: isBusy(call), at: now) }
    pops[call.id] = pop
    if call.isLive, !call.isMereBusyness { show(call.id) }
    return lookUp(call)
  }

  private mutating func identify(_ call: Call) -> [Effect] {
    guard var pop = pops[call.id] else { return [] }
    if call.isOutgoing {
      (pop.wish, pop.verdict) = (.nothing, .wait)
      waiting.removeAll { $0 == call.id }
    }
    let isOtherNumber = call.caller.number?.key != pop.asked?.key
    let isNewNumber = call.caller.number != nil && isOtherNumber
    let isNewLine = call.own != pop.own
    pop.own = call.own
    let isTurned = pop.wish == .nothing && !call.isOutgoing
    let isAnother = call.wasCorrected && (isOtherNumber || isTurned)
    if isAnother {
      // Somebody else than was thought: the call comes up as if it were new.
      pop = Pop()
      pop.own = call.own
      pop.wish = policy.wish(for: .began(call.id), of: call)
      waiting.removeAll { $0 == call.id }
    }
    if isNewLine, pop.wish != .nothing {
      pop.wish = max(pop.wish, policy.wish(for: .began(call.id), of: call))
    }
    if isNewNumber || isAnother || isTurned || isNewLine, !call.isOutgoing {
      // The number came late: it is screened as if it had been there at once.
      pop.verdict = policy.screen(call, isBusy: isBusy(call), at: call.began)
    }
    pops[call.id] = pop
    if call.isLive { show(call.id) }
    if call.isOutgoing || pop.inhibition != nil { remove(call.id) }
    return isNewNumber || isAnother ? lookUp(call) : isNewLine ? decide(call.id) : []
  }

  private mutating func raise(_ call: Call, _ change: CallChange) -> [Effect] {
    guard let wish = pops[call.id]?.wish else { return [] }
    pops[call.id]?.wish = max(wish, policy.wish(for: change, of: call))
    if change == .requested(call.id) { pops[call.id]?.isHidden = false }
    if call.isLive {
      pops[call.id]?.farewell = nil
      show(call.id)
    }
    return decide(call.id)
  }

  private mutating func end(_ call: Call) -> [Effect] {
    waiting.removeAll { $0 == call.id }
    if pops[call.id] == nil {
      // An end that told of the call for the first time.
      pops[call.id] = Pop()
      return lookUp(call)
    }
    let isShown = corner.contains(call.id)
    if call.outcome == .answeredElsewhere, isShown {
      let leaves = now + Self.farewellTime
      pops[call.id]?.farewell = leaves
      farewellDue = min(farewellDue ?? leaves, leaves)
    } else {
      remove(call.id)
    }
    return []
  }

  /// The answer of the directory; dropped when the call is forgotten, or has another number by now.
  mutating func found(
    _ id: Call.ID, _ result: Result<[Match], DirectoryError>, of number: PhoneNumber?
  ) -> [Effect] {
    guard let pop = pops[id], number == nil || number?.key == pop.asked?.key else { return [] }
    screenAgain(id)
    switch result {
    case .success(let matches):
      // A second answer leaves the operator's choice where it is.
      let meant = pops[id]?.party ?? pops[id]?.chosen?.party
      pops[id]?.lookup = .found(matches)
      pops[id]?.choice =
        matches.firstIndex { match in
          meant.map { PartyReference($0).means(match.party) } ?? false
        } ?? 0
    case .failure(let error):
      pops[id]?.lookup = .failed(error.sentence)
      pops[id]?.retry = now + Self.lookupPause
    }
    return decide(id) + saveJournal(of: id) + readNotes(on: id)
  }

  /// A public directory names the caller; dropped when somebody of the third parties is known by now.
  mutating func named(_ id: Call.ID, _ name: String, of number: PhoneNumber) -> [Effect] {
    guard let pop = pops[id], pop.isUnknown, number.key == pop.asked?.key else { return [] }
    pops[id]?.directoryName = name
    return saveJournal(of: id)
  }

  /// What was noted on a number before is worth most when it calls again and still nobody has it.
  private func readNotes(on id: Call.ID) -> [Effect] {
    guard pops[id]?.isUnknown == true, let number = calls[id]?.caller.number else { return [] }
    return [.keep(.readNotes(nil, number: number))]
  }

  /// Exception numbers are read again with every lookup, because other programs write them too: one
  /// that was added or removed a moment ago holds for a call that only the list has judged.
  private mutating func screenAgain(_ id: Call.ID) {
    guard let before = pops[id]?.verdict, let call = calls[id], !call.isOutgoing else { return }
    let wasExcepted = if case .inhibited(.exception) = before { true } else { false }
    guard before == .wait || wasExcepted else { return }
    let verdict = policy.screen(call, isBusy: wasExcepted && isBusy(call), at: call.began)
    pops[id]?.verdict = verdict
    if case .inhibited = verdict {
      remove(id)
    } else if call.isLive {
      show(id)
    }
  }

  /// Asks the policy again, now that more is known.
  private mutating func decide(_ id: Call.ID) -> [Effect] {
    guard let pop = pops[id], pop.inhibition == nil, case .found(let matches) = pop.lookup,
      calls[id]?.isOutgoing == false
    else { return [] }
    pops[id]?.verdict = policy.decide(pop.wish, matches: matches)
    switch pops[id]?.verdict {
    case .inhibited: remove(id)
    case .open where !pop.hasPopped && !pop.isHidden && calls[id]?.isLive == true:
      if !waiting.contains(id) { waiting.append(id) }
    default: break
    }
    return []
  }

  /// Opens the records that waited for the keyboard, in the order of their calls: not while a
  /// dialog is open, nor over the record of another call that is going on (R6).
  mutating func openWaiting() -> [Effect] {
    var effects: [Effect] = []
    while dialog == nil, let id = waiting.first,
      !opensCard(calls[id]?.own) || !isReadingRecord(besides: id)
    {
      waiting.removeFirst()
      effects += openRecord(of: id)
      // What had the keyboard keeps it, although a record lies beside it now.
      guard card?.place == .call(id) else { continue }
      switch selection {
      case .nothing, .call(id, _): card?.yields = false
      case .call, .journal: card?.yields = true
      }
    }
    return effects
  }

  /// Whether the open record is that of another call which is going on.
  private func isReadingRecord(besides id: Call.ID) -> Bool {
    let reading: Call? =
      switch card?.place {
      case .call(let other): calls[other]
      case .line(let key): call(ofLine: key)
      case nil: nil
      }
    return reading.map { $0.id != id && $0.isLive } ?? false
  }

  /// Asks the directory who has the call's number; nothing to ask when there is none.
  mutating func lookUp(_ call: Call) -> [Effect] {
    guard let number = call.caller.number else { return [] }
    pops[call.id]?.lookup = .running
    pops[call.id]?.asked = number
    pops[call.id]?.askedAt = now
    pops[call.id]?.retry = nil
    return [.ask(.lookUp(call.id, number))]
  }

  /// Asks the directory again for the calls that are shown without an answer.
  mutating func retryLookUps() -> [Effect] {
    visibleCalls.flatMap { id -> [Effect] in
      guard let retry = pops[id]?.retry, retry <= now else { return [] }
      return ask(again: id)
    }
  }

  /// Asks once more who has a call's number; until the answer comes, the one before stands.
  mutating func ask(again id: Call.ID) -> [Effect] {
    guard let number = calls[id]?.caller.number else { return [] }
    pops[id]?.retry = nil
    return [.ask(.lookUp(id, number))]
  }

  /// Forgets what was shown of calls that are forgotten.
  mutating func prune() {
    guard max(pops.count, lineKeys.count) > popsKept + 2 * CallList.memory else { return }
    pops = pops.filter { calls[$0.key] != nil }
    lineKeys = lineKeys.filter { calls[$0.key] != nil }
    callsOfLines = callsOfLines.filter { calls[$0.value] != nil }
    popsKept = max(0, pops.count - CallList.memory)
  }

  private func isBusy(_ call: Call) -> Bool {
    calls.isBusy(station: call.station, except: call.id)
  }

  mutating func show(_ id: Call.ID) {
    guard let pop = pops[id], pop.inhibition == nil, !pop.isHidden, pop.wish > .nothing,
      !corner.contains(id)
    else { return }
    corner.insertInOrder(id)
  }

  mutating func remove(_ id: Call.ID) {
    corner.removeAll { $0 == id }
  }
}

extension CallChange {
  /// Whether it tells of a call that was known before.
  fileprivate var isNewsOfKnown: Bool {
    switch self {
    case .identified, .requested, .answered: true
    case .began, .mentioned, .ended: false
    }
  }

  /// The call that changed.
  var call: Call.ID {
    switch self {
    case .began(let id), .mentioned(let id), .identified(let id), .requested(let id),
      .answered(let id), .ended(let id):
      id
    }
  }
}
