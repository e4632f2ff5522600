import Telephony

extension PhoneNumber {
  /// How surely a caller with this number is who has `stored` (R42), nil when not at all.
  func strength(of stored: PhoneNumber) -> MatchStrength? {
    switch (kind, stored.kind) {
    case (.extension, .extension), (.complete, .complete):
      key == stored.key ? .exact : nil
    case (.extension, _), (_, .extension):
      nil
    case (.fragment, _), (_, .fragment):
      hasTail(of: stored) ? .weak : nil
    case (.national, _), (_, .national):
      key == stored.key ? .national : hasTail(of: stored) ? .weak : nil
    }
  }

  private func hasTail(of other: PhoneNumber) -> Bool { tail != nil && tail == other.tail }
}

/// Gathers what the rows of a lookup say of each party, and puts the best first.
struct MatchRanking {
  private var matches: [String: Match] = [:]
  private var contacts: [String: Set<String>] = [:]

  /// A row says that the party has the number. Of several rows the strongest counts; a contact is
  /// named only when all rows of that strength that name one name the same.
  mutating func add(_ party: ThirdPartySummary, contact: String, strength: MatchStrength) {
    let code = party.code
    if let known = matches[code], known.strength < strength { return }
    if matches[code]?.strength != strength {
      contacts[code] = nil
      matches[code] = Match(party: party, strength: strength)
    }
    guard !contact.isEmpty else { return }
    contacts[code, default: []].insert(contact)
    let names = contacts[code] ?? []
    matches[code]?.contact = names.count == 1 ? names.first : nil
  }

  /// Strongest first, then the remembered choice, then by name.
  func ranked(remembered: String? = nil) -> [Match] {
    guard matches.count > 1 || remembered != nil else { return Array(matches.values) }
    return matches.values
      .map { match in
        var match = match
        match.isRemembered = match.party.code == remembered
        return (match: match, name: match.party.name.lowercased())
      }
      .sorted { a, b in
        if a.match.strength != b.match.strength { return a.match.strength < b.match.strength }
        if a.match.isRemembered != b.match.isRemembered { return a.match.isRemembered }
        return (a.name, a.match.party.code) < (b.name, b.match.party.code)
      }
      .map(\.match)
  }
}
