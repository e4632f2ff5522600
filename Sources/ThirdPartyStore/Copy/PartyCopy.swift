import GRDB
public import Telephony

/// What a copy has done.
public struct CopyReport: Hashable, Sendable {
  /// Parties that were not there before.
  public var added = 0
  /// Parties that were there and came again, changed or not.
  public var updated = 0
  /// Parties that are no longer there.
  public var gone = 0
  /// Contact persons that came with their party.
  public var contacts = 0
  /// Contact persons whose party is not there: parties by themselves.
  public var strayContacts = 0

  /// Nothing has been done.
  public init() {}
}

/// Copies third parties from a source, an ERP, into the store.
///
/// Rows are staged in batches and take effect in one short transaction, or not at all: lookups meet the
/// old picture or the new one, and a copy that is let go of before ``finish(mark:at:acceptingFewer:)``
/// leaves the old one whole. Parties of an import, of the window and of other sources stay, but one with
/// the code of a copied party becomes that party. Exception numbers of the source go with them. Memory does not grow with the copy. One thread at a time.
public final class PartyCopy {
  /// How much of the source a copy brings.
  public enum Extent: Hashable, Sendable {
    /// Everything: parties of the source that do not come are gone. Of two parties with one code the
    /// first that comes has it, so that rows are best brought in the order of their keys.
    case full
    /// What has changed: a few hundred rows among a million parties take well under a second.
    case changes
  }

  private let store: PartyStore
  private let extent: Extent
  private let staging: PartyStaging
  private let source: Int64
  private let before: Int
  private var counts = CopyWriter.Counts()
  var bringsExceptions = false

  /// Begins a copy from the source of this name. Throws `busy` while an import or another copy runs.
  public init(
    into store: PartyStore, from source: String, _ extent: Extent
  ) throws(StoreError) {
    self.store = store
    self.extent = extent
    let staging = try PartyStaging(store)
    self.staging = staging
    (self.source, before) = try explaining(Self.action, store.file.path) {
      try staging.write { db in
        try db.execute(sql: CopyStatements.createKeys)
        try db.execute(sql: CopyStatements.createExceptions)
        try db.execute(
          sql: "INSERT INTO copy (source, parties) VALUES (?, 0) ON CONFLICT (source) DO NOTHING",
          arguments: [source.storable])
        let known = try db.first(
          "SELECT id, parties FROM copy WHERE source = ?", [source.storable]
        ) { cells in
          // A count that cannot be read guards no copy against bringing too little.
          (
            try cells.number(0, in: Cells.counts),
            Int(clamping: (try? cells.number(1, in: Cells.counts)) ?? 0)
          )
        }
        return known ?? (0, 0)
      }
    }
  }

  /// Stages some rows; a few thousand at a time are fast. Returns what is worth telling of them.
  @discardableResult
  public func add(_ rows: [CopiedRow]) throws(StoreError) -> [String] {
    var notices: [String] = []
    for rows in staging.portions(rows) {
      try write { db in
        var writer = try CopyWriter(db, source: source, extent: extent, rows: rows.count)
        for row in rows { try writer.write(row) }
        counts += writer.counts
        notices += writer.notices
      }
    }
    return notices
  }

  /// Says of a copy of changes which parties and contact persons are gone, by their keys; best before the
  /// rows, which may then have their codes.
  public func remove(_ keys: [String]) throws(StoreError) {
    try write { db in
      let statement = try db.cachedStatement(sql: CopyStatements.removeKey)
      for key in keys { try statement.execute(arguments: [key.storable]) }
    }
  }

  /// Lets the copy take effect.
  ///
  /// - Parameters:
  ///   - mark: from where the next copy of changes goes on; nil: from where this one did, and after a full
  ///     copy from nowhere.
  ///   - time: when the copy was made; nil: it does not count as one, as when a single party was asked for.
  ///   - acceptingFewer: whether a full copy may bring nothing, or far fewer parties, numbers or exception numbers than
  ///     there are: less than four fifths, and at least ten fewer. Otherwise that throws `badInput`, as it does when a copy
  ///     of changes takes so many away.
  public func finish(
    mark: String?, at time: WallTime?, acceptingFewer: Bool = false
  ) throws(StoreError) -> CopyReport {
    var report = CopyReport()
    if extent == .changes {
      try write { db in
        try db.execute(sql: CopyStatements.stageOwners(source))
        try db.execute(sql: CopyStatements.stageLeftBehind(source))
      }
    }
    report.strayContacts = try adoptStrays()
    let staged = try write { try $0.count("SELECT count(*) FROM next_party") }
    if !acceptingFewer, let refusal = try refusal(staged, report.strayContacts) {
      try refuse(refusal, time)
    }
    report.contacts = counts.contacts - report.strayContacts
    report.added = counts.added
    report.updated = counts.updated
    try explaining(Self.action, store.file.path) {
      switch extent {
      case .full:
        report.gone = max(0, before - counts.updated)
        try staging.swapIn(CopyStatements.full(source)) {
          try conclude($0, parties: staged, mark, time)
        }
      case .changes:
        report.gone = try staging.write {
          try $0.count(CopyStatements.countGone(source))
        }
        let parties = max(0, before + counts.added - report.gone)
        try staging.join(CopyStatements.changes(source)) {
          try conclude($0, parties: parties, mark, time)
        }
      }
    }
    return report
  }

