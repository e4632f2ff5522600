import GRDB
import PhoneNumbers
import TextForms

/// What an import says while it runs.
public enum ImportEvent: Sendable, Hashable {
  /// Headers that say nothing to the program, as written.
  case unusedColumns([String])
  /// A row is not taken.
  case refused(line: Int, why: String)
  /// Something of a row was left out; the row is taken.
  case notice(line: Int, String)
  /// How far reading has come [bytes], and rows seen so far.
  case progress(bytes: Int, rows: Int)
}

/// What an import has done.
public struct ImportReport: Sendable, Hashable {
  /// Rows that were taken.
  public var taken: Int
  /// Rows that were not.
  public var refused: Int
  /// How many of these have a name and a number.
  public var lost = 0
  /// Whether the store has changed: not when nothing was taken, or not all and the file is wanted whole.
  public var isApplied: Bool
  /// Whether the rows were vCards.
  public var isVCard = false

  /// What an import has done; see the properties.
  public init(taken: Int = 0, refused: Int = 0, lost: Int = 0, isApplied: Bool = false) {
    self.taken = taken
    self.refused = refused
    self.lost = lost
    self.isApplied = isApplied
  }
}

/// Reads third parties from a CSV file or from vCards into the store.
///
/// Parties of the file are added, or take the place of those with their code; all others stay. The
/// file's numbers of a party replace the earlier ones; columns that the file does not have say
/// nothing, so that a second file may bring the mobile numbers. A batch is read, its numbers too, while
/// the one before it is written: memory does not grow with the file.
public struct PartyImport: Sendable {
  private let store: PartyStore
  private let isWhole: Bool
  private let map: ImportMap
  private let page: CodePage?

  /// An import into `store`, whose number plan reads the numbers. What can be taken is taken, unless the file is
  /// wanted as a whole or not at all; `map` names columns by hand, `page` the code page, nil: what the file shows.
  public init(
    into store: PartyStore, allOrNothing: Bool = false, map: ImportMap = ImportMap(),
    page: CodePage? = nil
  ) {
    self.store = store
    self.page = page
    isWhole = allOrNothing
    self.map = map
  }

  /// Imports the whole of `input`: vCards when it begins like them, otherwise CSV. Throws `badInput` when
  /// there is no usable header line, `busy` when another import is running; a row that cannot be taken is
  /// told to `tell`.
  public func run(
    _ input: InputFile, tell: (ImportEvent) -> Void
  ) async throws(StoreError) -> ImportReport {
    let rows = try Self.rows(of: input, plan: store.plan, map: map, page: page, tell: tell)
    let staging = try PartyStaging(store)
    try write { try staging.write { try $0.execute(sql: ImportStatements.createOrigins) } }
    var report = try await stage(rows, staging, tell)
    report.isVCard = rows.isCards
    if report.taken > 0 && (report.refused == 0 || !isWhole) {
      try write {
        try staging.apply(ImportStatements.change(rows.columns, isCards: rows.isCards))
      }
      report.isApplied = true
    }
    return report
  }

  /// The rows of a file, whatever it is.
  static func rows(
    of input: InputFile, plan: NumberPlan, map: ImportMap, page: CodePage?,
    tell: (ImportEvent) -> Void
  ) throws(StoreError) -> any RowSource {
    var input = input
    var block = try input.readStart()
    if FileKind.isArchive(block) {
      let workbook = try Workbook(name: input.name, block + (try input.readRest()))
      return try SheetRows(try workbook.values(), of: input.name, plan: plan, map: map, tell: tell)
    }
    if let page { block = input.decode(block, as: page) }
    let kind = FileKind(block)
    switch kind {
    case .vCard:
      // What a card says of its own character sets goes before.
      var unnamed = page
      if page == nil {
        let charsets = VCardReader.charsets(of: block)
        unnamed = charsets.only
        if unnamed == nil { unnamed = try guess(charsets.unnamed, of: input, plan, tell) }
        if let unnamed, charsets.named.isEmpty { block = input.decode(block, as: unnamed) }
      }
      return VCardRows(VCardReader(block: block, input: input, page: unnamed), plan: plan)
    case .other(let what): throw StoreError(.badInput, "\(input.name) is \(what)")
    case .ldif, .json, .xml:
      block += try input.readRest()
      switch try nested(block, kind, input, plan: plan, map: map, tell: tell) {
      case .rows(let rows): return rows
      case .values(let values): (input, block) = (InputFile(name: input.name, bytes: []), values)
      case nil: break
      }
    case .page, .sheets: block += try input.readRest()
    case .rows: break
    }
    if page == nil, let guessed = try guess(block, of: input, plan, tell) {
      block = input.decode(block, as: guessed)
    }
    if case .sheets = kind {
      return try SheetRows(
        TableText.values(block), of: input.name, plan: plan, map: map, tell: tell)
    }
    if case .page = kind {
      let tables = TableText.values(block)
      guard !tables.isEmpty else {
        throw StoreError(.badInput, "\(input.name) is a page of the Web (HTML) without a table")
      }
      (input, block) = (
        InputFile(name: input.name, bytes: []), Array(tables.joined(separator: [Ascii.lf]))
      )
    } else if !block.starts(with: ImportColumn.header.utf8), TypographicQuotes.stand(in: block) {
      let text = TypographicQuotes.plain(block + (try input.readRest()))
      (input, block) = (InputFile(name: input.name, bytes: []), text)
    }
    return try CSVRows(input, block: block, plan: plan, map: map, tell: tell)
  }

