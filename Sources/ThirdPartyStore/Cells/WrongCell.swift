/// A cell that the program cannot have written: another program, or a damaged disk, has.
struct WrongCell: Error, Hashable {
  /// The column's name.
  var column: String
  /// What stands there: `a blob`.
  var content: String

  /// `code is a blob`.
  var sentence: String { "\(column) is \(content)" }
}
