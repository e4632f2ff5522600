/// Extent of a screen or of a part of it [columns, lines].
public struct Size: Hashable, Sendable {
  /// Columns; never negative.
  public var width: Int
  /// Lines; never negative.
  public var height: Int

  /// A size; a negative extent counts as none.
  public init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }
}

/// A place on the screen; the top left cell is (0, 0).
public struct Point: Hashable, Sendable {
  /// Column, growing to the right.
  public var x: Int
  /// Line, growing downwards.
  public var y: Int

  /// The place in column `x` of line `y`; outside the screen is allowed.
  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// A rectangle of cells.
public struct Rect: Hashable, Sendable {
  /// Leftmost column.
  public var x: Int
  /// Topmost line.
  public var y: Int
  /// Columns; never negative.
  public var width: Int
  /// Lines; never negative.
  public var height: Int

  /// A rectangle by its top left corner; a negative extent counts as none.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The whole of a screen.
  public init(_ size: Size) {
    self.init(x: 0, y: 0, width: size.width, height: size.height)
  }

  /// First column right of the rectangle.
  public var right: Int { x + width }
  /// First line below the rectangle.
  public var bottom: Int { y + height }
  /// Its top left corner.
  public var origin: Point { Point(x: x, y: y) }
  /// Whether it has no cell.
  public var isEmpty: Bool { width == 0 || height == 0 }

  /// Whether the cell at `point` belongs to the rectangle.
  public func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < right && point.y >= y && point.y < bottom
  }

  /// The rectangle without `dx` columns at the left and right, `dy` lines above and below.
  public func inset(dx: Int = 1, dy: Int = 1) -> Rect {
    Rect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
  }

  /// The cells in both rectangles; empty when they do not touch.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(right, other.right) - left,
      height: min(bottom, other.bottom) - top)
  }
}
