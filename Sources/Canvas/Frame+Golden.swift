extension Frame {
  /// The frame as text to compare with a recorded one.
  ///
  /// The lines without their trailing blanks, `--`, then one line for each run of cells that are
  /// not plain: `y x-x2 role`, as in `0 2-14 title`; last the cursor, as in `cursor 3 7` (y, x).
  public var golden: String {
    var lines: [String] = []
    var runs: [String] = []
    for y in 0..<size.height {
      let row = cells[y * size.width..<(y + 1) * size.width]
      var line = row.map(\.text).joined()
      while line.last == " " { line.removeLast() }
      lines.append(line)
      runs.append(contentsOf: Frame.runs(row, y: y))
    }
    if let cursor { runs.append("cursor \(cursor.y) \(cursor.x)") }
    return (lines + ["--"] + runs).joined(separator: "\n") + "\n"
  }

  private static func runs(_ row: ArraySlice<Cell>, y: Int) -> [String] {
    var runs: [String] = []
    var start = row.startIndex
    while start < row.endIndex {
      let role = row[start].role
      let end = row[start...].firstIndex { $0.role != role } ?? row.endIndex
      if role != .plain {
        runs.append("\(y) \(start - row.startIndex)-\(end - 1 - row.startIndex) \(role)")
      }
      start = end
    }
    return runs
  }
}
