import GRDB
public import Telephony

extension OperatorStore {
  /// The columns of a line, in the order in which it is written and read.
  private static let columns = [
    "key", "at", "zone", "number", "text", "is_withheld", "name", "code", "outcome", "reason",
    "duration", "source_key", "called", "line", "rang", "certainty", "sources", "is_done",
  ]
  private static let insertion = """
    INSERT INTO journal (\(columns.joined(separator: ", ")))
      VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
    ON CONFLICT (key) DO UPDATE SET
      \(columns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
    """

  /// Writes a call, in place of the line with the same key. On failure nothing is written: keep the
  /// entry, and try again.
  public func record(_ entry: JournalEntry) throws(StoreError) {
    try record([entry])
  }

  /// Writes several calls, all or none, and that the journal has by that what the events told.
  public func record(
    _ entries: [JournalEntry], receipts: [Receipt] = []
  ) throws(StoreError) {
    try write("writing the journal") { db in
      let statement = try db.cachedStatement(sql: Self.insertion)
      for entry in entries {
        try statement.execute(arguments: [
          entry.key, entry.at.milliseconds, entry.at.offset, entry.number?.storable,
          entry.text.storable, entry.isWithheld, entry.name?.storable, entry.code?.storable,
          entry.outcome.rawValue, entry.reason?.text.storable, entry.duration,
          entry.sourceKey.storable, (entry.own?.called ?? "").storable,
          (entry.own?.line ?? "").storable, entry.rang, entry.certainty?.rawValue ?? "",
          entry.sources.storable, entry.isDone,
        ])
      }
      try OperatorStore.write(receipts, at: entries.first?.at, in: db)
    }
  }

  /// The latest calls, newest first; `limit` nil: all of them.
  public func journal(limit: Int? = nil) throws(StoreError) -> [JournalEntry] {
    try journal("1", [], limit: limit)
  }

  /// How many lines are read at once where many have to be looked at.
  private static let page = 2_000

  /// The latest calls that pass a filter, newest first, at most so many.
  ///
  /// - Parameter last: Only what is no newer, the line itself included: the last of what was read before.
  public func journal(
    matching filter: JournalFilter, upTo last: WallTime? = nil, limit: Int
  ) throws(StoreError) -> [JournalEntry] {
    var (found, offset) = ([JournalEntry](), 0)
    // What the columns say is asked of the index by time; the text is looked for here, as the screen does. Only what
    // is asked for is a condition: a cell that holds something else fails it, and its line has to be told of.
    var (conditions, arguments) = (["1"], StatementArguments())
    func ask(_ condition: String, _ values: Int64...) {
      conditions.append(condition)
      arguments += StatementArguments(values)
    }
    if let since = filter.since { ask("at >= ?", since.milliseconds) }
    if let last { ask("at <= ?", last.milliseconds) }
    if filter.onlyMissed { ask("outcome = 'missed'") }
    if filter.onlyUnknown {
      ask("(name IS NULL OR certainty IN ('directory', 'telephone')) AND NOT is_withheld")
    }
    let condition = conditions.joined(separator: " AND ")
    while found.count < limit {
      let size = filter.text.isEmpty ? limit : Self.page
      let lines = try journal(condition, arguments, limit: size, offset: offset)
      found += lines.filter(filter.holds).prefix(limit - found.count)
      guard lines.count == size else { break }
      offset += size
    }
    return found
  }

  /// The latest calls with a party, newest first.
  public func journal(of party: PartyReference, limit: Int) throws(StoreError) -> [JournalEntry] {
    try journal(PartyReference.means, [party.code, party.sourceKey], limit: limit)
  }

  /// The latest calls with a number, newest first.
  public func journal(number: PhoneNumber, limit: Int) throws(StoreError) -> [JournalEntry] {
    try journal("number = ?", [number.key], limit: limit)
  }

  /// The latest calls of a caller, newest first: by the number, else by the text; of one who is withheld, those of all
  /// who are.
  public func journal(of caller: Caller, limit: Int) throws(StoreError) -> [JournalEntry] {
    if let number = caller.number { return try journal(number: number, limit: limit) }
    if caller.isWithheld { return try journal("is_withheld", [], limit: limit) }
    guard let text = caller.account else { return [] }
    return try journal("number IS NULL AND text = ?", [text.storable], limit: limit)
  }

