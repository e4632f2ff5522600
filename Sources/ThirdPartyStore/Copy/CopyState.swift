import GRDB
public import Telephony

/// What the store knows of the copies from one source.
public struct CopyState: Hashable, Sendable {
  /// The source's name.
  public var source: String
  /// From where the next copy of changes goes on, in the source's own words; nil before the first.
  public var mark: String?
  /// How many parties there were from this source after the last copy.
  public var parties: Int
  /// When the last full copy took effect; nil: none has.
  public var fullAt: WallTime?
  /// When the last copy of changes took effect; nil: none has.
  public var changedAt: WallTime?
  /// Why a full copy was refused after the last that took effect; nil: none was.
  public var refusal: Refusal?

  /// A full copy that was refused.
  public struct Refusal: Hashable, Sendable {
    /// What it would have brought.
    public var sentence: String
    /// When that was.
    public var at: WallTime
  }

  /// What is known of a source; see the properties.
  public init(
    source: String, mark: String? = nil, parties: Int, fullAt: WallTime? = nil,
    changedAt: WallTime? = nil, refusal: Refusal? = nil
  ) {
    self.source = source
    self.mark = mark
    self.parties = parties
    self.fullAt = fullAt
    self.changedAt = changedAt
    self.refusal = refusal
  }
}

extension PartyStore {
  /// What is known of each source that parties have been copied from, by name.
  public func copies() throws(StoreError) -> [CopyState] {
    try explaining("reading the state of the copies", file.path) {
      try reader.unsafeRead { db in
        let rows = try Row.fetchAll(
          db,
          sql: """
            SELECT source, mark, parties, full_at, changed_at, refused_at, refusal FROM copy
            ORDER BY source
            """)
        return rows.map { row in
          let time = { (column: Int) in
            (row[column] as Int64?).map { WallTime(milliseconds: $0) }
          }
          return CopyState(
            source: row[0], mark: row[1], parties: row[2], fullAt: time(3), changedAt: time(4),
            refusal: time(5).map { CopyState.Refusal(sentence: row[6] ?? "", at: $0) })
        }
      }
    }
  }

  /// What is known of one source, nil before its first copy.
  public func copies(of source: String) throws(StoreError) -> CopyState? {
    try copies().first { $0.source == source }
  }
}
