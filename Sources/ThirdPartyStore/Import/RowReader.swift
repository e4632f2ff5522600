import PhoneNumbers
import Telephony

/// Reads rows of a CSV file: pure, so that several threads share the work.
struct RowReader: Sendable {
  let header: ImportHeader
  let plan: NumberPlan
  private let isOwn: Bool
  /// The fields whose headers say that their numbers are no longer right, or may be somebody else's.
  private let doubtful: Set<Int>

  init(header: ImportHeader, plan: NumberPlan) {
    self.header = header
    doubtful = header.doubtful.union(
      header.texts.indices.filter {
        header.columns[$0]?.isNumber == true && plan.isOld(label: header.texts[$0])
      })
    self.plan = plan
    isOwn = header.isOwn
  }

  /// What a row says; nil when it says nothing at all.
  func read(_ record: CSVRecord) -> ReadRow? {
    guard !header.isRepeated(by: record) else { return nil }
    let record = record.rejoined(header.columns.count)
    var notices = record.notice.map { [$0] } ?? []
    var unnamed: ReadRow.Unnamed?
    do throws(ReadRow.Refusal) {
      guard let row = try row(record, &unnamed, &notices) else { return nil }
      return ReadRow(line: record.line, content: .success(row), notices: notices)
    } catch {
      return ReadRow(
        line: record.line, content: .failure(error), notices: notices, unnamed: unnamed)
    }
  }

  private func row(
    _ record: CSVRecord, _ unnamed: inout ReadRow.Unnamed?, _ notices: inout [String]
  ) throws(ReadRow.Refusal) -> ImportRow? {
    if let damage = record.damage { throw ReadRow.Refusal(why: damage, isLoss: true) }
    let isLong = (header.columns.count..<max(record.count, header.columns.count)).contains {
      !record.text($0).visible.trimmed.isEmpty
    }
    let long = "\(record.count) fields under \(header.columns.count) headers; is a field unquoted?"
    var texts = ImportRow.texts.map { text(record, $0.column) }
    let country = Self.country(texts[4], &notices)
    texts[4] = country.text
    let who = names(record)
    texts[0] = who.party
    // Of a private person the only name may be that of the contact.
    let fallback = [who.contact, text(record, .nickname), texts[5]].first { !$0.isEmpty } ?? ""
    let numbers = try numbers(
      record, home: country.home, hasName: !(who.party + fallback).isEmpty, &notices)
    if isLong {
      // What stands in the columns that have a header is read; without a number it may be shifted.
      guard !numbers.isEmpty else { throw ReadRow.Refusal(why: long, isLoss: true) }
      notices.append(long)
    }
    let code = code(text(record, .code))
    guard !code.isEmpty || !texts[0].isEmpty || !fallback.isEmpty else {
      guard record.hasText else { return nil }
      let isInner = header.isInner(record)
      if isInner || !numbers.isEmpty {
        unnamed = ReadRow.Unnamed(numbers: numbers, areOwn: isInner)
      }
      throw ReadRow.Refusal(why: "neither a code nor a name")
    }
    let (made, identity) = identity(
      record, code, texts[0].isEmpty ? fallback : texts[0], who, numbers)
    return ImportRow(
      code: made, identity: identity, texts: texts, fallback: fallback,
      kind: kind(record, &notices), contact: who.contact, numbers: numbers)
  }

  /// The code that is said. In a file of ours a mark alone may be one.
  private func code(_ text: String) -> String {
    guard isOwn else { return Identity.key(text) ?? "" }
    return Identity.key(text) == nil && text.contains(where: { $0.isLetter || $0.isNumber })
      ? "" : text
  }

  private func identity(
    _ record: CSVRecord, _ code: String, _ name: String, _ who: Names, _ numbers: [ListedNumber]
  ) -> (String, ImportRow.Identity) {
    if !code.isEmpty { return (code, .said) }
    if who.isCompany, header.namesPersons {
      return (ImportRow.code(name: name, number: nil), .organization)
    }
    if let id = Identity.key(text(record, .id)) { return (id, .said) }
    return (ImportRow.code(name: name, number: numbers.first?.number), .made)
  }

  /// Who a row is about.
  private struct Names {
    var party: String
    var contact: String
    var isCompany = false
  }