  /// The character set that the text of a file shows; nil for the usual ones.
  private static func guess(
    _ text: [UInt8], of input: InputFile, _ plan: NumberPlan, _ tell: (ImportEvent) -> Void
  ) throws(StoreError) -> CodePage? {
    switch CharsetGuess.read(text, region: plan.region) {
    case .usual: return nil
    case .perhaps(let names):
      let which = names.joined(separator: " or ")
      let told = "the file is read as Windows-1252 and may be \(which); --charset names another set"
      tell(.notice(line: 1, told))
      return nil
    case .page(let page):
      tell(.notice(line: 1, "the file is read as \(page.name); --charset names another set"))
      return page
    case .unclear(let names):
      let which =
        names.isEmpty
        ? "one that its letters do not show" : names.joined(separator: " or ")
      throw StoreError(
        .badInput, "\(input.name): its character set may be \(which); name it with --charset")
    }
  }

  /// What a file of JSON, XML or LDIF holds: records, or rows of values without names.
  private enum Nested {
    case rows(any RowSource)
    case values([UInt8])
  }

  /// What a file holds whose records are nested; nil when it is none.
  private static func nested(
    _ text: [UInt8], _ kind: FileKind, _ input: InputFile, plan: NumberPlan, map: ImportMap,
    tell: (ImportEvent) -> Void
  ) throws(StoreError) -> Nested? {
    var cards: [UInt8]?
    var root: DataNode?
    switch kind {
    case .ldif: root = LDIFReader.read(text)
    case .json:
      cards = JSONTree.cards(text)
      root = cards == nil ? JSONTree.read(text)?.withPlainPatients : nil
    case .xml:
      root = XMLTree.read(text)
      cards = root.flatMap(XMLTree.cards)
    case .vCard, .page, .sheets, .rows, .other: break
    }
    if let cards {
      let lines = InputFile(name: input.name, bytes: [])
      return .rows(VCardRows(VCardReader(block: cards, input: lines), plan: plan))
    }
    guard let root else {
      if case .xml = kind {
        throw StoreError(
          .badInput, "\(input.name) is XML that is broken, nested too deep or declares entities")
      }
      return nil
    }
    guard let table = RecordTable(root, map: map) else {
      if let values = ValueGrid.values(root) { return .values(values) }
      throw StoreError(
        .badInput, "\(input.name) has no records with a name and telephone numbers in it")
    }
    if !table.header.unused.isEmpty { tell(.unusedColumns(table.header.unused)) }
    return .rows(TableRows(table, bytesRead: text.count, plan: plan))
  }

  private func stage(
    _ rows: any RowSource, _ staging: PartyStaging, _ tell: (ImportEvent) -> Void
  ) async throws(StoreError) -> ImportReport {
    var report = ImportReport()
    var next = ImportBatch(rest: rows).reading()
    while true {
      let batch = try await next.value.get()
      if !batch.isLast { next = batch.reading() }
      try write(batch, staging, &report, tell)
      tell(.progress(bytes: batch.rest.bytesRead, rows: report.taken + report.refused))
      if batch.isLast { return report }
    }
  }

  private func write(
    _ batch: ImportBatch, _ staging: PartyStaging, _ report: inout ImportReport,
    _ tell: (ImportEvent) -> Void
  ) throws(StoreError) {
    let usable = batch.rows.filter { (try? $0.content.get()) != nil }
    var late: [Int: ImportWriter.Outcome] = [:]
    for usable in staging.portions(usable) {
      try write {
        try staging.write { db in
          let writer = try ImportWriter(db, batch.rest.columns, isCards: batch.rest.isCards)
          var fresh = try PartySchema.reserveParties(db, count: usable.count)
          for read in usable {
            guard let row = try? read.content.get() else { continue }
            let outcome = try writer.write(row, line: read.line, fresh: fresh)
            if case .taken = outcome {} else { late[read.line] = outcome }
            fresh += 1
          }
        }
      }
    }
    for row in batch.rows {
      switch (row.content, late[row.line]) {
      case (.failure(let refusal), _):
        report.refused += 1
        report.lost += refusal.isLoss ? 1 : 0
        tell(.refused(line: row.line, why: refusal.why))
        continue
      case (.success(let party), .nameless?):
        report.refused += 1
        tell(
          .refused(line: row.line, why: "no name, and no earlier row has the code \(party.code)"))
        continue
      case (.success, .apart(let line, let why)?):
        tell(
          .notice(
            line: row.line, "\(why) than line \(line), which has its code: a party of its own"))
      case (.success, _): break
      }
      report.taken += 1
      for notice in row.notices { tell(.notice(line: row.line, notice)) }
    }
  }

  private func write<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
    try explaining("importing third parties", store.file.path, body)
  }
}
