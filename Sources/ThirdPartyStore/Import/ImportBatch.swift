/// Some rows of an import, and the source of those behind them.
///
/// The source is handed from one task to the next and never used by two, which the compiler cannot
/// see.
struct ImportBatch: @unchecked Sendable {
  private static let size = 8_000
  /// How many rows a thread takes on at once.
  private static let share = 500

  private(set) var rows: [ReadRow] = []
  private(set) var rest: any RowSource
  private(set) var isLast = false
  /// The row before those behind it.
  private var latest: ReadRow?

  /// No rows yet; those of `rest` stand behind `latest`.
  init(rest: any RowSource, behind latest: ReadRow? = nil) {
    self.rest = rest
    self.latest = latest
  }

  /// Reads the rows behind these, beside whoever asks and by as many threads as there are processors.
  func reading() -> Task<Result<ImportBatch, StoreError>, Never> {
    // Without these rows, which whoever has them lets go of sooner.
    let start = ImportBatch(rest: rest, behind: latest)
    return Task.detached {
      var batch = start
      do throws(StoreError) {
        let rows = try batch.take()
        batch.settle(rows, await Self.read(rows))
        return .success(batch)
      } catch {
        return .failure(error)
      }
    }
  }

  /// The rows behind these, as they stand in the file.
  private mutating func take() throws(StoreError) -> [UnreadRow] {
    var rows: [UnreadRow] = []
    while rows.count < Self.size {
      guard let row = try rest.next() else {
        isLast = true
        break
      }
      rows.append(row)
    }
    return rows
  }

  private static func read(_ rows: [UnreadRow]) async -> [ReadRow?] {
    let starts = stride(from: 0, to: rows.count, by: share)
    return await withTaskGroup(of: (start: Int, rows: [ReadRow?]).self) { group in
      for start in starts {
        group.addTask { (start, rows[start...].prefix(share).map { $0.read() }) }
      }
      var read: [ReadRow?] = Array(repeating: nil, count: rows.count)
      for await part in group {
        read.replaceSubrange(part.start..<part.start + part.rows.count, with: part.rows)
      }
      return read
    }
  }

  /// Takes over what was read, in the order of the file: a row without a name may belong to the one above it.
  private mutating func settle(_ unread: [UnreadRow], _ read: [ReadRow?]) {
    for (place, row) in zip(unread, read) {
      latest = row?.settled(below: place.isBelow ? latest : nil)
      if let latest { rows.append(latest) }
    }
  }
}
