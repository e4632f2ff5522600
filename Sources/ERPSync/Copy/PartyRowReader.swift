import PhoneNumbers
import Telephony
import ThirdPartyStore

/// What became of a row of the ERP.
struct ReadPartyRow: Sendable {
  /// What the row says.
  enum Content: Sendable {
    case party(CopiedRow)
    /// The ERP's key of somebody who is not active any more.
    case gone(String)
    /// The row is not taken.
    case refused
  }

  var content: Content
  /// What was not understood, in sentences that begin with the key.
  var notices: [String] = []
  /// When the row was changed.
  var mark: CopyMark?
  /// What stands there instead, on one line.
  var strangeMark: String?
}

/// Reads rows of the ERP: their numbers in normal form, their kind, their country.
struct PartyRowReader: Sendable {
  let columns: ERPColumns
  let plan: NumberPlan
  /// Whose words are taken of a text that the ERP has in several.
  var language = Translation.operators

  /// Reads a row, a value for each column.
  func read(_ row: [String?]) -> ReadPartyRow {
    let id = columns.text(.id, row)
    var read = ReadPartyRow(content: .refused)
    let changed = columns.text(.changed, row)
    read.mark = CopyMark(changed)
    if read.mark == nil, !changed.isEmpty { read.strangeMark = Self.shown(changed) }
    let name = text(.name, row)
    let said = Identity.key(id)
    guard said != nil || (!id.isEmpty && !Missing.isMark(name)) else {
      read.notices = ["a row without id: not taken"]
      return read
    }
    let active = columns.text(.active, row)
    let isSaid = !Missing.isMark(active) || Self.answer(active) != nil
    guard !isSaid || Self.answer(active) != false else {
      if let said { read.content = .gone(said) }
      return read
    }
    var notices: [String] = []
    if isSaid, Self.answer(active) == nil {
      notices.append("active \"\(Self.shown(active))\" is neither yes nor no: taken for yes")
    }
    let home = NumberField.Home(country: text(.country, row))
    let numbers = numbers(row, home: home, &notices)
    let key = said ?? Identity.made(name: name, number: numbers.first?.number)
    if said == nil {
      notices.append("id \"\(Self.shown(id))\" is no key: known by its name and number")
    }
    // Programs write 0 and -1 for a company that there is not.
    let owner = Identity.key(columns.text(.company, row))
    let party = CopiedRow(
      key: key, owner: owner == key ? nil : owner,
      code: Identity.key(columns.text(.code, row)) ?? "",
      kind: kind(row), name: Missing.isMark(name) ? "" : name, address: line(.address, row),
      zip: columns.text(.zip, row), city: text(.city, row), country: country(row, home, &notices),
      email: columns.text(.email, row), remarks: line(.remarks, row), numbers: numbers)
    read.content = .party(party)
    read.notices = notices.map { "\(key): \($0)" }
    return read
  }

  /// The text of a column that the ERP may have in several languages.
  private func text(_ column: ERPColumn, _ row: [String?]) -> String {
    Translation.text(columns.text(column, row), in: language).withoutEntities
  }

  private static let yes: Set<String> = ["t", "true", "y", "yes", "o", "oui", "j", "ja"]
  private static let no: Set<String> = ["f", "false", "n", "no", "non", "nein"]

  /// What databases and people say: words, numbers of whatever type, and a bit as the byte that it is in; nil: neither
  /// yes nor no.
  private static func answer(_ text: String) -> Bool? {
    let small = text.lowercased()
    if yes.contains(small) { return true }
    if no.contains(small) { return false }
    if let number = Double(small), [-1, 0, 1].contains(number) { return number != 0 }
    let scalars = text.unicodeScalars
    return scalars.count == 1 && scalars.allSatisfy({ $0.value < 2 })
      ? scalars.first?.value == 1 : nil
  }

  private func isSet(_ column: ERPColumn, _ row: [String?]) -> Bool {
    Self.answer(columns.text(column, row)) ?? false
  }

  private func kind(_ row: [String?]) -> ThirdPartyKind {
    if isSet(.isCustomer, row) { return .customer }
    if isSet(.isSupplier, row) { return .supplier }
    if isSet(.isProspect, row) { return .prospect }
    let words =
      [text(.kind, row)]
      + text(.categories, row).split(separator: ",")
      .map { String($0) }
    let kinds = words.compactMap { ThirdPartyKind(word: $0) }
    return kinds.min { Self.rank($0) < Self.rank($1) } ?? .other
  }

  /// Of several kinds the one that says most to who answers the telephone.
  private static func rank(_ kind: ThirdPartyKind) -> Int {
    ThirdPartyKind.allCases.firstIndex(of: kind) ?? 0
  }

  /// What is kept of the country: its code, or what is written.
  private func country(
    _ row: [String?], _ home: NumberField.Home, _ notices: inout [String]
  ) -> String {
    switch home {
    case .plan: return ""
    case .region(let code): return code
    case .unknown:
      let text = Self.shown(text(.country, row))
      notices.append("the country \"\(text)\" is not known: its national numbers match weakly only")
      return text
    }
  }

  private func numbers(
    _ row: [String?], home: NumberField.Home, _ notices: inout [String]
  ) -> [ListedNumber] {
    var numbers: [ListedNumber] = []
    for column in ERPColumn.numbers {
      let text = columns.text(column, row)
      guard !text.isEmpty else { continue }
      let content = NumberField(text, use: use(column, row), plan: plan, home: home)
      let what = "\(column.rawValue) \"\(Self.shown(text))\""
      if let notice = content.notice(on: what) { notices.append(notice) }
      switch content {
      case .empty: continue
      case .unreadable: notices.append("\(what) is no telephone number: left out")
      case .numbers(let found): numbers += found
      }
    }
    return numbers
  }

  private func use(_ column: ERPColumn, _ row: [String?]) -> ListedNumber.Use {
    switch column {
    case .mobile: .mobile
    case .fax: .fax
    case .extension: .extension
    case .number: ListedNumber.Use(rawValue: columns.text(.numberType, row).lowercased()) ?? .phone
    default: .phone
    }
  }

  /// A text of several lines on one.
  private func line(_ column: ERPColumn, _ row: [String?]) -> String {
    text(column, row).split { $0.isNewline }.joined(separator: ", ")
  }

  private static func shown(_ text: String) -> String { ODBC.line(text.utf8.prefix(40)) }
}
