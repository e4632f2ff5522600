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

  /// Reads a row, a value for each column.
  func read(_ row: [String?]) -> ReadPartyRow {
    let key = columns.text(.id, row)
    var read = ReadPartyRow(content: .refused)
    let changed = columns.text(.changed, row)
    read.mark = CopyMark(changed)
    if read.mark == nil, !changed.isEmpty { read.strangeMark = Self.shown(changed) }
    guard !key.isEmpty else {
      read.notices = ["a row without id: not taken"]
      return read
    }
    guard columns.text(.active, row).isEmpty || isSet(.active, row) else {
      read.content = .gone(key)
      return read
    }
    var notices: [String] = []
    let owner = columns.text(.company, row)
    let region = country(row, &notices)
    let party = CopiedRow(
      key: key, owner: owner.isEmpty || owner == key ? nil : owner,
      code: columns.text(.code, row), kind: kind(row), name: columns.text(.name, row),
      address: line(.address, row), zip: columns.text(.zip, row), city: columns.text(.city, row),
      country: region ?? "", email: columns.text(.email, row), remarks: line(.remarks, row),
      numbers: numbers(row, region: region, &notices))
    read.content = .party(party)
    read.notices = notices.map { "\(key): \($0)" }
    return read
  }

  /// How databases and people say yes, beside 1.
  private static let words: Set<String> = ["t", "true", "y", "yes", "o", "oui", "-1"]

  private func isSet(_ column: ERPColumn, _ row: [String?]) -> Bool {
    switch columns.text(column, row) {
    case "1": true
    case "", "0": false
    case let text: Self.words.contains(text.lowercased())
    }
  }

  private func kind(_ row: [String?]) -> ThirdPartyKind {
    if isSet(.isCustomer, row) { return .customer }
    if isSet(.isSupplier, row) { return .supplier }
    if isSet(.isProspect, row) { return .prospect }
    let words =
      [columns.text(.kind, row)]
      + columns.text(.categories, row).split(separator: ",")
      .map { String($0) }
    let kinds = words.compactMap { ThirdPartyKind(word: $0) }
    return kinds.min { Self.rank($0) < Self.rank($1) } ?? .other
  }

  /// Of several kinds the one that says most to who answers the telephone.
  private static func rank(_ kind: ThirdPartyKind) -> Int {
    ThirdPartyKind.allCases.firstIndex(of: kind) ?? 0
  }

  private func country(_ row: [String?], _ notices: inout [String]) -> String? {
    let text = columns.text(.country, row).uppercased()
    guard !text.isEmpty else { return nil }
    guard text.utf8.count == 2, NumberPlan.knows(region: text) else {
      notices.append("country \"\(Self.shown(text))\" is no ISO code such as FR: left out")
      return nil
    }
    return text
  }

  private func numbers(
    _ row: [String?], region: String?, _ notices: inout [String]
  ) -> [ListedNumber] {
    var numbers: [ListedNumber] = []
    for column in ERPColumn.numbers {
      let text = columns.text(column, row)
      guard !text.isEmpty else { continue }
      let content = NumberField(text, use: use(column, row), plan: plan, region: region)
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
    columns.text(column, row).split { $0.isNewline }.joined(separator: ", ")
  }

  private static func shown(_ text: String) -> String { ODBC.line(text.utf8.prefix(40)) }
}
