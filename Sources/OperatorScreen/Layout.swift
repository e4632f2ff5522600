public import Canvas

/// Where the parts of the screen are: arithmetic, so that it is tested without a terminal.
///
/// The corner keeps its place whatever else is open. Below about 60×12 there is no corner: the whole
/// screen shows one thing, and a strip at the top names a call that waits behind it.
public struct Layout: Hashable, Sendable {
  /// The line with the station and the sources; empty when there is no room.
  public var header: Rect
  /// The window that shows calls.
  public var corner: Rect
  /// What the corner leaves: the journal.
  public var body: Rect
  /// Where a record or a dialog goes: beside the corner, or below or above it.
  public var panel: Rect
  /// The line with hints and short sentences; empty when there is no room.
  public var footer: Rect
  /// Whether the screen is too small for several windows.
  public var isCompact: Bool
  /// Whether the corner leaves no room for a panel, which would lie below it.
  public var isCrowded = false

  /// The narrowest panel that stands beside the corner rather than below it [columns].
  static let panelWidth = 58
  /// The lowest panel that stands below or above the corner [lines].
  static let panelHeight = 8

  /// Places a corner of `wanted` cells on a screen; none on a `compact` one.
  public init(
    _ size: Size, corner place: Desk.Corner, wanted: Size, isCompact mustBeCompact: Bool = false
  ) {
    let screen = Rect(size)
    isCompact = mustBeCompact || size.width < 60 || size.height < 12
    if isCompact {
      let hasFooter = size.height >= 8
      let inner = Rect(
        x: 0, y: 0, width: size.width, height: size.height - (hasFooter ? 1 : 0))
      footer = Rect(x: 0, y: inner.bottom, width: size.width, height: hasFooter ? 1 : 0)
      header = Rect(x: 0, y: 0, width: size.width, height: size.height >= 3 ? 1 : 0)
      body = Rect(
        x: 0, y: header.height, width: size.width, height: inner.height - header.height)
      corner = inner
      panel = body
      return
    }
    let isTop = place == .topLeft || place == .topRight
    let isLeft = place == .topLeft || place == .bottomLeft
    let width = min(wanted.width, size.width)
    let height = min(wanted.height, size.height - 2)
    corner = Rect(
      x: isLeft ? 0 : size.width - width, y: isTop ? 0 : size.height - height, width: width,
      height: height)
    let beside = Rect(
      x: isLeft ? corner.right : 0, y: 0, width: size.width - width, height: size.height)
    header = isTop ? Rect(x: beside.x, y: 0, width: beside.width, height: 1) : screen.row(0)
    footer =
      isTop
      ? screen.row(size.height - 1)
      : Rect(x: beside.x, y: size.height - 1, width: beside.width, height: 1)
    body = Rect(x: 0, y: 1, width: size.width, height: size.height - 2)
    let stacked =
      isTop
      ? Rect(x: 0, y: corner.bottom, width: size.width, height: size.height - 1 - corner.bottom)
      : Rect(x: 0, y: 1, width: size.width, height: corner.y - 1)
    if beside.width >= Self.panelWidth {
      panel = Rect(x: beside.x, y: 1, width: beside.width, height: size.height - 2)
    } else if stacked.height >= Self.panelHeight {
      panel = stacked
    } else {
      panel = body
      isCrowded = true
    }
  }

  /// The part of a body line that the corner leaves free.
  public func free(_ y: Int) -> Rect {
    let line = Rect(x: body.x, y: y, width: body.width, height: 1)
    guard !isCompact, !line.intersection(corner).isEmpty else { return line }
    return corner.x == 0
      ? Rect(x: corner.right + 1, y: y, width: body.right - corner.right - 1, height: 1)
      : Rect(x: 0, y: y, width: corner.x - 1, height: 1)
  }
}

extension Rect {
  /// One line of the rectangle, counted from its top.
  func row(_ index: Int) -> Rect { Rect(x: x, y: y + index, width: width, height: 1) }
}
