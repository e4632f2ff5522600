extension Frame {
  /// Draws a window: its border, with texts set into the upper line, and an empty inside.
  ///
  /// `┌─ title ───── right ─┐`. Where there is not room for both, `title` is shortened first.
  /// Nothing is drawn in less than 2×2 cells.
  public mutating func box(
    _ rect: Rect, title: String = "", right: String = "", role: Role = .border,
    titleRole: Role = .title
  ) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    fill(rect)
    let line = String(repeating: "─", count: rect.width - 2)
    put("┌" + line + "┐", at: rect.origin, role: role)
    for y in rect.y + 1..<rect.bottom - 1 {
      put("│", at: Point(x: rect.x, y: y), role: role)
      put("│", at: Point(x: rect.right - 1, y: y), role: role)
    }
    put("└" + line + "┘", at: Point(x: rect.x, y: rect.bottom - 1), role: role)

    // A text in the border takes a blank at each side, and a `─` towards the corner.
    var room = rect.width - 4
    let rightColumns = Frame.columns(of: right)
    if rightColumns > 0, rightColumns + 2 <= room {
      put(
        " " + right + " ", endingAt: rect.right - 2, y: rect.y, role: titleRole)
      room -= rightColumns + 3
    }
    if Frame.columns(of: title) > 0, room >= 3 {
      let start = Point(x: rect.x + 2, y: rect.y)
      put(" ", at: start, role: titleRole)
      let used = put(
        title, at: Point(x: start.x + 1, y: start.y), role: titleRole, width: room - 2,
        ellipsis: true)
      put(" ", at: Point(x: start.x + 1 + used, y: start.y), role: titleRole)
    }
  }
}