  /// The party and its contact person. Where a company and a person stand in one row, the company is the
  /// party.
  private func names(_ record: CSVRecord) -> Names {
    let name = { (column: ImportColumn) in
      let text = text(record, column)
      let isPart = column == .first || column == .last || (column == .name && header.hasParts)
      guard !isOwn else { return text }
      if column == .company || column == .contact, Missing.isAnswer(text) { return "" }
      return (isPart ? Missing.isMark(text) || text.isTelephone : Missing.isNobody(text))
        ? "" : text
    }
    guard header.hasParts else { return named(name(.name), of: name(.contact), record) }
    var (first, last) = (name(.first), name(.last))
    var whole = name(.name)
    // `Nom` beside `Prénom` is a family name, `Nombre` beside `Apellidos` a first one.
    if header.has(.first), !header.has(.last), header.has(.name), !header.hasContactParts {
      (last, whole) = (whole, "")
    }
    if header.has(.last), !header.has(.first), header.has(.name) { (first, whole) = (whole, "") }
    if whole.isEmpty { whole = name(.display) }
    let joined = [first, last].filter { !$0.isEmpty }.joined(separator: " ")
    let person = whole.isEmpty ? joined : whole
    var (company, contact) = (name(.company), name(.contact))
    if header.hasContactParts {
      let contact = [first, contact].filter { !$0.isEmpty }.joined(separator: " ")
      guard !company.isEmpty || !whole.isEmpty else { return named("", of: contact, record) }
      return Names(
        party: company.isEmpty ? whole : company, contact: contact, isCompany: !company.isEmpty)
    }
    if whole.isEmpty, !joined.isEmpty, header.isContactParty {
      (company, contact) = (contact, "")
    }
    guard !company.isEmpty else {
      // Under merged cells the company is said once; whoever is named is not left out.
      return named(person, of: contact, record)
    }
    // `Contact Name` may be the company's again; what has both parts is a person's.
    let isParted = name(.name).isEmpty && !first.isEmpty && !last.isEmpty
    let speakers = isParted ? [joined] : [contact, person]
    let speaker = speakers.first { !$0.isEmpty } ?? ""
    let isSame = Identity.words(speaker) == Identity.words(company)
    return Names(party: company, contact: isSame ? "" : speaker, isCompany: true)
  }

  /// The party and its contact person, who is the party where nobody else is named.
  private func named(_ party: String, of contact: String, _ record: CSVRecord) -> Names {
    let isAlone = party.isEmpty && text(record, .code).isEmpty
    return isAlone ? Names(party: contact, contact: "") : Names(party: party, contact: contact)
  }

  /// The first text that stands under this column; a header may come twice.
  private func text(_ record: CSVRecord, _ column: ImportColumn) -> String {
    for field in header.order where header.columns[field] == column {
      let text = record.text(field)
      guard !text.isEmpty else { continue }
      let unguarded = SpreadsheetText.unguarded(text)
      return isOwn
        ? unguarded : unguarded.withoutFileMarks.withoutEntities.withoutModule.withoutLink
    }
    return ""
  }

  /// The numbers of a row. One of several that cannot be read is left out with a notice; a row that
  /// has numbers but none that can be read could never be found by one, and is not taken.
  private func numbers(
    _ record: CSVRecord, home: NumberField.Home, hasName: Bool, _ notices: inout [String]
  ) throws(ReadRow.Refusal) -> [ListedNumber] {
    var numbers: [ListedNumber] = []
    var unread: [String] = []
    var isLost = false
    for (column, use) in ImportRow.uses {
      for (field, candidate) in header.columns.enumerated() where candidate == column {
        let begun = header.tails[field].map { record.text(field..<$0.upperBound) }
        let text = whole(SpreadsheetText.unguarded(begun ?? record.text(field)), of: field, record)
        let label = header.labels[field].map { record.text($0) }
        // An e-mail address, as its label says.
        if header.values.contains(field), HeaderWords(label ?? "").use == nil,
          !text.isPlainTelephone
        {
          continue
        }
        let use =
          label.flatMap { HeaderWords($0).use }
          .flatMap { label in ImportRow.uses.first { $0.column == label }?.use } ?? use
        let content = NumberField(text, use: use, plan: plan, home: home)
          .doubted(isDoubtful(field, label, record))
        let what = "\(column.rawValue) \"\(text.prefix(40))\""
        if let notice = content.notice(on: what) { notices.append(notice) }
        switch content {
        case .empty: continue
        case .unreadable:
          unread.append(what)
          isLost = isLost || text.contains { ("0"..."9").contains($0) }
        case .numbers(let found): numbers += found
        }
      }
    }
    guard !unread.isEmpty else { return numbers }
    let what = unread.joined(separator: ", ") + (unread.count == 1 ? " is" : " are")
    guard !numbers.isEmpty || !isLost else {
      throw ReadRow.Refusal(why: "\(what) no telephone number", isLoss: hasName)
    }
    notices.append("\(what) no telephone number: left out")
    return numbers
  }

