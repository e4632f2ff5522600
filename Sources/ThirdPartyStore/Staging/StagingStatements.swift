/// The SQL by which staged parties meet the live ones.
enum StagingStatements {
  private static let numberColumns = "party, key, kind, tail, use, contact, text, contact_key"
  private static let prefixed = numberColumns.split(separator: ", ").map { "number.\($0)" }
    .joined(separator: ", ")

  /// Makes staged parties findable by words. ?1...?2: their row numbers.
  static let indexStaged = """
    INSERT INTO next_party_search (rowid, name, city)
    SELECT \(PartySchema.searched) FROM next_party WHERE id BETWEEN ?1 AND ?2
    """

  /// Carries what stays over to the staged tables. ?1...?2: the row numbers of the live parties.
  static func carryOver(_ change: StagedChange) -> [String] {
    let staying = "party WHERE id BETWEEN ?1 AND ?2 AND (\(change.stays))"
    return [
      // Numbers first: they ask which parties are staged, before the others join them.
      """
      INSERT INTO next_number (\(numberColumns))
      SELECT \(prefixed) FROM party JOIN number ON number.party = party.id
      WHERE party.id BETWEEN ?1 AND ?2 AND (\(change.stays) OR \(change.keeps))
      ORDER BY number.id
      """,
      """
      INSERT INTO next_party_search (rowid, name, city)
      SELECT \(PartySchema.searched) FROM \(staying)
      """,
      "INSERT INTO next_party SELECT * FROM \(staying)",
    ]
  }

  /// Puts the staged parties in the place of the live ones with their row numbers.
  static func join(_ change: StagedChange) -> [String] {
    let gone = change.gone.map { " UNION \($0)" } ?? ""
    let replaced = "IN (SELECT id FROM next_party\(gone))"
    let strays = change.strays.map { ["DELETE FROM number WHERE \($0)"] } ?? []
    return [
      """
      INSERT INTO next_number (\(numberColumns))
      SELECT \(prefixed) FROM next_party CROSS JOIN number ON number.party = next_party.id
      WHERE \(change.keeps) ORDER BY number.id
      """,
      // What an index without its content is told to forget must be what it was told.
      """
      INSERT INTO party_search (party_search, rowid, name, city)
      SELECT 'delete', \(PartySchema.searched) FROM party WHERE id \(replaced)
      """,
      "DELETE FROM number WHERE party \(replaced)",
    ] + strays + [
      "DELETE FROM party WHERE id \(replaced)",
      "INSERT INTO party SELECT * FROM next_party",
      """
      INSERT INTO party_search (rowid, name, city)
      SELECT \(PartySchema.searched) FROM next_party
      """,
      """
      INSERT INTO number (\(numberColumns)) SELECT \(numberColumns) FROM next_number ORDER BY id
      """,
    ]
  }
}