  /// Makes parties of contact persons whose party has not come; how many.
  private func adoptStrays() throws(StoreError) -> Int {
    var count = 0
    while true {
      let adopted = try write { db in
        let strays = try store.file.rows(
          db, "contact persons", CopyStatements.strays(extent), []
        ) { (try $0.text(0), try $0.textOrNil(1), try $0.numberOrNil(2)) }
        guard !strays.isEmpty else { return 0 }
        var writer = try CopyWriter(db, source: source, extent: extent, rows: strays.count)
        for stray in strays {
          try writer.standAlone(stray.0, name: stray.1 ?? "", of: stray.2 ?? 0)
        }
        counts += writer.counts
        return strays.count
      }
      guard adopted > 0 else { return count }
      count += adopted
    }
  }

  /// Why what is staged cannot be right: an ERP that is being repaired, moved or locked looks as if it had lost what it
  /// has. Nil: it can.
  private func refusal(_ staged: Int, _ strays: Int) throws(StoreError) -> String? {
    switch extent {
    case .full:
      if staged == 0 { return "the copy brings no third party at all" }
      // People without their companies make up for none.
      let alone = strays == 0 ? 0 : try count(CopyStatements.countAlone(source))
      if Self.isFarFewer(staged - strays, than: before - alone) {
        return "the copy brings \(staged - strays) third parties where there were \(before - alone)"
      }
      let numbers = try (
        count(CopyStatements.countNextNumbers), count(CopyStatements.countNumbers(source))
      )
      if Self.isFarFewer(numbers.0, than: numbers.1) {
        return "the copy brings \(numbers.0) telephone numbers where there were \(numbers.1)"
      }
    case .changes:
      let gone = try count(CopyStatements.countGone(source))
      if Self.isFarFewer(before - gone, than: before) {
        return "the changes take away \(gone) of \(before) third parties"
      }
    }
    guard bringsExceptions else { return nil }
    let exceptions = try (
      count("SELECT count(*) FROM next_exception"),
      count("SELECT count(*) FROM exception WHERE source = \(source)")
    )
    guard Self.isFarFewer(exceptions.0, than: exceptions.1) else { return nil }
    return "the copy brings \(exceptions.0) exception numbers where there were \(exceptions.1)"
  }

  private static func isFarFewer(_ new: Int, than old: Int) -> Bool {
    new * 5 < old * 4 && old - new >= 10
  }

  private func count(_ sql: String) throws(StoreError) -> Int { try write { try $0.count(sql) } }

  private func refuse(_ refusal: String, _ time: WallTime?) throws(StoreError) {
    let sentence = "\(refusal); nothing was changed"
    try write { db in
      try db.execute(
        sql: "UPDATE copy SET refused_at = ?, refusal = ? WHERE id = ?",
        arguments: [time?.milliseconds, sentence, source])
    }
    throw StoreError(.badInput, sentence)
  }

  private func conclude(_ db: Database, parties: Int, _ mark: String?, _ time: WallTime?) throws {
    let changes =
      switch extent {
      case .full: "mark = ?2, full_at = coalesce(?3, full_at), refused_at = NULL, refusal = NULL"
      case .changes: "mark = coalesce(?2, mark), changed_at = coalesce(?3, changed_at)"
      }
    try db.execute(
      sql: "UPDATE copy SET parties = ?1, \(changes) WHERE id = ?4",
      arguments: [parties, mark, time?.milliseconds, source])
    guard bringsExceptions else { return }
    for sql in CopyStatements.replaceExceptions { try db.execute(sql: sql, arguments: [source]) }
  }

  func write<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    try explaining(Self.action, store.file.path) { try staging.write(body) }
  }

  private static let action = "copying third parties"
}
