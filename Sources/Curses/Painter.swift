import CCurses
import Canvas
import Glibc

/// Puts frames on the terminal: the cells that changed since the last one.
struct Painter {
  private let palette: Palette
  private let charset: Charset
  /// What is on the screen; nil when that is not known.
  private var shown: Frame?

  init(palette: Palette, charset: Charset) {
    self.palette = palette
    self.charset = charset
  }

  /// The screen shows something else: the next frame is painted whole.
  mutating func invalidate() {
    shown = nil
    clearok(screenpop_stdscr(), true)
  }

  /// Paints `frame` on a screen of `size`; what is outside is clipped, what is missing blank.
  mutating func paint(_ frame: Frame, on size: Size) {
    let window = screenpop_stdscr()
    for y in 0..<size.height where shown.map({ !frame.hasSameLine(y, as: $0) }) ?? true {
      let line = characters(frame, y: y, width: size.width)
      mvwadd_wchnstr(window, Int32(y), 0, line, Int32(line.count))
    }
    shown = frame
    let isSeen = frame.cursor.map { Rect(size).contains($0) } ?? false
    let place = isSeen ? frame.cursor : frame.focus
    if let place, Rect(size).contains(place) { wmove(window, Int32(place.y), Int32(place.x)) }
    curs_set(isSeen ? 1 : 0)
    wrefresh(window)
  }

  /// One line as ncurses wants it: a wide character once, not once for each half.
  private func characters(_ frame: Frame, y: Int, width: Int) -> [cchar_t] {
    var line: [cchar_t] = []
    line.reserveCapacity(width)
    var text: [wchar_t] = [0, 0, 0, 0, 0]
    for x in 0..<width {
      let isInside = y < frame.size.height && x < frame.size.width
      let cell = isInside ? frame[Point(x: x, y: y)] : .blank
      if cell.isRightHalf { continue }
      let look = palette[cell.role]
      if cell.scalar.isASCII && !cell.hasMarks {
        line.append(character(&text, cell.scalar, look))
      } else if canShow(cell) && x + Int(cell.width) <= width {
        for (index, mark) in cell.marks.enumerated() { text[index + 1] = wchar(mark) }
        line.append(character(&text, cell.scalar, look))
        text = [0, 0, 0, 0, 0]
      } else {
        let substitute = charset == .ascii ? Charset.ascii(cell.scalar) : "?"
        for _ in 0..<min(Int(cell.width), width - x) {
          line.append(character(&text, substitute, look))
        }
      }
    }
    return line
  }

  /// Whether the terminal shows the cell as it is, and ncurses gives it the same columns.
  private func canShow(_ cell: Cell) -> Bool {
    charset == .unicode && wcwidth(wchar(cell.scalar)) == Int32(cell.width)
  }

  private func character(
    _ text: inout [wchar_t], _ scalar: Unicode.Scalar, _ look: Palette.Look
  ) -> cchar_t {
    text[0] = wchar(scalar)
    var character = cchar_t()
    setcchar(&character, text, look.attributes, look.pair, nil)
    return character
  }

  private func wchar(_ scalar: Unicode.Scalar) -> wchar_t {
    wchar_t(truncatingIfNeeded: scalar.value)
  }
}

extension Frame {
  /// Whether line `y` is the same in both frames; no when either does not have it.
  fileprivate func hasSameLine(_ y: Int, as other: Frame) -> Bool {
    guard size == other.size, y < size.height else { return false }
    let line = y * size.width..<(y + 1) * size.width
    return cells[line] == other.cells[line]
  }
}
