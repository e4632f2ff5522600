import GRDB
public import Telephony

/// What is to be forgotten of the operator's data (R61).
public enum Forgetting: Hashable, Sendable {
  /// What has to do with a number.
  case number(PhoneNumber)
  /// What has to do with a caller who is no number.
  case text(String)
  /// What has to do with a third party.
  case party(PartyReference)
  /// Lines of the journal, and notes on numbers that nobody has, from before a time, as it is `now`.
  ///
  /// What came after something that is young enough is young, whatever the clock showed then.
  case older(WallTime, now: WallTime)
}

/// A kind of thing that is kept.
public enum KeptThing: String, Hashable, Sendable, CaseIterable {
  case journal = "journal lines"
  case notes = "notes"
  case attachments = "attached numbers"
  case choices = "remembered choices"
  case exceptions = "exception numbers"

  fileprivate var table: String {
    switch self {
    case .journal: "journal"
    case .notes: "note"
    case .attachments: "attachment"
    case .choices: "choice"
    case .exceptions: "exception"
    }
  }

  /// Whether a row knows when it was written.
  fileprivate var hasTime: Bool { self == .journal || self == .notes }
}

/// So many things of a kind, the oldest since then.
public struct KeptCount: Hashable, Sendable {
  /// What they are.
  public var thing: KeptThing
  /// How many.
  public var count: Int
  /// When the oldest was written; nil: that is not kept, or there is none.
  public var since: WallTime?
}

extension OperatorStore {
  /// How many rows a transaction removes at most: a window that writes meanwhile waits for no more than that.
  private static let batch = 500

  /// How many things are kept, or how many of them are to do with what is to be forgotten.
  public func count(_ subject: Forgetting? = nil) throws(StoreError) -> [KeptCount] {
    try read("counting") { db in
      try KeptThing.allCases.compactMap { thing in
        guard let (condition, arguments) = subject.map({ Self.condition($0, thing) }) ?? ("1", [])
        else { return nil }
        let count = try db.count(
          "SELECT count(*) FROM \(thing.table) WHERE \(condition)", arguments)
        let oldest =
          thing.hasTime
          ? try file.first(
            db, thing.rawValue,
            "SELECT at, zone FROM \(thing.table) WHERE \(condition) ORDER BY at LIMIT 1", arguments
          ) { try $0.time(0, zone: 1) } : nil
        return KeptCount(thing: thing, count: count, since: oldest)
      }
    }
  }

  /// Removes some of it in one short transaction; how many rows those were, 0: there are no more.
  ///
  /// No inbox brings the calls back: it is noted that their lines are gone by wish. What was removed is overwritten
  /// with zeros (`secure_delete`).
  ///
  /// - Parameters:
  ///   - things: What of it; exception numbers only where somebody asks for them.
  ///   - now: What the clock shows.
  public func forget(
    _ subject: Forgetting, _ things: Set<KeptThing>, now: WallTime
  ) throws(StoreError) -> [KeptThing: Int] {
    var removed: [KeptThing: Int] = [:]
    try write("forgetting") { db in
      removed = [:]
      if case .older(let time, let now) = subject { try Self.noteHorizon(time, now, in: db) }
      for thing in KeptThing.allCases where things.contains(thing) {
        let left = Self.batch - removed.values.reduce(0, +)
        guard left > 0, let (condition, arguments) = Self.condition(subject, thing) else {
          continue
        }
        // Only these two have many rows, and row numbers.
        let rows =
          thing.hasTime
          ? "rowid IN (SELECT rowid FROM \(thing.table) WHERE \(condition) LIMIT \(left))"
          : condition
        if thing == .journal, !subject.isByAge {
          try db.execute(
            sql: """
              INSERT OR REPLACE INTO forgotten (line, at)
                SELECT key, \(now.milliseconds) FROM journal WHERE \(rows)
              """, arguments: arguments)
        }
        try db.execute(sql: "DELETE FROM \(thing.table) WHERE \(rows)", arguments: arguments)
        removed[thing] = db.changesCount
      }
    }
    return removed.filter { $0.value > 0 }
  }

  /// Writes over what the log still has of it, where no reader is in the way.
  public func emptyLog() throws(StoreError) {
    try open.emptyingLog { try file.emptyLog($0) }
  }

  /// Which rows of a kind are meant; nil: none.
  private static func condition(
    _ subject: Forgetting, _ thing: KeptThing
  ) -> (String, StatementArguments)? {
    switch (subject, thing) {
    case (.number(let number), .journal), (.number(let number), .choices):
      ("number = ?1", [number.key])
    case (.number(let number), .notes): ("code = '' AND number = ?1", [number.key])
    case (.number(let number), .attachments):
      ("number = ?1 AND kind <> ?2", [number.key, textRank])
    case (.number(let number), .exceptions): ("pattern = ?1", [number.key])
    case (.text(let text), .journal):
      ("number IS NULL AND NOT is_withheld AND text = ?1", [text.storable])
    case (.text(let text), .attachments): ("number = ?1 AND kind = ?2", [text.storable, textRank])
    case (.party(let party), .journal), (.party(let party), .notes),
      (.party(let party), .attachments), (.party(let party), .choices):
      (PartyReference.means, [party.code, party.sourceKey])
    case (.older(let time, let now), .journal), (.older(let time, let now), .notes):
      (Self.isOld(thing), [time.milliseconds, (now + WallTime.day).milliseconds])
    case (.text, _), (.party, _), (.older, _): nil
    }
  }

  /// The first day that a clock may have shown while this program ran, with room for whoever tries it with another
  /// date [ms since 1970].
  private static let beginning: Int64 = 1_735_689_600_000

  /// Rows from before ?1 that came before the first that is no older, and not from behind ?2, a day that is still to
  /// come. How old those are that a clock dates before there was this program, only a later one can tell.
  private static func isOld(_ thing: KeptThing) -> String {
    let own = thing == .notes ? "code = '' AND " : ""
    return """
      \(own)at < ?1 AND rowid <= (
        SELECT max(rowid) FROM \(thing.table) WHERE \(own)at >= \(beginning) AND at < ?1 AND rowid < coalesce(
          (SELECT min(rowid) FROM \(thing.table) WHERE \(own)at BETWEEN ?1 AND ?2), \(Int64.max)))
      """
  }

  /// Everything from before that time is gone by wish. What a clock noted that was ahead does not count.
  private static func noteHorizon(_ time: WallTime, _ now: WallTime, in db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO forgotten (line, at) VALUES ('', ?1)
          ON CONFLICT (line) DO UPDATE SET at = iif(at > ?2, ?1, max(at, ?1))
        """, arguments: [time.milliseconds, now.milliseconds])
  }
}

extension Forgetting {
  fileprivate var isByAge: Bool { if case .older = self { true } else { false } }
}
