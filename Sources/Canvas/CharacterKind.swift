/// How one Unicode scalar is treated when it is put on the screen.
enum CharacterKind: UInt32 {
  /// Never shown: controls, bidirectional and other format characters, variation selectors.
  case drop
  /// Joins the character before it, without a column of its own.
  case mark
  /// One column.
  case narrow
  /// Two columns.
  case wide
  /// Shown as one blank: tabs, line ends, every space of one column.
  case space
  /// Shown as U+FFFD in one column: unassigned, private, or of a width that terminals dispute.
  case unknown

  /// The kind of `scalar`, by the table.
  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x7F {
      // The table says the same; nearly all text comes this way.
      self =
        value > 0x20
        ? .narrow : (value == 0x20 || (0x09...0x0D).contains(value) ? .space : .drop)
      return
    }
    var low = 0
    var high = CharacterTable.runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if CharacterTable.runs[middle] >> 3 <= value { low = middle } else { high = middle }
    }
    self = CharacterKind(rawValue: CharacterTable.runs[low] & 7) ?? .unknown
  }

  /// Columns taken on the screen: 0, 1 or 2.
  var columns: Int {
    switch self {
    case .drop, .mark: 0
    case .narrow, .space, .unknown: 1
    case .wide: 2
    }
  }
}
