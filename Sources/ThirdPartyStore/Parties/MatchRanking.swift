import Telephony

/// Gathers what the rows of a lookup say of each party, and puts the best first.
struct MatchRanking {
  private struct Entry {
    var match: Match
    /// Whether several contacts share the number, so that none of them can be named.
    var hasSeveralContacts = false
  }

  private var entries: [Entry] = []
  /// What was wrong with rows that could not be read.
  var unread: [WrongCell] = []
  /// Where a party stands among them: most numbers have a handful of parties, but what people type where
  /// they must type something has thousands.
  private var places: [PartyIdentity: Int] = [:]

  /// A row says that the party has the number. Of several rows the strongest counts; a contact is
  /// named only when all rows of that strength that name one name the same.
  mutating func add(_ party: ThirdPartySummary, contact: String, _ evidence: StoredKey.Evidence) {
    let contact = contact.isEmpty ? nil : contact
    let strength = evidence.strength
    let new = Match(
      party: party, contact: contact, strength: strength, weakness: evidence.weakness)
    guard let index = places[PartyIdentity(party)] else {
      places[PartyIdentity(party)] = entries.count
      entries.append(Entry(match: new))
      return
    }
    let known = entries[index].match
    if strength < known.strength {
      entries[index] = Entry(match: new)
    } else if strength == known.strength, let contact, !entries[index].hasSeveralContacts {
      entries[index].hasSeveralContacts = known.contact != nil && known.contact != contact
      entries[index].match.contact = entries[index].hasSeveralContacts ? nil : contact
    }
  }

  /// Takes over what another file says.
  mutating func add(_ other: MatchRanking) {
    unread += other.unread
    for entry in other.entries {
      let match = entry.match
      let evidence = StoredKey.Evidence(strength: match.strength, weakness: match.weakness)
      let known = places[PartyIdentity(match.party)]
      add(match.party, contact: match.contact ?? "", evidence)
      if known == nil { entries[entries.count - 1].hasSeveralContacts = entry.hasSeveralContacts }
    }
  }

  /// Leaves out the parties that do not count.
  mutating func leaveOut(unless counts: (ThirdPartySummary) -> Bool) {
    guard !entries.allSatisfy({ counts($0.match.party) }) else { return }
    entries.removeAll { !counts($0.match.party) }
    places = [:]
    for (index, entry) in entries.enumerated() { places[PartyIdentity(entry.match.party)] = index }
  }

  /// Whether somebody has the number itself.
  var isSure: Bool { entries.contains { $0.match.strength < .range } }

  /// The parties.
  var parties: [ThirdPartySummary] { entries.map(\.match.party) }

  /// All of them weak where a row could not be read. Strongest first, then the remembered choice, then the latest call, then by name.
  func ranked(remembered: PartyReference? = nil, lastCalls: [String: WallTime] = [:]) -> [Match] {
    var matches = entries.map(\.match)
    // A company's range says nothing of who is known to have the number.
    if isSure { matches.removeAll { $0.strength == .range } }
    if !unread.isEmpty {
      for index in matches.indices { matches[index].strength = .weak }
    }
    if let remembered {
      for index in matches.indices {
        matches[index].isRemembered = remembered.means(matches[index].party)
      }
    }
    guard matches.count > 1 else { return matches }
    let keyed = matches.map { match in
      let lastCall = lastCalls[match.party.code]?.milliseconds ?? .min
      return (match: match, lastCall: lastCall, name: SearchText.folded(match.party.name))
    }
    return keyed.sorted { a, b in
      if a.match.strength != b.match.strength { return a.match.strength < b.match.strength }
      if a.match.isRemembered != b.match.isRemembered { return a.match.isRemembered }
      if a.lastCall != b.lastCall { return a.lastCall > b.lastCall }
      return (a.name, a.match.party.code) < (b.name, b.match.party.code)
    }
    .map(\.match)
  }
}
