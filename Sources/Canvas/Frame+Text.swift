extension Frame {
  /// Columns that `text` takes when there is room for all of it.
  public static func columns(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + CharacterKind($1).columns }
  }

  /// Writes `text` on one line from `point` to the right; the columns used.
  ///
  /// Text comes from strangers (R43). Control, bidirectional and format characters and variation
  /// selectors are dropped, line ends and tabs become blanks, unassigned and private characters
  /// become U+FFFD, and a cell keeps at most `Cell.maxMarks` combining marks. A wide character is
  /// never split. Nothing passes `width` columns nor the edge of the screen; with `ellipsis`, text
  /// that does not fit ends in `…`.
  @discardableResult
  public mutating func put(
    _ text: String, at point: Point, role: Role = .plain, width: Int? = nil,
    ellipsis: Bool = false
  ) -> Int {
    let limit = min(width ?? Int.max, size.width - min(point.x, size.width))
    guard point.y >= 0, point.y < size.height, limit > 0 else { return 0 }
    var used = 0
    var last: Int?
    for scalar in text.unicodeScalars {
      let kind = CharacterKind(scalar)
      if kind == .drop { continue }
      if kind == .mark {
        if let last { cells[last].add(mark: scalar) }
        continue
      }
      guard used + kind.columns <= limit else {
        return ellipsis ? markCut(from: point, used: used, limit: limit, role: role) : used
      }
      last = write(shown(scalar, kind), kind.columns, x: point.x + used, y: point.y, role: role)
      used += kind.columns
    }
    return used
  }

  /// Writes `text` so that it ends just left of column `right`; the columns used.
  ///
  /// Text longer than `width` columns (or than the room at its left) is cut at its end, with `…`.
  @discardableResult
  public mutating func put(
    _ text: String, endingAt right: Int, y: Int, role: Role = .plain, width: Int? = nil
  ) -> Int {
    let room = min(width ?? Int.max, right)
    let columns = min(Frame.columns(of: text), room)
    return put(
      text, at: Point(x: right - columns, y: y), role: role, width: columns, ellipsis: true)
  }

  /// The character that stands for `scalar` on the screen.
  private func shown(_ scalar: Unicode.Scalar, _ kind: CharacterKind) -> Unicode.Scalar {
    switch kind {
    case .space: " "
    case .unknown: "\u{FFFD}"
    case .drop, .mark, .narrow, .wide: scalar
    }
  }

  /// Sets one character; the index of its cell, nil when it lies left of the screen.
  private mutating func write(
    _ scalar: Unicode.Scalar, _ columns: Int, x: Int, y: Int, role: Role
  ) -> Int? {
    guard x >= 0 else {
      // The half of a wide character that is on the screen.
      if x + columns > 0 { fill(Rect(x: 0, y: y, width: 1, height: 1), role: role) }
      return nil
    }
    let index = y * size.width + x
    separate(at: x, y: y)
    separate(at: x + columns, y: y)
    cells[index] = Cell(scalar, role: role, width: UInt8(columns))
    if columns == 2 { cells[index + 1] = Cell(" ", role: role, width: 0) }
    return index
  }

  /// Ends a line that did not fit in `…`; the columns used.
  private mutating func markCut(from point: Point, used: Int, limit: Int, role: Role) -> Int {
    var column = min(used, limit - 1)
    let x = point.x + column
    if x > 0, x < size.width, column > 0, cells[point.y * size.width + x].isRightHalf {
      // `…` takes the place of the whole wide character; nothing is left beside it.
      column -= 1
    }
    _ = write("…", 1, x: point.x + column, y: point.y, role: role)
    return column + 1
  }
}
