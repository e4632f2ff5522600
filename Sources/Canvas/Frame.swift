/// One screen as data: a rectangle of cells, and the place of the cursor.
///
/// The outermost lines and columns clip: everything can be put anywhere, and only what lies inside
/// is kept. `put` is the only writer of text (Frame+Text.swift).
public struct Frame: Hashable, Sendable {
  /// Columns and lines.
  public let size: Size
  /// The cells, line by line from the top, `size.width` in each.
  public internal(set) var cells: [Cell]
  /// Where the cursor is shown; nil hides it.
  public var cursor: Point?
  /// Where it rests while it is hidden: on what the keys act on. Braille displays follow it (R60).
  public var focus: Point?

  /// An empty screen.
  public init(_ size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.width * size.height)
  }

  /// The cell at `point`, which must lie on the screen.
  public subscript(point: Point) -> Cell {
    precondition(bounds.contains(point), "\(point) is outside a frame of \(size)")
    return cells[point.y * size.width + point.x]
  }

  /// The whole screen.
  public var bounds: Rect { Rect(size) }

  /// Empties `rect` and gives its cells `role`.
  public mutating func fill(_ rect: Rect, role: Role = .plain) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for y in area.y..<area.bottom {
      separate(at: area.x, y: y)
      separate(at: area.right, y: y)
      for x in area.x..<area.right {
        cells[y * size.width + x] = Cell(" ", role: role, width: 1)
      }
    }
  }

  /// Gives the cells of `rect` another meaning and leaves their text.
  public mutating func mark(_ rect: Rect, role: Role) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for y in area.y..<area.bottom {
      for x in area.x..<area.right { cells[y * size.width + x].role = role }
    }
  }

  /// Makes column `x` a boundary between characters: a wide character across it becomes blanks.
  mutating func separate(at x: Int, y: Int) {
    guard x > 0, x < size.width else { return }
    let index = y * size.width + x
    guard cells[index].isRightHalf else { return }
    cells[index - 1] = Cell(" ", role: cells[index - 1].role, width: 1)
    cells[index] = Cell(" ", role: cells[index].role, width: 1)
  }
}
