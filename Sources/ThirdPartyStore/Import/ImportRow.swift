import PhoneNumbers
public import Telephony

/// A row of an import, read and with its numbers in normal form.
struct ImportRow: Sendable {
  /// The ERP's code, or the one made of the name and the first number.
  var code: String
  /// The columns of ``ImportRow/texts``, in that order; empty where the row says nothing.
  var texts: [String]
  /// Nil where the row says nothing.
  var kind: ThirdPartyKind?
  /// The contact person whose numbers these are; empty for the party's own.
  var contact: String
  var numbers: [ListedNumber]

  /// The columns that hold one text of the party, under the store's names for them.
  static let texts: [(column: ImportColumn, name: String)] = [
    (.name, "name"), (.address, "address"), (.zip, "zip"), (.city, "city"),
    (.country, "country"), (.email, "email"), (.notes, "remarks"),
  ]

  /// The columns that hold numbers, and what those are for.
  static let uses: [(column: ImportColumn, use: ListedNumber.Use)] = [
    (.phone, .phone), (.mobile, .mobile), (.fax, .fax), (.extension, .extension),
  ]

  var name: String { texts[0] }
}

/// What became of a row on reading it.
struct ReadRow: Sendable {
  var line: Int
  /// The row, or why it is not taken.
  var content: Result<ImportRow, Refusal>
  /// What was left out of a row that is taken.
  var notices: [String] = []

  /// Why a row is not taken.
  struct Refusal: Error, Sendable { var why: String }
}

/// Reads rows: pure, so that several threads share the work.
struct RowReader: Sendable {
  let header: ImportHeader
  let plan: NumberPlan

  func read(_ record: CSVRecord) -> ReadRow {
    var notices: [String] = []
    do throws(ReadRow.Refusal) {
      let row = try row(record, &notices)
      return ReadRow(line: record.line, content: .success(row), notices: notices)
    } catch {
      return ReadRow(line: record.line, content: .failure(error))
    }
  }

  private func row(
    _ record: CSVRecord, _ notices: inout [String]
  ) throws(ReadRow.Refusal) -> ImportRow {
    if let damage = record.damage { throw ReadRow.Refusal(why: damage) }
    for field in header.columns.count..<max(record.count, header.columns.count)
    where !record.text(field).isEmpty {
      throw ReadRow.Refusal(
        why: "\(record.count) fields under \(header.columns.count) headers; is a field unquoted?")
    }
    var texts = ImportRow.texts.map { text(record, $0.column) }
    let country = try Self.country(text(record, .country))
    if let index = ImportRow.texts.firstIndex(where: { $0.column == .country }) {
      texts[index] = country ?? ""
    }
    let numbers = try numbers(record, region: country, &notices)
    let given = text(record, .code)
    guard !given.isEmpty || !texts[0].isEmpty else {
      throw ReadRow.Refusal(why: "neither a code nor a name")
    }
    return ImportRow(
      code: given.isEmpty ? Self.code(name: texts[0], number: numbers.first?.number) : given,
      texts: texts, kind: try Self.kind(text(record, .kind)), contact: text(record, .contact),
      numbers: numbers)
  }

  /// The first text that stands under this column; a header may come twice.
  private func text(_ record: CSVRecord, _ column: ImportColumn) -> String {
    for (field, candidate) in header.columns.enumerated() where candidate == column {
      let text = record.text(field)
      if !text.isEmpty { return SpreadsheetText.unguarded(text) }
    }
    return ""
  }

  /// The numbers of a row. One of several that cannot be read is left out with a notice; a row that
  /// has numbers but none that can be read could never be found by one, and is not taken.
  private func numbers(
    _ record: CSVRecord, region: String?, _ notices: inout [String]
  ) throws(ReadRow.Refusal) -> [ListedNumber] {
    var numbers: [ListedNumber] = []
    var unread: [String] = []
    for (column, use) in ImportRow.uses {
      for (field, candidate) in header.columns.enumerated() where candidate == column {
        let text = SpreadsheetText.unguarded(record.text(field))
        let content = NumberField(text, use: use, plan: plan, region: region)
        let what = "\(column.rawValue) \"\(text.prefix(40))\""
        if let notice = content.notice(on: what) { notices.append(notice) }
        switch content {
        case .empty: continue
        case .unreadable: unread.append(what)
        case .numbers(let found): numbers += found
        }
      }
    }
    guard unread.isEmpty else {
      let what = unread.joined(separator: ", ") + (unread.count == 1 ? " is" : " are")
      guard !numbers.isEmpty else { throw ReadRow.Refusal(why: "\(what) no telephone number") }
      notices.append("\(what) no telephone number: left out")
      return numbers
    }
    return numbers
  }

  private static func country(_ text: String) throws(ReadRow.Refusal) -> String? {
    guard !text.isEmpty else { return nil }
    let code = text.uppercased()
    guard code.utf8.count == 2, NumberPlan.knows(region: code) else {
      throw ReadRow.Refusal(why: "country \"\(text.prefix(40))\" is no ISO code such as FR")
    }
    return code
  }

  private static func kind(_ text: String) throws(ReadRow.Refusal) -> ThirdPartyKind? {
    guard !text.isEmpty else { return nil }
    guard let kind = ThirdPartyKind(word: text) else {
      let known = ThirdPartyKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ReadRow.Refusal(why: "kind \"\(text.prefix(40))\" is none of \(known)")
    }
    return kind
  }

  /// A code for a row that has none, always the same for this name and first number: `~` and 13
  /// characters of base 32, a 64-bit FNV-1a hash of both.
  static func code(name: String, number: PhoneNumber?) -> String {
    let identity = name.lowercased() + "\u{1F}" + (number?.key ?? "")
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in identity.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 32)
    return "~" + String(repeating: "0", count: 13 - digits.count) + digits
  }
}

extension ThirdPartyKind {
  /// The kind that a word says in French or English, nil when it says none.
  public init?(word: String) {
    switch ImportColumn.folded(word) {
    case "customer", "client": self = .customer
    case "supplier", "fournisseur": self = .supplier
    case "prospect": self = .prospect
    case "representative", "commercial": self = .representative
    case "other", "autre": self = .other
    case "contact": self = .contact
    default: return nil
    }
  }
}
