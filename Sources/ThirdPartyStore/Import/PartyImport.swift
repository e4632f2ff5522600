import GRDB
import PhoneNumbers

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
  /// Whether the store has changed: not when rows were refused and the file is wanted whole.
  public var isApplied: Bool
  /// Whether the rows were vCards.
  public var isVCard = false

  /// What an import has done; see the properties.
  public init(taken: Int = 0, refused: Int = 0, isApplied: Bool = false) {
    self.taken = taken
    self.refused = refused
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
  private static let batchSize = 8_000

  private let store: PartyStore
  private let keepGoing: Bool

  /// An import into `store`, whose number plan reads the numbers. With `keepGoing` the usable rows
  /// are taken even when others are refused.
  public init(into store: PartyStore, keepGoing: Bool = false) {
    self.store = store
    self.keepGoing = keepGoing
  }

  /// Imports the whole of `input`: vCards when it begins like them, otherwise CSV. Throws `badInput` when
  /// there is no usable header line, `busy` when another import is running; a row that cannot be taken is
  /// told to `tell`.
  public func run(
    _ input: InputFile, tell: (ImportEvent) -> Void
  ) async throws(StoreError) -> ImportReport {
    let block = try input.readStart()
    let isVCard = VCardReader.recognises(block)
    let rows: any RowSource
    if isVCard {
      rows = VCardRows(VCardReader(block: block, input: input), plan: store.plan)
    } else {
      let (header, records) = try CSVSniffer.open(input, block: block)
      if !header.unused.isEmpty { tell(.unusedColumns(header.unused)) }
      rows = CSVRows(records, header, plan: store.plan)
    }
    let staging = try PartyStaging(store)
    var report = try await stage(rows, staging, tell)
    report.isVCard = isVCard
    if report.taken > 0 && (report.refused == 0 || keepGoing) {
      try write { try staging.apply(ImportStatements.change(rows.columns)) }
      report.isApplied = true
    }
    return report
  }

  private func stage(
    _ rows: any RowSource, _ staging: PartyStaging, _ tell: (ImportEvent) -> Void
  ) async throws(StoreError) -> ImportReport {
    let insertParty = ImportStatements.insertParty(rows.columns)
    var report = ImportReport()
    var next = Batch.reading(rows)
    while true {
      let batch = try await next.value.get()
      if !batch.isLast { next = Batch.reading(batch.rest) }
      try take(batch.rows, staging, insertParty, &report, tell)
      tell(.progress(bytes: batch.rest.bytesRead, rows: report.taken + report.refused))
      if batch.isLast { return report }
    }
  }

  /// Some rows of the file, and the source of those behind them.
  ///
  /// The source is handed from one task to the next and never used by two, which the compiler cannot
  /// see.
  private struct Batch: @unchecked Sendable {
    var rows: [ReadRow] = []
    var rest: any RowSource
    var isLast = false

    /// Reads up to a batch of rows beside whoever asks.
    static func reading(_ rows: any RowSource) -> Task<Result<Batch, StoreError>, Never> {
      let start = Batch(rest: rows)
      return Task.detached {
        var batch = start
        do throws(StoreError) {
          while batch.rows.count < batchSize {
            guard let row = try batch.rest.next() else {
              batch.isLast = true
              break
            }
            batch.rows.append(row)
          }
          return .success(batch)
        } catch {
          return .failure(error)
        }
      }
    }
  }

  private func take(
    _ batch: [ReadRow], _ staging: PartyStaging, _ insertParty: String,
    _ report: inout ImportReport, _ tell: (ImportEvent) -> Void
  ) throws(StoreError) {
    let usable = batch.filter { (try? $0.content.get()) != nil }
    var late: [Int: String] = [:]
    for usable in staging.portions(usable) {
      try write {
        try staging.write { db in
          let writer = try ImportWriter(db, insertParty: insertParty)
          var fresh = try PartySchema.reserveParties(db, count: usable.count)
          for read in usable {
            guard let row = try? read.content.get() else { continue }
            if try !writer.write(row, fresh: fresh) {
              late[read.line] = "no name, and no earlier row has the code \(row.code)"
            }
            fresh += 1
          }
        }
      }
    }
    for row in batch {
      switch (row.content, late[row.line]) {
      case (.failure(let refusal), _):
        report.refused += 1
        tell(.refused(line: row.line, why: refusal.why))
      case (.success, let why?):
        report.refused += 1
        tell(.refused(line: row.line, why: why))
      case (.success, nil):
        report.taken += 1
        for notice in row.notices { tell(.notice(line: row.line, notice)) }
      }
    }
  }

  private func write<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
    try explaining("importing third parties", store.file.path, body)
  }
}
