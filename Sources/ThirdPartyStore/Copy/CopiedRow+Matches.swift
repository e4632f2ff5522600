public import Telephony

extension [CopiedRow] {
  /// Who of them has a number, ranked as a lookup would: for a call that cannot wait until the store has
  /// them.
  ///
  /// - Parameter owners: parties that are not among the rows, by their keys; a contact person of anybody
  ///   else is left out.
  public func matches(
    for number: PhoneNumber, owners: [String: ThirdPartySummary] = [:]
  ) -> [Match] {
    var parties = owners
    for (index, row) in enumerated() where row.owner == nil && parties[row.key] == nil {
      // A row number that no party of the store has.
      parties[row.key] = row.summary(id: -Int64(clamping: index + 1))
    }
    var ranking = MatchRanking()
    for row in self {
      guard let party = parties[row.owner ?? row.key] else { continue }
      let contact = row.owner == nil ? "" : row.name.isEmpty ? "#\(row.key)" : row.name
      for listed in row.numbers {
        guard let strength = listed.number.flatMap({ number.strength(of: $0) }) else { continue }
        ranking.add(party, contact: contact, strength: strength)
      }
    }
    return ranking.ranked()
  }
}

extension CopiedRow {
  fileprivate func summary(id: Int64) -> ThirdPartySummary {
    let code = code.isEmpty ? "#\(key)" : code
    return ThirdPartySummary(
      code: code, id: id, kind: kind, name: name.isEmpty ? code : name, zip: zip, city: city,
      sourceKey: key)
  }
}

extension PhoneNumber {
  /// How surely a caller with this number is who has the other one, nil when not at all.
  fileprivate func strength(of stored: PhoneNumber) -> MatchStrength? {
    let bySameKey = key == stored.key ? kind.strength(of: stored.kind, hasSameKey: true) : nil
    guard bySameKey == nil, let tailValue, tailValue == stored.tailValue else { return bySameKey }
    return kind.strength(of: stored.kind, hasSameKey: false)
  }
}
