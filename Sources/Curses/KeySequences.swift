import Canvas

/// The tables of what terminals send for their keys.
enum KeySequences {
  /// A control character of ASCII, or DEL; nil for what types a character.
  static func control(_ byte: UInt8) -> Input? {
    switch byte {
    case 0x09: .key(.tab)
    case 0x0A, 0x0D: .key(.enter)
    case 0x08, 0x7F: .key(.backspace)
    case 0x00: .key(.control(" "))
    case 0x01...0x1A: .key(.control(Character(Unicode.Scalar(byte + 0x60))))
    case 0x1C...0x1F: .key(.control(Character(Unicode.Scalar(byte + 0x40))))
    default: nil
    }
  }

  /// `ESC O byte`: a key of the keypad, or an arrow in application mode; nil when unknown.
  static func applicationKey(_ byte: UInt8) -> Input? {
    if let key = letterKeys[byte] { return .key(key) }
    switch byte {
    case UInt8(ascii: "M"): return .key(.enter)
    case UInt8(ascii: "X"): return .character("=")
    // The digits and signs of the number pad are their own codes plus 64: p to y, j to o.
    case 0x6A...0x79: return .character(Character(Unicode.Scalar(byte - 0x40)))
    default: return nil
    }
  }

  /// `ESC [ parameters final`: a key or a mouse report; nil when it is neither.
  static func controlSequence(_ parameters: [UInt8], final: UInt8) -> Input? {
    if parameters.first == UInt8(ascii: "<") {
      let values = numbers(parameters.dropFirst())
      // A release ends in `m`; the press was enough.
      guard final == UInt8(ascii: "M"), values.count == 3 else { return nil }
      return MouseReport(button: values[0], x: values[1], y: values[2])?.input
    }
    if final == UInt8(ascii: "~") {
      // A second number would be the modifiers, which no key of ours uses.
      return numbers(parameters[...]).first.flatMap { numberedKeys[$0] }.map { .key($0) }
    }
    // A modified F3 is ESC [ 1 ; 2 R; with another first number it says where the cursor is, which nobody here asked.
    guard final != UInt8(ascii: "R") || numbers(parameters[...]).first ?? 0 <= 1 else { return nil }
    return letterKeys[final].map { .key($0) }
  }

  private static func numbers(_ text: ArraySlice<UInt8>) -> [Int] {
    text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
  }

  private static let letterKeys: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "Z"): .backtab, UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
  ]

  private static let numberedKeys: [Int: Key] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]
}

/// What the mouse did, as a terminal reports it (xterm's modes 1000 and 1006).
struct MouseReport {
  let input: Input

  /// A press of the left button or a turn of the wheel; nil for all else. `x` and `y` count from 1.
  init?(button: Int, x: Int, y: Int) {
    guard x >= 1, y >= 1 else { return nil }
    let point = Point(x: x - 1, y: y - 1)
    // Bits 4, 8 and 16 are the modifier keys; 32 is a movement.
    switch button & ~0b1_1100 {
    case 0: input = .click(point)
    case 64: input = .wheel(.up, point)
    case 65: input = .wheel(.down, point)
    default: return nil
    }
  }
}
