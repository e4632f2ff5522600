import GRDB
public import PhoneNumbers
import Synchronization
public import Telephony

/// The third parties, found by number in a few microseconds whatever their count.
///
/// Lookups have a connection of their own, with prepared statements, and never wait for a writer.
/// Every function blocks for as long as the file does, at most the busy timeout.
public final class PartyStore: Sendable {
  /// The connections to the file.
  final class Connections: Sendable {
    let reader: DatabaseQueue
    let writer: DatabaseQueue
    /// The one prepared path of a call; used on the reader's queue only, which makes it safe to share.
    nonisolated(unsafe) let lookup: LookupStatement
    /// The exception numbers, as they were when the file was last another.
    let exceptions = Mutex<(version: Int64, entries: [ExceptionNumber])?>(nil)

    init(_ file: StoreFile) throws(StoreError) {
      let writer = try file.open()
      let isOne = writer.configuration.readonly || StoreFile.isAlone(writer)
      let reader = isOne ? writer : try file.connect(for: .lookups)
      lookup = try explaining("preparing the lookup", file.path) {
        try reader.inDatabase { db in
          try PartyStore.prepareSearch(db)
          return try LookupStatement(db)
        }
      }
      self.writer = writer
      self.reader = reader
    }
  }

  let open: OpenFile<Connections>
  var file: StoreFile { open.file }
  /// How numbers are read and shown.
  let plan: NumberPlan

  /// Opens the file at `path`, making it and its folder where missing.
  ///
  /// - Parameters:
  ///   - plan: how numbers are read and shown.
  ///   - busyTimeout: how long another program's lock is waited for [s].
  ///   - notices: takes what is to be said beside the answers.
  ///   - movesDamagedAside: whether a damaged file is moved aside and a new one begun; otherwise it is an error.
  ///   - holder: whose the file is.
  public init(
    path: String, plan: NumberPlan, busyTimeout: Double = 5,
    notices: StoreNotices = StoreNotices(), movesDamagedAside: Bool = false,
    holder: FileHolder = .user
  ) throws(StoreError) {
    self.plan = plan
    let file = StoreFile(
      path: path, holds: Self.things,
      migrator: PartySchema.migrator { notices.say(of: $0, path) },
      busyTimeout: busyTimeout, cache: 8192,
      functions: [SearchText.function, StrictTables.function], notices: notices,
      movesAside: movesDamagedAside, holder: holder)
    open = try OpenFile(file) { file throws(StoreError) in
      try Connections(file)
    } faults: { connections in
      try connections.reader.inDatabase { try StoreFile.faults($0) }
    }
  }

  /// What is wrong with the file, in SQLite's words; empty when nothing is. Reads all of it.
  public func faults() throws(StoreError) -> [String] {
    try open.use("checking") { try $0.reader.inDatabase { try StoreFile.faults($0) } }
  }

  /// The parties with this number, best first; empty when none.
  public func matches(for number: PhoneNumber) throws(StoreError) -> [Match] {
    try ranking(for: number).ranked()
  }

  func ranking(for number: PhoneNumber) throws(StoreError) -> MatchRanking {
    try open.use("looking a number up") { connections in
      let ranking = try connections.reader.unsafeRead { _ in
        try connections.lookup.ranking(for: number)
      }
      if let first = ranking.unread.first {
        file.leftOut(ranking.unread.count, Self.things, first.sentence)
      }
      return ranking
    }
  }

  /// What the file has rows of, for sentences.
  static let things = "third parties"

  /// The columns of a SELECT of which ``summary(_:from:)`` is made.
  static let summaryColumns = "id, code, kind, name, zip, city, source_key"

  /// What the ``summaryColumns`` of a row say, the first of which is `column`.
  static func summary(_ cells: Cells, from column: Int32 = 0) throws(WrongCell) -> ThirdPartySummary
  {
    ThirdPartySummary(
      code: try cells.text(column + 1), id: try cells.number(column, in: Cells.counts),
      kind: ThirdPartyKind(rawValue: try cells.text(column + 2)) ?? .other,
      name: try cells.text(column + 3), zip: try cells.text(column + 4),
      city: try cells.text(column + 5), sourceKey: try cells.text(column + 6))
  }

  /// The party with this code, nil when there is none.
  public func party(_ code: String) throws(StoreError) -> ThirdPartySummary? {
    try open.use("reading a third party") { connections in
      try connections.reader.unsafeRead { db in
        try file.first(
          db, Self.things, "SELECT \(Self.summaryColumns) FROM party WHERE code = ?", [code]
        ) { try Self.summary($0) }
      }
    }
  }

  /// The party that has this key at the source it was copied from, nil when there is none.
  public func party(sourceKey: String) throws(StoreError) -> ThirdPartySummary? {
    try open.use("reading a third party") { connections in
      try connections.reader.unsafeRead { db in
        try file.first(
          db, Self.things,
          """
          SELECT \(Self.summaryColumns) FROM party
          WHERE source IN (SELECT id FROM copy) AND source > 0 AND source_key = ?
          """, [sourceKey]
        ) { try Self.summary($0) }
      }
    }
  }

  /// How many parties there are.
  public func count() throws(StoreError) -> Int {
    try open.use("counting the third parties") { connections in
      try connections.reader.unsafeRead { try $0.count("SELECT count(*) FROM party") }
    }
  }
}
