/// Which field of a row is which column.
struct ImportHeader: Sendable {
  /// By field; nil where the header says nothing to us.
  let columns: [ImportColumn?]
  /// The headers as written.
  let texts: [String]
  /// What each says, without a word that stands in all of them.
  let words: [HeaderWords]
  /// The field that is read as the name because no other can be; nil where a header says who it is.
  var guess: Int?
  /// Of a field of numbers, the field that says what kind they are: `Phone 1 - Type`.
  let labels: [Int?]
  /// The fields in which numbers stand beside other things, as their labels say: `mechanisms/value`.
  let values: Set<Int>
  /// Of a field of numbers, the field in which they begin: `Vorwahl`.
  let areas: [Int?]
  /// Of a field of numbers, the field in which their country's part stands: `Landesvorwahl`.
  let callingCodes: [Int?]
  /// Of a field of numbers, the fields behind it in which they go on.
  var tails: [Int: Range<Int>] = [:]
  /// The fields of numbers that may be somebody else's: beside one that is the party's own.
  var doubtful: Set<Int>
  /// The fields in the order in which a text is looked for: a name of birth is the last one.
  let order: [Int]
  /// The fields that a person named by hand.
  let mapped: Set<Int>
  let isOrdered: Bool
  /// Whether a row may be about a person as well as about a company.
  let namesPersons: Bool
  /// The columns that the file has, and a contact person's where a row may name one.
  let present: Set<ImportColumn>

  /// `isOrdered`: whether numbers stand behind the names that they belong to.
  init(_ record: CSVRecord, map: ImportMap = ImportMap(), isOrdered: Bool = true) {
    // `Strasse&amp;Nr`.
    let record = record.rejoined(1)
    self.init(
      (0..<record.count).map { record.text($0).visible.trimmed }, map: map, isOrdered: isOrdered)
  }

  private init(_ texts: [String], map: ImportMap, isOrdered: Bool) {
    let mapped = Set(texts.indices.filter { map.column(of: texts[$0]) != nil })
    let words = HeaderWords.of(texts)
    var columns = zip(texts, words).map {
      map.column(of: $0) ?? ($0.isOfRow ? nil : $1.column)
    }
    // Beside the party's own telephone, that of its agency or of its salesman.
    let own = zip(columns, words).contains { $0?.isNumber == true && !$1.isOthers }
    if own {
      for field in columns.indices
      where columns[field]?.isNumber == true && !mapped.contains(field) && words[field].isOthers {
        columns[field] = nil
      }
    }
    Self.nameByBirth(&columns, words, except: mapped)
    // In a log of calls, an extension is that of who took the call.
    if words.contains(where: \.isDuration) {
      columns = columns.map { $0 == .extension ? nil : $0 }
    }
    Self.nameOneSide(&columns, words, except: mapped)
    // Beside `Related Company`, a column `Company` says whose file it is.
    let related = words.indices.filter {
      columns[$0] == .company && words[$0].words.contains { Self.relatedWords.contains($0) }
    }
    if !related.isEmpty {
      for field in columns.indices where columns[field] == .company && !related.contains(field) {
        columns[field] = nil
      }
    }
    self.init(texts, words, columns, mapped, isOrdered)
  }

  init(
    _ texts: [String], _ words: [HeaderWords], _ columns: [ImportColumn?], _ mapped: Set<Int>,
    _ isOrdered: Bool
  ) {
    self.texts = texts
    self.words = words
    self.columns = columns
    order =
      columns.indices.filter { !words[$0].isBirthName }
      + columns.indices.filter { words[$0].isBirthName }
    self.mapped = mapped
    self.isOrdered = isOrdered
    doubtful = Self.strangers(words, columns, isOrdered).subtracting(mapped)
    labels = zip(columns.indices, columns).map { field, column in
      guard column?.isNumber == true else { return nil }
      return Self.label(of: texts[field], among: texts)
    }
    let labels = labels
    values = Set(
      columns.indices.filter {
        columns[$0] == .phone && labels[$0] != nil && words[$0].use == nil
      })
    let isNumber = { (field: Int) in columns[field]?.isNumber == true }
    areas = Self.parts(words, of: isNumber, \.isArea)
    callingCodes = Self.parts(words, of: isNumber, \.isCallingCode)
    let known = Set(columns.compactMap { $0 })
    let persons: Set<ImportColumn> = [.name, .first, .last, .display, .contact]
    namesPersons = known.contains(.company) && !known.isDisjoint(with: persons)
    present = namesPersons ? known.union([.contact]) : known
  }

