/// The commands that print third parties, each a program and its arguments; `{since}` and `{digits}` in an argument
/// stand for what is asked.
struct CommandQuestions: Hashable, Sendable {
  /// Prints everybody.
  var all: [String]
  /// Prints what has changed since `{since}`; empty: it cannot.
  var changes: [String] = []
  /// Prints who has a number that ends in `{digits}`; empty: it cannot.
  var lookup: [String] = []
  /// Prints the exception numbers, with the columns number, collaborator and comment; empty: there are none.
  var exceptions: [String] = []
  var columns = RecordColumns()

  /// The program that prints everybody.
  var program: String { all.first ?? "" }
}