  /// The calls of a line's caller before that, newest first: of the party if it has one, else of the number or the
  /// text; none of one who is withheld.
  public func journal(before entry: JournalEntry, limit: Int) throws(StoreError) -> [JournalEntry] {
    var condition = "number IS NULL AND NOT is_withheld AND text = ?1"
    var arguments: StatementArguments = [entry.text.storable]
    if let party = entry.party {
      (condition, arguments) = (PartyReference.means, [party.code, party.sourceKey])
    } else if let number = entry.number {
      (condition, arguments) = ("number = ?1", [number.storable])
    } else if entry.isWithheld || entry.text.isEmpty {
      return []
    }
    arguments += [entry.at.milliseconds]
    let lines = try journal("(\(condition)) AND at <= ?", arguments, limit: limit + 1)
    return Array(lines.filter { $0.key != entry.key }.prefix(limit))
  }

  /// The latest calls of numbers that only end as the caller's does, in the last eight digits, newest first.
  public func journal(endingAs caller: Caller, limit: Int) throws(StoreError) -> [JournalEntry] {
    guard let number = caller.number, let tail = number.tail else { return [] }
    return try journal("number LIKE ? AND number <> ?", ["%" + tail, number.key], limit: limit)
  }

  /// The calls of a span of time, newest first, at most so many.
  public func journal(
    from start: WallTime, to end: WallTime, limit: Int
  ) throws(StoreError) -> [JournalEntry] {
    try journal("at BETWEEN ? AND ?", [start.milliseconds, end.milliseconds], limit: limit)
  }

  /// When the latest call with each of the parties was, of the first thousand, by their codes; without
  /// those that have had none.
  public func lastCalls(
    with parties: [ThirdPartySummary]
  ) throws(StoreError) -> [String: WallTime] {
    try read("reading the journal") { db in
      // The latest by the key and the latest by the code, each out of its index.
      let latest = """
        SELECT at, zone FROM (
          SELECT * FROM (SELECT at, zone FROM journal WHERE source_key > '' AND source_key = ?2
            ORDER BY at DESC LIMIT 1)
          UNION ALL
          SELECT * FROM (SELECT at, zone FROM journal WHERE code = ?1 AND (source_key = '' OR ?2 = '')
            ORDER BY at DESC LIMIT 1))
        ORDER BY at DESC LIMIT 1
        """
      var times: [String: WallTime] = [:]
      for party in parties.prefix(1_000) {
        times[party.code] = try file.first(
          db, "journal lines", latest, [party.code, party.sourceKey]
        ) { try $0.time(0, zone: 1) }
      }
      return times
    }
  }

  private func journal(
    _ condition: String, _ arguments: StatementArguments, limit: Int?, offset: Int = 0
  ) throws(StoreError) -> [JournalEntry] {
    try read("reading the journal") { db in
      // Of calls in the same millisecond, the one written last is the newer.
      try file.rows(
        db, "journal lines",
        """
        SELECT \(Self.columns.joined(separator: ", ")) FROM journal
        WHERE \(condition) ORDER BY at DESC, rowid DESC LIMIT \(limit ?? -1) OFFSET \(offset)
        """, arguments
      ) { cells in
        var entry = JournalEntry(
          key: try cells.text(0), at: try cells.time(1, zone: 2), number: try cells.textOrNil(3),
          text: try cells.text(4), isWithheld: try cells.flag(5), name: try cells.textOrNil(6),
          code: try cells.textOrNil(7), outcome: Outcome(rawValue: try cells.text(8)) ?? .ringing,
          reason: try cells.textOrNil(9).flatMap { Reason(text: $0) },
          duration: try cells.numberOrNil(10).map { Int(clamping: $0) },
          sourceKey: try cells.text(11),
          own: OwnNumber(told: try cells.text(12), line: try cells.text(13)))
        entry.rang = try cells.numberOrNil(14).map { Int(clamping: $0) }
        entry.certainty = MatchCertainty(rawValue: try cells.text(15))
        entry.sources = try cells.text(16)
        entry.isDone = try cells.flag(17)
        return entry
      }
    }
  }
}
