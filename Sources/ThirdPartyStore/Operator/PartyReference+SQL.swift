public import Telephony

extension PartyReference {
  /// ``means(_:)`` in SQL, on the columns `code` and `source_key`: of the party with the code ?1 and the
  /// key ?2.
  static let means = """
    (source_key > '' AND source_key = ?2 OR code = ?1 AND (source_key = '' OR ?2 = ''))
    """
}

extension PartyStore {
  /// The party that is meant, nil when it is not there.
  public func party(_ reference: PartyReference) throws(StoreError) -> ThirdPartySummary? {
    if !reference.sourceKey.isEmpty, let party = try party(sourceKey: reference.sourceKey) {
      return party
    }
    return try party(reference.code).flatMap { reference.means($0) ? $0 : nil }
  }
}
