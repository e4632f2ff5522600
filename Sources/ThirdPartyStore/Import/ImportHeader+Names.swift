/// Who the rows are about, where no header says so in words that are known.
extension ImportHeader {
  /// Takes those for the names whose headers say of whom they are, in a word that nobody knows: `Nom élève`. Who stands
  /// first is who the rows are about, and others are not.
  static func nameFirst(_ columns: inout [ImportColumn?], _ words: [HeaderWords]) {
    guard let who = words.lazy.compactMap(\.named).first?.who else { return }
    for field in columns.indices where columns[field] == nil {
      guard let named = words[field].named, named.who == who else { continue }
      columns[field] = named.column
    }
  }

  /// Takes an organization that is named before its contact person for the party, where nobody else is: `Charity name`
  /// before `Contact name`, `Club` before `Contact`. Before a contact person, whoever looks after it may stand as well.
  static func nameSpokenFor(
    _ columns: inout [ImportColumn?], _ words: [HeaderWords], _ rows: ArraySlice<CSVRecord>
  ) {
    guard columns.allSatisfy({ $0?.isName != true || $0 == .contact }),
      let contact = columns.firstIndex(of: .contact),
      let field = columns[..<contact].indices.first(where: { field in
        columns[field] == nil && words[field].isOrganization && words[field].mayNameSomebody
          && areNames(rows.map { $0.text(field) })
      })
    else { return }
    columns[field] = .name
  }

  /// Takes a person's two names in a word that nobody knows, before the numbers, for the names of those rows that have
  /// no company: `GUEST_LAST_NAME`.
  static func nameParts(
    _ columns: inout [ImportColumn?], _ words: [HeaderWords], _ rows: ArraySlice<CSVRecord>
  ) {
    let naming = columns.indices.filter { columns[$0]?.isName == true }
    guard !naming.isEmpty, naming.allSatisfy({ columns[$0] == .company }),
      let number = columns.firstIndex(where: { $0?.isNumber == true }),
      !rows.allSatisfy({ row in naming.contains { !row.text($0).isEmpty } })
    else { return }
    var named = Array(columns[..<number])
    nameFirst(&named, words)
    if named.contains(.first), named.contains(.last) { columns[..<number] = named[...] }
  }

  /// The only field that may say whose the numbers are, where no header does.
  ///
  /// Nobody knows all that lists call those who are in them: patients, tenants, members. What stands under such a header
  /// differs from row to row and looks like names, and nothing is known of it but that.
  static func name(
    _ columns: [ImportColumn?], _ words: [HeaderWords], _ texts: [String],
    _ rows: ArraySlice<CSVRecord>
  ) -> Int? {
    let numbers = columns.indices.filter { columns[$0]?.isNumber == true }
    guard !numbers.isEmpty else { return nil }
    // Who has several rows counts once.
    let once = { (field: Int) in
      Set(rows.map { row in ([field] + numbers).map { row.text($0) } }).map { $0[0] }
    }
    let names = columns.indices.filter { field in
      columns[field] == nil && !texts[field].isEmpty
        && (words[field].mayNameSomebody || words[field].isOthersAlone)
        && Self.areNames(once(field))
    }
    // Whoever stands behind an owner or a seller may be what they own or sell.
    let plain = names.filter { !words[$0].isOthersAlone }
    if plain.count == 1, plain[0] == names[0] { return plain[0] }
    // They are who the rows are about if there are many of them: whose file a row is, few share.
    return names.count == 1 && plain.isEmpty && once(names[0]).count >= fewestOwners
      ? names[0] : nil
  }

  private static let fewestOwners = 10

  /// The fields of numbers behind somebody else's name, where an earlier one is headed alike: `Client;Tél;Artisan;Tél`.
  func behindOthers(_ columns: [ImportColumn?], _ rows: ArraySlice<CSVRecord>) -> Set<Int> {
    guard isOrdered else { return [] }
    let numbers = columns.indices.filter { columns[$0]?.isNumber == true }
    let others = columns.indices.filter { field in
      columns[field] == nil && words[field].mayNameSomebody
        && Self.areLikeNames(rows.map { $0.text(field) })
    }
    return Set(
      numbers.filter { number in
        numbers.contains { first in
          first < number && words[first].words == words[number].words
            && others.contains { first < $0 && $0 < number }
        }
      })
  }
}
