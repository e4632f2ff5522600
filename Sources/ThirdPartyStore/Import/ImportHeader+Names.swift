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

  /// Takes the name of birth for what the usual one is, which one may have by marriage.
  static func nameByBirth(
    _ columns: inout [ImportColumn?], _ words: [HeaderWords], except mapped: Set<Int>
  ) {
    let births = columns.indices.filter { words[$0].isBirthName && !mapped.contains($0) }
    guard !births.isEmpty else { return }
    for field in columns.indices where columns[field] == nil && words[field].isMarriedName {
      columns[field] = .last
    }
    let usual = zip(columns, words).first { [.last, .name].contains($0) && !$1.isBirthName }?.0
    for field in births { columns[field] = usual ?? .last }
  }

  /// Takes one of both sides for the party where goods are bought and sold: who sells where the telephones are theirs
  /// alone, else who buys.
  static func nameOneSide(
    _ columns: inout [ImportColumn?], _ words: [HeaderWords], except mapped: Set<Int>
  ) {
    let buyers = columns.indices.filter { columns[$0]?.isName == true && words[$0].isBuyers }
    let suppliers = columns.indices.filter { words[$0].isSupplier }
    guard !buyers.isEmpty, !suppliers.isEmpty else { return }
    let numbers = columns.indices.filter { columns[$0]?.isNumber == true }
    let isSellers =
      numbers.contains { words[$0].isSuppliers } && !numbers.contains { words[$0].isBuyers }
    for field in isSellers ? buyers : suppliers where !mapped.contains(field) {
      columns[field] = nil
    }
  }

  /// Takes who is called as a telephone is for the name: `Tenant` beside `Tenant Phone Number`, `Propriétaire`
  /// beside `Tél propriétaire`. Not where who stands first
  /// is called so: `Nom élève` beside `Tél élève`.
  static func nameCalled(
    _ columns: inout [ImportColumn?], _ words: [HeaderWords], _ rows: ArraySlice<CSVRecord>
  ) {
    let first = words.lazy.compactMap(\.named).first?.who
    for number in columns.indices where columns[number]?.isNumber == true {
      let own = words[number].words
      if first?.isSubset(of: own) == true { return }
      let called = columns.indices.first { field in
        columns[field] == nil && !words[field].isOwn()
          && (words[field].mayNameSomebody || words[field].isOthersAlone)
          && words[field].words.allSatisfy(own.contains) && areNames(rows.map { $0.text(field) })
      }
      if let called {
        columns[called] = .name
        return
      }
    }
  }

  /// Takes organizations for the companies that rows without a person are about: `Structure` behind `Nom;Prénom`.
  static func nameOrganizations(
    _ columns: inout [ImportColumn?], _ words: [HeaderWords], _ rows: ArraySlice<CSVRecord>
  ) {
    guard columns.contains(.last) || columns.contains(.first), !columns.contains(.company) else {
      return
    }
    let naming = columns.indices.filter { columns[$0]?.isName == true }
    let field = columns.indices.first { field in
      columns[field] == nil && words[field].isOrganization && words[field].mayNameSomebody
        && areLikeNames(rows.map { $0.text(field) })
        && rows.contains { row in
          !row.text(field).isEmpty && naming.allSatisfy { row.text($0).isEmpty }
        }
    }
    if let field { columns[field] = .company }
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