  /// The header that rows without one would have: telephones stand in some fields, a name in one. Nil where it is not
  /// plain which one that is.
  static func unwritten(over rows: ArraySlice<CSVRecord>) -> ImportHeader? {
    guard let count = rows.first?.count, rows.allSatisfy({ $0.count == count }) else { return nil }
    let texts = (0..<count).map { field in rows.map { $0.text(field) } }
    let numbers = texts.map { texts in texts.contains { !$0.isEmpty } && areNumbers(texts) }
    let names = texts.indices.filter { field in
      !numbers[field] && texts[field].count { $0.contains(where: \.isLetter) } * 2 > rows.count
    }
    guard let name = names.first, names.count == 1, numbers.contains(true),
      texts[name].allSatisfy({ !$0.contains("@") && !$0.contains(where: \.isNumber) })
    else { return nil }
    let columns = texts.indices.map { field -> ImportColumn? in
      field == name ? .name : numbers[field] ? .phone : nil
    }
    let bare = texts.map { _ in "" }
    return ImportHeader(bare, HeaderWords.of(bare), columns, [], true)
  }

  /// The header of two lines, of which this one says what several fields are together, and the next one what each is:
  /// `Client;Client;Téléphone` above `Code;Nom;`. Nil where the next line has other words.
  func refined(by next: ImportHeader, map: ImportMap) -> ImportHeader? {
    let said = next.texts.indices.filter { !next.texts[$0].isEmpty }
    guard Set(texts).count < texts.count, said.count > 1, next.texts.count <= texts.count,
      said.allSatisfy({ next.columns[$0] != nil || next.words[$0].isBarePlace })
    else { return nil }
    var texts = texts
    for field in said {
      let text = next.texts[field]
      texts[field] = next.columns[field] == nil ? "\(texts[field]) \(text)" : text
    }
    return ImportHeader(texts, map: map, isOrdered: isOrdered)
  }

  /// The header with one for the numbers of the rows before it, which some programs write without: where each row
  /// has a field more, and the telephones stand one further. Nil where that is not so.
  func shifted(for rows: [CSVRecord]) -> ImportHeader? {
    guard let field = columns.firstIndex(where: { $0 == .phone || $0 == .mobile }), !rows.isEmpty,
      rows.allSatisfy({
        $0.rejoined(texts.count).count == texts.count + 1 && Self.isCount($0.text(0))
      }),
      Self.areNumbers(rows.lazy.map { $0.text(field + 1) }),
      !Self.areNumbers(rows.lazy.map { $0.text(field) })
    else { return nil }
    return ImportHeader(
      [""] + texts, [HeaderWords("")] + words, [nil] + columns, Set(mapped.map { $0 + 1 }),
      isOrdered)
  }

