/// How a database is asked for third parties. `{where}` stands for one of the conditions, any other name in braces for
/// the first of its pieces that the database takes.
struct SQLQuestions: Hashable, Sendable {
  /// What a name in braces may stand for.
  struct Piece: Hashable, Sendable {
    /// A SELECT that tells whether the piece fits: the database takes it or not; nil: it always fits.
    var probe: String?
    /// What stands in the place of the name.
    var sql: String
  }

  /// The SELECT, with `{where}` in it.
  var select: String
  /// The condition that is always true.
  var all: String
  /// The condition for what has changed since `?`; empty: the ERP cannot tell.
  var changes = ""
  /// The condition for the third parties with a number that ends in the digits `?`; empty: the ERP is
  /// not asked for single numbers.
  var lookup = ""
  /// A SELECT of the ERP's exception numbers, with the columns number, collaborator and comment; empty:
  /// it has none.
  var exceptions = ""
  /// A SELECT of one number: how many third parties there are, for a progress bar; empty: not told.
  var count = ""
  /// What the other names in braces stand for.
  var pieces: [String: [Piece]] = [:]
}
