import PhoneNumbers
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
    let asked = RelatedKey.asked(by: number)
    var ranking = MatchRanking()
    for row in self {
      guard let party = parties[row.owner ?? row.key] else { continue }
      let contact = row.owner == nil ? "" : row.name
      for listed in row.numbers {
        for key in StoredKey.keys(of: listed) {
          guard let evidence = key.evidence(for: number, asking: asked) else { continue }
          ranking.add(party, contact: contact, evidence)
        }
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

extension StoredKey {
  /// What speaks for it that a caller with the number is who has this one, nil: nothing.
  fileprivate func evidence(for number: PhoneNumber, asking asked: [String]) -> Evidence? {
    if kind == .range {
      return number.key.hasPrefix(key) ? kind.evidence(for: number.kind, hasSameKey: true) : nil
    }
    if key == number.key || asked.contains(key) {
      let evidence = kind.evidence(for: number.kind, hasSameKey: true)
      if evidence != nil { return evidence }
    }
    guard let tail, tail == number.tailValue else { return nil }
    return kind.evidence(for: number.kind, hasSameKey: false)
  }
}
