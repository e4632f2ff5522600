import Telephony

/// The journal: every call has its line from its first news on (R11), and no line is lost while the
/// store cannot take it.
extension Model {
  /// The call's line as it is now: put on the screen, and handed to the store.
  mutating func saveJournal(of id: Call.ID) -> [Effect] {
    line(of: id).map { save($0) } ?? []
  }

  /// The call's line as it is now; nil for a call that has none.
  func line(of id: Call.ID) -> JournalEntry? {
    guard let call = calls[id], let pop = pops[id], !call.isMereBusyness else { return nil }
    let party = pop.named
    // Whom nobody else names has the name that the telephone system told (R12), with a doubt (R51).
    let said: (name: String, certainty: MatchCertainty)? =
      pop.onlyDirectoryName.map { ($0, .directory) }
      ?? (pop.lookup == .running ? nil : call.caller.name.map { ($0, .telephone) })
    let isQuiet = pop.inhibition != nil && call.outcome == .ringing
    var line = JournalEntry(
      key: journalKey(id), at: wall + (call.began - now), number: call.caller.number?.key,
      text: call.caller.text, isWithheld: call.caller.isWithheld,
      name: party?.name ?? said?.name,
      code: party?.code, outcome: isQuiet ? .inhibited : call.outcome,
      reason: pop.inhibition ?? call.reason, duration: call.duration,
      sourceKey: party?.sourceKey ?? "", own: call.own)
    line.rang = call.rang
    line.certainty = party.flatMap { party in
      let match = pop.matches.first { $0.party.code == party.code }
      return match.map { pop.certainty(of: $0, in: call) }
    }
    if party == nil { line.certainty = said?.certainty }
    if party == nil, call.isDoubtful { line.certainty = .caller }
    line.sources = call.sources.map(\.name).joined(separator: ", ")
    if pop.isBroughtBack, pop.lookup == .running || pop.lookup == .none,
      let before = journal[line.key]
    {
      // What an earlier window found holds until this one has looked.
      (line.name, line.code, line.sourceKey) = (before.name, before.code, before.sourceKey)
      line.certainty = before.certainty
      line.reason = line.reason ?? before.reason
    }
    return line
  }

  /// Puts a line on the screen, and hands it to the store, unless nothing changed. The operator's mark stays, unless `isDone` says otherwise.
  mutating func save(_ entry: JournalEntry, isDone: Bool? = nil) -> [Effect] {
    var entry = entry
    if let index = journal.index(of: entry.key) {
      // The clocks drift apart; a line stays where it was first written.
      entry.at = journal[index].at
      entry.isDone = isDone ?? journal[index].isDone
      guard journal[index] != entry else { return [] }
      missedChange = missedChange || journal[index].outcome != .ringing || entry.outcome != .ringing
      journal.replace(at: index, with: entry)
    } else {
      entry.isDone = isDone ?? entry.isDone
      journal.insert(entry)
      missedChange = missedChange || entry.outcome != .ringing
      let began = now + (entry.at.milliseconds - wall.milliseconds)
      if began >= opened { firstWritten[entry.key] = began }
      for gone in journal.drop(leaving: Self.journalLimit + view.older) {
        firstWritten[gone.key] = nil
        missedChange = missedChange || gone.outcome == .missed
      }
    }
    unsaved[entry.key] = entry
    refreshFound(entry)
    return [saving(entry)]
  }

  /// Hands a line to the store, with the names of the events that it tells.
  func saving(_ entry: JournalEntry) -> Effect {
    .keep(.saveJournal(entry, having: kept[entry.key] ?? []))
  }

  /// The line's key in the store: the name of the first event that told of the call, so that a window that
  /// is told of it once more writes the same line; without a name, one that no other run of any window has.
  func journalKey(_ id: Call.ID) -> String {
    lineKeys[id] ?? "\(desk.journalPrefix)\(id.serial)"
  }

  /// The call of a line, while it is remembered.
  func call(ofLine key: String) -> Call? {
    if let id = callsOfLines[key] { return calls[id] }
    guard key.hasPrefix(desk.journalPrefix),
      let serial = Int(key.dropFirst(desk.journalPrefix.count))
    else { return nil }
    return calls[Call.ID(serial: serial)]
  }

  /// Lines that were written before the window started.
  mutating func journalRead(_ entries: [JournalEntry]) {
    journal.add(entries)
    journal.drop(leaving: Self.journalLimit)
    missedChange = true
  }

  /// At midnight, when the window wakes up anyway for the days of the journal: while calls come in, their lines go
  /// first.
  mutating func forgetDaily() -> [Effect] {
    defer { forgotOn = wall.localDay }
    return forgotOn == nil || forgotOn == wall.localDay ? [] : forgetOld()
  }

  /// Also once the past was read.
  mutating func forgetOld() -> [Effect] {
    guard let limit = retentionLimit else { return [] }
    let order = Effect.keep(.forget(before: limit))
    return view.isFiltered && view.onlyToday ? [order] + showFiltered() : [order]
  }

  /// The store has forgotten lines. What it has not taken yet stays until it has, and what came lately stays whatever
  /// the clock showed.
  mutating func dropLines(before limit: WallTime, besides left: Set<String>) -> [Effect] {
    journal.removeAll { entry in
      entry.at < limit && unsaved[entry.key] == nil && !left.contains(entry.key)
    }
    missedChange = true
    firstWritten = firstWritten.filter { journal.has($0.key) }
    guard view.isFiltered, view.found.contains(where: { $0.at < limit }) else { return [] }
    return showFiltered()
  }

  /// The store has taken a line; the others that it refused before are offered again.
  mutating func saved(_ entry: JournalEntry, having events: Set<String>) -> [Effect] {
    if unsaved[entry.key] == entry { unsaved[entry.key] = nil }
    kept[entry.key]?.subtract(events)
    if kept[entry.key]?.isEmpty == true { kept[entry.key] = nil }
    guard journalRetry != nil else { return [] }
    journalRetry = nil
    return unsavedInOrder.map { saving($0) }
  }

  mutating func refused(_ error: DirectoryError) {
    if journalRetry == nil { fail(.journal, error.sentence) }
    journalRetry = now + 5_000
  }

  /// Offers the oldest line again: one is enough to learn whether the store takes them, and a store
  /// that makes each of them wait is not asked for all of them.
  mutating func retryJournal() -> [Effect] {
    guard let retry = journalRetry, retry <= now else { return [] }
    guard let oldest = unsavedInOrder.first else {
      journalRetry = nil
      return []
    }
    journalRetry = now + 5_000
    return [saving(oldest)]
  }

  /// What the store has not yet, oldest first.
  public var unsavedLines: [UnsavedLine] {
    unsavedInOrder.map { UnsavedLine(entry: $0, events: kept[$0.key] ?? []) }
  }

  /// Lines of one moment in the order of their calls, whose serial numbers end the keys.
  var unsavedInOrder: [JournalEntry] {
    unsaved.values.sorted {
      ($0.at, $0.key.utf8.count, $0.key) < ($1.at, $1.key.utf8.count, $1.key)
    }
  }
}