  /// Whether the text numbers a row.
  private static func isCount(_ text: String) -> Bool {
    (1...9).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// The fields of numbers that may be somebody else's: those whose headers name another column; those whose headers
  /// have, beside the words of another telephone, one that may name somebody (`Spouse Phone`); and those behind a second
  /// name (`Nom 1;Tél 1;Nom 2;Tél 2`).
  private static func strangers(
    _ words: [HeaderWords], _ columns: [ImportColumn?], _ isOrdered: Bool
  ) -> Set<Int> {
    let naming = columns.indices.filter {
      columns[$0]?.isIdentity == true && columns[$0] != .email && !words[$0].isBirthName
    }
    // A second name of a kind is another's: `Nom (livraison)`.
    let first = naming.filter { columns.firstIndex(of: columns[$0]) == $0 }
    let known = Set(first.flatMap { words[$0].words })
    let numbers = columns.indices.filter { columns[$0]?.isNumber == true }
    // Of two telephones, the one with further words may be somebody else's.
    let who = numbers.map { words[$0].naming(known: known) }
    let telephones = zip(numbers, who).filter { number, _ in
      !words[number].isOthers && [.phone, .mobile].contains(columns[number])
    }
    var strangers = Set(
      zip(numbers, who).filter { number, who in
        telephones.contains { $0.1.isStrictSubset(of: who) }
          || (words[number].isOthers && telephones.contains { $0.1.isEmpty })
      }.map(\.0))
    // Somebody else is there whose it is: `Négociateur` beside `Tél. négociateur`.
    let others = columns.indices.filter { columns[$0] == nil }.map { words[$0] }
    strangers.formUnion(numbers.filter { number in others.contains(where: words[number].isOf) })
    let names: Set<ImportColumn> = [.name, .last, .first, .company, .contact]
    guard isOrdered else { return strangers }
    let again = naming.first { field in
      guard let column = columns[field], names.contains(column),
        let first = columns.firstIndex(of: column)
      else { return false }
      return numbers.contains { first < $0 && $0 < field }
    }
    return again.map { again in strangers.union(numbers.filter { $0 > again }) } ?? strangers
  }

  /// What is told of columns that were understood without their headers; nil where that was not needed.
  var told: String? {
    if let guess { return "no header says who it is: \"\(texts[guess])\" is read as the name" }
    if !isOwn, has(.code), !columns.contains(where: { $0?.isName == true }) {
      return "no header says who it is: rows without a known code need --map 'HEADER=name'"
    }
    guard texts.allSatisfy(\.isEmpty), let name = columns.firstIndex(of: .name) else { return nil }
    let phones = columns.indices.filter { columns[$0] == .phone }.map { "\($0 + 1)" }
    return
      "no header line: field \(name + 1) is read as the name, \(phones.joined(separator: ", ")) as telephones"
  }

  /// The headers that say nothing to us, as written.
  var unused: [String] {
    let labelled = Set((labels + areas + callingCodes).compactMap { $0 })
    return texts.indices.filter {
      columns[$0] == nil && !texts[$0].isEmpty && !labelled.contains($0)
    }
    .map { texts[$0] }
  }

  var recognised: Int { columns.count { $0 != nil } }

  /// Whether the file is an export of ours, whose texts are what they are.
  var isOwn: Bool { texts == ImportColumn.written.map(\.rawValue) }

  /// Whether names stand in several columns.
  var hasParts: Bool { [.company, .first, .last, .display].contains { has($0) } }

  func has(_ column: ImportColumn) -> Bool { columns.contains(column) }

  /// Whether whoever is in contact there is the party: in Xero's files `ContactName` stands before `FirstName`. Behind a
  /// person's name, somebody else is.
  var isContactParty: Bool {
    !has(.company) && !has(.name)
      && columns.first { [.contact, .first, .last].contains($0) } == .contact
  }

  /// Whether a first name and the name of a contact person are one person's: `Prénom (contact)` beside `Nom (contact)`.
  var hasContactParts: Bool {
    guard has(.contact), has(.first), !has(.last) else { return false }
    guard has(.name) else { return true }
    // Or stand beside each other, and apart from that of the party: `Nom;Adresse;Nom (contact);Prénom`.
    let isBeside = { (field: Int, column: ImportColumn) in
      [field - 1, field + 1].contains { columns.indices.contains($0) && columns[$0] == column }
    }
    return columns.indices.contains {
      columns[$0] == .first
        && (words[$0].isContacts || (isBeside($0, .contact) && !isBeside($0, .name)))
    }
  }

  /// Whether rows under it can be taken: they say who it is and have numbers. Nobody is found by a file without.
  var isUsable: Bool { hasNumbers && hasIdentity }

  var hasIdentity: Bool { columns.contains { $0?.isIdentity == true } }

  var hasNumbers: Bool { columns.contains { $0?.isNumber == true } }

  /// Whether a row repeats the headers, as where two files were joined.
  func isRepeated(by record: CSVRecord) -> Bool {
    record.count == texts.count
      && texts.indices.allSatisfy { record.text($0).visible.trimmed == texts[$0] }
  }

  /// The headers of another table that begins with this row, behind the rows of the one before; nil where it is a
  /// row like the others. `isBehindGap`: whether lines were left out before it.
  func another(in record: CSVRecord, map: ImportMap, isBehindGap: Bool) -> ImportHeader? {
    // Nearly all rows have a code, a postal code or a number: the others are looked at.
    guard !record.hasDigits(3), !isRepeated(by: record) else { return nil }
    let filled = (0..<record.count).count { !record.text($0).isEmpty }
    guard filled > 1 else { return nil }
    let next = ImportHeader(record, map: map)
    let telephones = next.columns.indices.filter { field in
      next.columns[field]?.isNumber == true && next.words[field].isOwn()
    }
    // No number is called `Portable`.
    let isOverNumber = telephones.contains {
      columns.indices.contains($0) && columns[$0]?.isNumber == true
    }
    guard !telephones.isEmpty, next.recognised > 1 || isBehindGap || isOverNumber else {
      return isBehindGap && isForeign(record) ? next : nil
    }
    return next
  }

  private static let relatedWords: Set<String> = [
    "related", "liee", "zugehoriges", "verbundenes", "apparentee",
  ]
}
