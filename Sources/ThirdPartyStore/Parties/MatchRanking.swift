import Telephony

/// Gathers what the rows of a lookup say of each party, and puts the best first.
struct MatchRanking {
  private struct Entry {
    let identity: PartyIdentity
    var match: Match
    /// Whether several contacts share the number, so that none of them can be named.
    var hasSeveralContacts = false
  }

  private var entries: [Entry] = []
  /// What was wrong with rows that could not be read.
  var unread: [WrongCell] = []
  /// Where a party stands among more than a handful of them: what people type where they must type something has
  /// thousands.
  private var places: [PartyIdentity: Int] = [:]
  private static let handful = 8

  private func place(of identity: PartyIdentity) -> Int? {
    entries.count > Self.handful
      ? places[identity] : entries.firstIndex { $0.identity == identity }
  }

  private mutating func append(_ entry: Entry) {
    entries.append(entry)
    if entries.count > Self.handful + 1 {
      places[entry.identity] = entries.count - 1
    } else if entries.count > Self.handful {
      keepPlaces()
    }
  }

  private mutating func keepPlaces() {
    places = [:]
    guard entries.count > Self.handful else { return }
    for (index, entry) in entries.enumerated() { places[entry.identity] = index }
  }

  /// A row says that the party has the number. Of several rows the strongest counts; a contact is
  /// named only when all rows of that strength that name one name the same.
  mutating func add(_ party: ThirdPartySummary, contact: String, _ evidence: StoredKey.Evidence) {
    let contact = contact.isEmpty ? nil : contact
    let strength = evidence.strength
    let new = Match(
      party: party, contact: contact, strength: strength, weakness: evidence.weakness)
    let identity = PartyIdentity(party)
    guard let index = place(of: identity) else {
      return append(Entry(identity: identity, match: new))
    }
    let known = entries[index].match
    if strength < known.strength {
      entries[index] = Entry(identity: identity, match: new)
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
      let known = place(of: entry.identity)
      add(match.party, contact: match.contact ?? "", evidence)
      if known == nil { entries[entries.count - 1].hasSeveralContacts = entry.hasSeveralContacts }
    }
  }

  /// Leaves out the parties that do not count.
  mutating func leaveOut(unless counts: (ThirdPartySummary) -> Bool) {
    guard !entries.allSatisfy({ counts($0.match.party) }) else { return }
    entries.removeAll { !counts($0.match.party) }
    keepPlaces()
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
