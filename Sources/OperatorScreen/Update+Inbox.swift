import Telephony

/// Events that an inbox keeps until the journal has what they tell, and those that an earlier window left there.
extension Model {
  /// Notes that the inbox keeps the event that was just taken in. The first one of a call names its line.
  mutating func noteKept(_ name: String) {
    guard let id = calls.latest else { return }
    if lineKeys[id] == nil, pops[id] == nil { setLine(of: id, to: name) }
    kept[journalKey(id), default: []].insert(name)
  }

  /// Sees to it that the event's name goes to the store with its line, also when the event changed nothing; one
  /// that makes no line is let go.
  mutating func keepingLine(of name: String, _ effects: [Effect]) -> [Effect] {
    guard let id = calls.latest else { return effects + [.keep(.letGo(Receipt(name, line: nil)))] }
    let key = journalKey(id)
    let isWritten = effects.contains {
      if case .keep(.saveJournal(let entry, _)) = $0 { entry.key == key } else { false }
    }
    if isWritten { return effects }
    guard let line = line(of: id) else { return effects + [letGo(name, key)] }
    // As it stands on the screen: the clocks drift.
    return effects + [saving(unsaved[key] ?? journal[key] ?? line)]
  }

  private mutating func letGo(_ name: String, _ key: String) -> Effect {
    kept[key]?.remove(name)
    if kept[key]?.isEmpty == true { kept[key] = nil }
    return .keep(.letGo(Receipt(name, line: journal.has(key) ? key : nil)))
  }

  private mutating func setLine(of id: Call.ID, to key: String) {
    lineKeys[id] = key
    callsOfLines[key] = id
  }

  /// Goes on from where an earlier window ended: knows the calls again whose lines the journal has, and takes in
  /// what it has not, each at its own time. Nothing pops a second time.
  mutating func resume(_ earlier: [KeptEvent]) -> [Effect] {
    isResuming = true
    defer { isResuming = false }
    var known: Set<Call.ID> = []
    for item in earlier {
      guard let key = item.line, !key.isEmpty else { continue }
      var event = item.event
      event.read(policy.ownNumbers)
      _ = calls.apply(event, about: callsOfLines[key])
      guard let id = calls.latest else { continue }
      if lineKeys[id] == nil { setLine(of: id, to: key) }
      known.insert(id)
    }
    calls.giveUp(besides: [.launcher])
    expiryDue = calls.nextExpiry(ringTimeout: policy.options.ringTimeout)
    var effects: [Effect] = []
    for call in calls.live where known.contains(call.id) { effects += bringBack(call) }
    for item in earlier where item.line == nil { effects += apply(item.event) }
    return effects
  }

  /// Shows a call again that an earlier window showed.
  mutating func bringBack(_ call: Call) -> [Effect] {
    var pop = Pop()
    pop.own = call.own
    (pop.isBroughtBack, pop.hasPopped) = (true, true)
    pop.wish = call.isOutgoing ? .nothing : .offer
    let before = journal[journalKey(call.id)]
    if let before, before.outcome == .inhibited, let reason = before.reason {
      pop.verdict = .inhibited(reason)
    }
    pop.told = news(of: call, pop)
    pops[call.id] = pop
    show(call.id)
    return lookUp(call)
  }
}
