import Canvas
import GoldenSupport
import Testing

@Suite("Frame")
struct FrameTests {
  @Test("is one small block of memory")
  func layout() {
    #expect(MemoryLayout<Cell>.stride == 16)
    #expect(_isPOD(Cell.self))
    #expect(Frame(Size(width: -1, height: 5)).cells.isEmpty)
  }

  @Test("an incoming call, as SCREENS.md draws it")
  func call() {
    var frame = Frame(Size(width: 50, height: 8))
    let box = Rect(x: 1, y: 1, width: 48, height: 6)
    frame.box(box, title: "Appel entrant", right: "0:07")
    frame.put("03 88 20 21 22", at: Point(x: 14, y: 2), role: .number)
    frame.put("[⏎ Fiche]", at: Point(x: 3, y: 3), role: .button)
    frame.put("王小明 SA", at: Point(x: 14, y: 3), role: .name)
    frame.put("client", endingAt: 46, y: 3, role: .dim)
    frame.cursor = Point(x: 3, y: 3)
    expectGolden(frame, "incoming-call")
  }

  @Test(
    "a box keeps its border whatever its texts",
    arguments: [
      (20, "Appel", "0:07", "┌─ Appel ─── 0:07 ─┐"),
      (16, "Appel entrant", "0:07", "┌─ Ap… ─ 0:07 ─┐"),
      (10, "Appel entrant", "0:07", "┌─ 0:07 ─┐"),
      (9, "Appel", "0:07", "┌─ Ap… ─┐"),
      (6, "Appel", "", "┌────┐"),
      (4, "Appel", "0:07", "┌──┐"),
      (2, "A", "0", "┌┐"),
      (1, "A", "0", ""),
    ])
  func titles(width: Int, title: String, right: String, upper: String) {
    var frame = Frame(Size(width: 20, height: 3))
    frame.box(Rect(x: 0, y: 0, width: width, height: 3), title: title, right: right)
    let line = frame.golden.split(separator: "\n", omittingEmptySubsequences: false)[0]
    #expect(String(line) == upper)
  }

  @Test("filling or marking a part leaves the rest")
  func areas() {
    var frame = Frame(Size(width: 6, height: 2))
    frame.put("王小明", at: Point(x: 0, y: 0))
    frame.fill(Rect(x: 3, y: -5, width: 2, height: 6), role: .selected)
    frame.mark(Rect(x: 0, y: 0, width: 2, height: 9), role: .strong)
    #expect(frame.golden == "王\n\n--\n0 0-1 strong\n0 3-4 selected\n1 0-1 strong\n")
    frame.fill(frame.bounds)
    #expect(frame == Frame(Size(width: 6, height: 2)))
  }
}

@Suite("Rect")
struct RectTests {
  @Test("knows what it contains, cut and shrunk")
  func arithmetic() {
    let rect = Rect(x: 2, y: 1, width: 4, height: 3)
    #expect(rect.contains(Point(x: 5, y: 3)))
    #expect(!rect.contains(Point(x: 6, y: 3)))
    #expect(!rect.contains(Point(x: 5, y: 4)))
    #expect(rect.inset() == Rect(x: 3, y: 2, width: 2, height: 1))
    #expect(rect.inset(dx: 3, dy: 0).isEmpty)
    #expect(
      rect.intersection(Rect(x: 4, y: 0, width: 9, height: 2))
        == Rect(x: 4, y: 1, width: 2, height: 1))
    #expect(rect.intersection(Rect(x: 9, y: 0, width: 2, height: 2)).isEmpty)
  }
}
