import Canvas
import Telephony

/// Draws a model into a frame, and remembers what a click on each part means.
struct Painter {
  let model: Model
  var frame: Frame
  /// How far the panel can be scrolled [lines].
  private(set) var scrollLimit = 0
  var hits: [(area: Rect, target: Target)] = []

  /// The fewest columns in which the beginning of a right piece says anything.
  private static let leastRight = 4
  /// The fewest lines in which a panel has a frame.
  private static let leastFrame = 5

  init(_ model: Model) {
    self.model = model
    frame = Frame(model.size)
  }

  var phrases: Phrases { model.phrases }

  /// Draws everything.
  mutating func paint() {
    switch model.desk.face {
    case .framed: paintFramed()
    case .plain: paintPlain()
    case .lines: paintLines()
    }
  }

  private mutating func paintFramed() {
    var content = corner(height: max(0, model.size.height - 4))
    var layout = layout(content)
    if layout.isCrowded, hasPanel {
      // Less of the calls, so that the operator sees what is typed or read; else one thing at a time.
      content = corner(height: max(0, model.size.height - Layout.panelHeight - 3))
      layout = self.layout(content)
      if layout.isCrowded { layout = self.layout(content, isCompact: true) }
    }
    if layout.isCompact {
      paintCompact(layout, content)
      return
    }
    paintJournal(layout)
    paintHeader(layout.header, isBesideCount: model.focusedCall == nil)
    paintPanel(in: layout.panel) { _ in }
    paintFooter(layout.footer)
    paintWindow(content, in: layout.corner)
  }

  private func layout(_ content: WindowContent, isCompact: Bool = false) -> Layout {
    Layout(
      model.size, corner: model.desk.corner,
      wanted: Size(width: cornerWidth, height: content.lines.count + 2), isCompact: isCompact)
  }

  /// One thing at a time: a dialog, the record, the calls, the journal, in this order; a strip says
  /// who calls while something else is shown.
  private mutating func paintCompact(_ layout: Layout, _ content: WindowContent) {
    let isCalling = model.focusedCall != nil
    if isCalling, !hasPanel {
      let isBoxed = layout.corner.height >= 8 && layout.corner.width >= 34
      if isBoxed {
        paintWindow(corner(height: layout.corner.height - 2), in: layout.corner)
      } else {
        paint(narrowCall(width: layout.corner.width), in: layout.corner)
        focus(on: layout.corner.row(0))
      }
      paintFooter(layout.footer)
      return
    }
    if isCalling {
      paint([strip(width: layout.header.width)], in: layout.header)
    } else {
      paintHeader(layout.header)
    }
    paintPanel(in: layout.panel) { $0.paintJournal(layout) }
    paintFooter(layout.footer)
  }

  // MARK: - Parts that the others share

  /// Whether something lies over the journal.
  var hasPanel: Bool { model.dialog != nil || model.card != nil }

  /// The dialog or the record that has the keyboard; else what `otherwise` draws.
  mutating func paintPanel(in area: Rect, otherwise: (inout Painter) -> Void) {
    if model.dialog != nil {
      paintDialog(in: area)
    } else if let card = model.card {
      paintCard(card, in: area)
    } else {
      otherwise(&self)
    }
  }

  /// Draws lines from the top of `area`; what does not fit is left out.
  mutating func paint(_ lines: [Line], in area: Rect) {
    for (index, line) in lines.prefix(area.height).enumerated() {
      paint(line, in: area.row(index))
    }
  }

  /// Draws one line: the right piece first, the others get what it leaves.
  mutating func paint(_ line: Line, in area: Rect) {
    guard !area.isEmpty else { return }
    if let target = line.target { hits.append((area, target)) }
    let line = isPlain && line.isSelected && !line.isMarked ? line.marked : line
    var room = area.width
    if let right = line.right, !right.text.isEmpty {
      let most = max(0, area.width - line.leastLeft)
      let isWorthIt = most >= min(Self.leastRight, Frame.columns(of: right.text))
      let used = frame.put(
        right.text, endingAt: area.right, y: area.y, role: right.role, width: isWorthIt ? most : 0)
      room -= used > 0 ? used + 1 : 0
    }
    room -= paintMiddle(line, in: area, room: room)
    var x = area.x
    var isBehindGap = false
    for span in line.left {
      let rest = area.x + room - x
      let isCut = Frame.columns(of: span.text) > rest
      // Where a column of text ends, the blanks that fill it are not cut, and nothing of the next one is no text.
      if rest <= 0 || (isCut && isBehindGap && rest < 3) { break }
      let text = isCut ? span.text.withoutBlanksAtEnd : span.text
      let used = frame.put(
        text, at: Point(x: x, y: area.y), role: span.role, width: rest, ellipsis: true)
      if let target = span.target {
        hits.append((Rect(x: x, y: area.y, width: used, height: 1), target))
      }
      if isCut { break }
      x += used
      isBehindGap = span.text.hasSuffix(" ")
    }
    if line.isSelected {
      frame.mark(area, role: .selected)
      focus(on: area)
    }
    if let cursor = line.cursor {
      frame.cursor = Point(x: min(area.x + cursor, area.right - 1), y: area.y)
    }
  }

