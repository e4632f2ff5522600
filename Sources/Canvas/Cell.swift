/// One column of one line: a character with its marks, and what it means.
///
/// 16 bytes, without a reference, so that a whole frame is one block of memory.
public struct Cell: Hashable, Sendable {
  /// Most combining marks that one cell keeps; more are dropped (a stack of them runs over the
  /// lines above and below).
  static let maxMarks = 3
  /// An empty cell.
  public static let blank = Cell(" ", role: .plain, width: 1)

  /// The combining marks, 21 bits each, the first lowest; 0 is none.
  private var packedMarks: UInt64 = 0
  /// The character without its marks; a blank in the right half of a wide character.
  public let scalar: Unicode.Scalar
  /// What the cell means.
  public internal(set) var role: Role
  /// Columns: 1, 2 for the left half of a wide character, 0 for its right half.
  public let width: UInt8

  init(_ scalar: Unicode.Scalar, role: Role, width: UInt8) {
    self.scalar = scalar
    self.role = role
    self.width = width
  }

  /// Whether this is the right half of the wide character to its left.
  public var isRightHalf: Bool { width == 0 }

  /// Whether the cell carries at least one combining mark.
  public var hasMarks: Bool { packedMarks != 0 }

  /// The combining marks, in order; at most `maxMarks`.
  public var marks: [Unicode.Scalar] {
    (0..<Cell.maxMarks).compactMap { index in
      let value = UInt32(truncatingIfNeeded: packedMarks >> UInt64(21 * index)) & 0x1F_FFFF
      return value == 0 ? nil : Unicode.Scalar(value)
    }
  }

  /// The character as text, marks included; empty in the right half of a wide character.
  public var text: String {
    var text = String.UnicodeScalarView()
    guard !isRightHalf else { return "" }
    text.append(scalar)
    text.append(contentsOf: marks)
    return String(text)
  }

  /// Adds one combining mark; nothing when the cell is full.
  mutating func add(mark: Unicode.Scalar) {
    for index in 0..<Cell.maxMarks where packedMarks >> UInt64(21 * index) == 0 {
      packedMarks |= UInt64(mark.value) << UInt64(21 * index)
      return
    }
  }
}
