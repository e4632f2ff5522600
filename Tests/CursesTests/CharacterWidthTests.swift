import CCurses
import Canvas
import Glibc
import Testing

/// The C library's `wcwidth` is what ncurses lays out with: where both know a character, the
/// frame's columns must be the same, or a line shifts.
@Suite("Width of characters")
struct CharacterWidthTests {
  @Test("agrees with the C library over all of Unicode")
  func agrees() {
    let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
    guard let locale else {
      Issue.record("The C.UTF-8 locale is missing.")
      return
    }
    let previous = uselocale(locale)
    defer {
      uselocale(previous)
      freelocale(locale)
    }
    var different: [String] = []
    var frame = Frame(Size(width: 4, height: 1))
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      frame.put("x", at: Point(x: 0, y: 0))
      let used = frame.put(String(scalar), at: Point(x: 1, y: 0))
      // What was put instead of a character (blank, U+FFFD, nothing) is judged as what it is.
      let cell = frame[Point(x: used == 0 ? 0 : 1, y: 0)]
      guard cell.text.unicodeScalars.contains(scalar) else { continue }
      let library = wcwidth(wchar_t(truncatingIfNeeded: value))
      let joined = Int(wcwidth(wchar_t(truncatingIfNeeded: cell.scalar.value)))
      if used == 0 ? library != 0 : (library != used || joined != used) {
        different.append("U+\(String(value, radix: 16, uppercase: true)): \(used), C \(library)")
      }
    }
    #expect(different.isEmpty, "\(different.joined(separator: "\n"))")
  }
}