  /// A number with what stands of it in other fields.
  private func whole(_ text: String, of field: Int, _ record: CSVRecord) -> String {
    guard !text.isEmpty, !text.hasPrefix("+"), !text.hasPrefix("00") else { return text }
    let part = { (field: Int?, most: Int) -> String? in
      guard let text = field.map({ SpreadsheetText.unguarded(record.text($0)) }),
        (1...most).contains(text.utf8.count { (0x30...0x39).contains($0) })
      else { return nil }
      return text
    }
    var whole = text
    if let area = part(header.areas[field], 6) {
      let isCountry = area.hasPrefix("+") || area.hasPrefix("00")
      whole = !isCountry && text.hasPrefix("0") ? text : "\(area) \(text)"
    }
    guard let country = part(header.callingCodes[field], 5), !whole.hasPrefix("+") else {
      return whole
    }
    let isMarked = country.hasPrefix("+") || country.hasPrefix("00")
    return "\(isMarked ? country : "+\(country)") \(whole)"
  }

  /// Whether a header or a label says that numbers are no longer the party's, or that they may be somebody else's
  /// beside its own.
  private func isDoubtful(_ field: Int, _ label: String?, _ record: CSVRecord) -> Bool {
    guard !doubtful.contains(field), !isBehindTelephone(field, record) else { return true }
    guard let label else { return false }
    let words = HeaderWords(label)
    guard !plan.isOld(label: label), !words.isOthers else { return true }
    guard !words.isOwn() else { return false }
    return header.columns.indices.contains { other in
      guard other != field, [.phone, .mobile].contains(header.columns[other]),
        !doubtful.contains(other), !record.text(other).isEmpty
      else { return false }
      let label = header.labels[other].map { HeaderWords(record.text($0)) }
      return label.map { $0.isOwn() && $0.use != .fax } ?? true
    }
  }

  /// Whether an extension stands right behind a telephone: it may be dialled behind that, on somebody else's exchange. Not
  /// behind a number by which one's own extensions are dialled.
  private func isBehindTelephone(_ field: Int, _ record: CSVRecord) -> Bool {
    header.columns[field] == .extension && field > 0
      && !header.words[field - 1].has(["sda", "did", "ddi"].contains)
      && [.phone, .mobile].contains(header.columns[field - 1]) && !record.text(field - 1).isEmpty
  }

  /// Where numbers are read, and what is kept of the country: its code, or what is written.
  static func country(
    _ text: String, _ notices: inout [String]
  ) -> (home: NumberField.Home, text: String) {
    let home = NumberField.Home(country: text)
    switch home {
    case .plan: return (home, "")
    case .region(let code): return (home, code)
    case .unknown:
      let shown = String(text.visible.prefix(40))
      notices.append(
        "the country \"\(shown)\" is not known: its national numbers match weakly only")
      return (home, shown)
    }
  }

  private func kind(_ record: CSVRecord, _ notices: inout [String]) -> ThirdPartyKind? {
    let text = text(record, .kind)
    guard !text.isEmpty, !Missing.isMark(text) else { return nil }
    let kind = ThirdPartyKind(word: text)
    if kind == nil {
      let known = ThirdPartyKind.allCases.map(\.rawValue).joined(separator: ", ")
      notices.append("kind \"\(text.prefix(40))\" is none of \(known): left out")
    }
    return kind
  }
}

extension String {
  /// A name without the module of vtiger CRM that it is kept in: `Accounts::::Dupont SA`.
  fileprivate var withoutModule: String {
    guard let mark = firstRange(of: "::::") else { return self }
    return String(self[mark.upperBound...])
  }

  /// A name without the page that Notion writes behind it: `Dupont SA (https://…)`.
  fileprivate var withoutLink: String {
    guard hasSuffix(")"), let mark = firstRange(of: " (http") else { return self }
    return String(self[..<mark.lowerBound])
  }

  /// Whether it has as many digits as a telephone number and nothing that is of a name.
  fileprivate var isTelephone: Bool {
    utf8.count { (0x30...0x39).contains($0) } > 5 && !contains(where: \.isLetter)
  }

  /// Without the mark that a file of UTF-8 may begin with, where two were joined, and without what old programs
  /// end one with.
  fileprivate var withoutFileMarks: String {
    guard utf8.contains(where: { $0 == 0xEF || $0 == 0x1A }) else { return self }
    return String(unicodeScalars.filter { $0 != "\u{FEFF}" && $0 != "\u{1A}" }).trimmed
  }
}
