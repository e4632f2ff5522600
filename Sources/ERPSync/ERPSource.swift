/// An ERP that is being asked, for one thread: a database, a command or a service; each function blocks.
protocol ERPSource {
  /// What is done without, because the user may not read it.
  var notices: [String] { get }
  /// Which of several ways the profile found open, such as the name of a column: `{mobile}: TELGSM`.
  var found: [String] { get }
  /// What was learnt of the database, for the next time; nil: nothing that is worth keeping.
  var fitted: FittedProfile? { get }

  /// How many third parties there are, more or less; nil: not told.
  func total() throws(ERPError) -> Int?
  /// The third parties that are asked for.
  func parties(_ question: ERPQuestionKind) throws(ERPError) -> any ERPRows
  /// The ERP's exception numbers; nil: it has none.
  func exceptions() throws(ERPError) -> (any ERPRows)?
  /// Asks for nobody by each question; throws when one is not taken, or a column is missing. `mark` is from where the
  /// next copy of changes goes on; nil: changes are not asked for.
  func check(since mark: String?) throws(ERPError)
}

/// What is asked for.
enum ERPQuestionKind: Sendable {
  case everything
  /// What has changed since.
  case changes(since: String)
  /// Who has a number that ends in these digits.
  case number(digits: String)
}

/// The rows of an answer, one at a time, as text.
protocol ERPRows: AnyObject {
  /// The names of the columns, in small letters.
  var columns: [String] { get }
  /// How many values were not UTF-8.
  var foreignValues: Int { get }
  /// The next row, a value for each column and nil where there is none; nil at the end.
  func next() throws(ERPError) -> [String?]?
}

/// What a source may cost while it is asked.
struct ERPPatience: Sendable {
  /// How long it may be silent [s].
  let seconds: Int
  /// Whether anybody still waits for the answer; asked again and again.
  var isWanted: @Sendable () -> Bool = { true }
}
