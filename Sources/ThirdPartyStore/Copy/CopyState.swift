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
    try open.use("reading the state of the copies") { connections in
      try connections.reader.unsafeRead { db in
        try file.rows(
          db, "states of copies",
          """
          SELECT source, mark, parties, full_at, changed_at, refused_at, refusal FROM copy
          ORDER BY source
          """
        ) { cells in
          let refused = try cells.timeOrNil(5)
          let refusal = try cells.textOrNil(6) ?? ""
          return CopyState(
            source: try cells.text(0), mark: try cells.textOrNil(1),
            parties: Int(clamping: try cells.number(2, in: Cells.counts)),
            fullAt: try cells.timeOrNil(3), changedAt: try cells.timeOrNil(4),
            refusal: refused.map { CopyState.Refusal(sentence: refusal, at: $0) })
        }
      }
    }
  }

  /// What is known of one source, nil before its first copy.
  public func copies(of source: String) throws(StoreError) -> CopyState? {
    try copies().first { $0.source == source }
  }
}