  /// Draws the middle piece where it leaves the left ones their room; the columns that it takes.
  private mutating func paintMiddle(_ line: Line, in area: Rect, room: Int) -> Int {
    guard let middle = line.middle, !middle.text.isEmpty else { return 0 }
    let wanted = line.left.columns
    let columns = min(Frame.columns(of: middle.text), Line.widestMiddle)
    guard wanted + columns + 2 <= room else { return 0 }
    // Under each other, where what follows leaves them there.
    let column = min(room - columns - 1, max(wanted + 1, area.width - Line.middlePlace))
    frame.put(
      middle.text, at: Point(x: area.x + column, y: area.y), role: middle.role, width: columns,
      ellipsis: true)
    return room - column
  }

  /// The lines from `scroll` on, and the last ones at least when it is too far.
  mutating func scrolled(_ lines: [Line], to scroll: Int, height: Int) -> [Line] {
    scrollLimit = max(0, lines.count - height)
    return Array(lines.dropFirst(min(scroll, scrollLimit)))
  }

  /// Draws the frame of a panel with so many lines, and gives its inside. Where hardly any lines are
  /// left, the title takes one of them and there is no frame.
  mutating func openPanel(_ room: Rect, lines: Int, title: String, right: String = "") -> Rect {
    var area = room
    area.height = min(room.height, lines + room.height - inside(room).height)
    clearRows(of: area)
    if isFramed(room) {
      frame.box(area, title: title, right: right)
      let inner = area.inset(dx: 2, dy: 1)
      frame.focus = inner.origin
      return inner
    }
    if room.height > 1 {
      let tag = isPlain && !right.isEmpty ? " · \(right)" : ""
      paint(Line(title + tag, .title), in: area.row(0))
    }
    focus(on: area.row(0))
    return inside(area)
  }

  /// Whether a panel with so much room has a frame.
  private func isFramed(_ room: Rect) -> Bool { room.height >= Self.leastFrame && !isPlain }

  /// What a panel leaves of its room for lines.
  func inside(_ room: Rect) -> Rect {
    guard !isFramed(room) else { return room.inset(dx: 2, dy: 1) }
    let title = room.height > 1 ? 1 : 0
    return Rect(x: room.x, y: room.y + title, width: room.width, height: room.height - title)
  }

  /// In the border beside the lines, that there are more above or below.
  mutating func markHidden(_ scroll: Int, beside lines: Rect) {
    guard scrollLimit > 0, !lines.isEmpty, !isPlain else { return }
    let x = lines.right + 1
    if scroll > 0 { frame.put("↑", at: Point(x: x, y: lines.y), role: .key) }
    if scroll < scrollLimit { frame.put("↓", at: Point(x: x, y: lines.bottom - 1), role: .key) }
  }

  /// Draws a bordered window with its lines.
  mutating func paintWindow(_ content: WindowContent, in area: Rect) {
    frame.box(area, title: content.title, right: content.right)
    let inner = area.inset()
    paint(
      content.lines, in: Rect(x: inner.x, y: inner.y, width: inner.width - 1, height: inner.height))
    if cornerHasKeys { focus(on: inner.row(0)) }
  }

  /// Whether the keys act on the call in the corner.
  var cornerHasKeys: Bool {
    if case .journal = model.selection { return false }
    return model.dialog == nil && !model.cardHasKeys
  }

  /// Rests the cursor at the first character of the line.
  mutating func focus(on line: Rect) {
    let row = Rect(x: line.x, y: line.y, width: line.width, height: 1).intersection(frame.bounds)
    guard !row.isEmpty else { return }
    let x = (row.x..<row.right).first {
      let text = frame[Point(x: $0, y: row.y)].text
      return text != " " && text != "│"
    }
    frame.focus = Point(x: x ?? row.x, y: row.y)
  }

  /// Takes away what stands in the lines of a panel, so that nothing is left beside it.
  mutating func clearRows(of area: Rect) {
    let rows = Rect(x: 0, y: area.y, width: frame.size.width, height: area.height)
    frame.fill(rows)
    hits.removeAll { !$0.area.intersection(rows).isEmpty }
  }

  /// What a click on the cell means; the part that was drawn last lies on top.
  func target(at point: Point) -> Target? {
    hits.last { $0.area.contains(point) }?.target
  }
}

/// A window before it is drawn.
struct WindowContent {
  var title: String
  var right = ""
  var lines: [Line]
}

extension Line {
  /// How far from the right edge the middle pieces begin, and their longest [columns].
  fileprivate static let middlePlace = 34
  fileprivate static let widestMiddle = 16

  /// Room that the left pieces keep when the right one is long [columns].
  fileprivate var leastLeft: Int { kept ?? (left.isEmpty ? 0 : 13) }
}
