/// How the third parties of an ERP are asked for, as data: a TOML file.
///
/// The names of a SELECT's columns are the contract; see ``ERPColumn``. `{where}` stands for one of the
/// conditions, any other name in braces for the first of its pieces that the database takes.
public struct ERPProfile: Hashable, Sendable {
  /// What a name in braces may stand for.
  struct Piece: Hashable, Sendable {
    /// A SELECT that tells whether the piece fits: the database takes it or not; nil: it always fits.
    var probe: String?
    /// What stands in the place of the name.
    var sql: String
  }

  /// The name: of the file, without its ending.
  public var name: String
  /// The SELECT, with `{where}` in it.
  var select: String
  /// The condition that is always true.
  var all: String
  /// The condition for what has changed since `?`; empty: the ERP cannot tell.
  var changes: String
  /// The condition for the third parties with a number that ends in the digits `?`; empty: the ERP is
  /// not asked for single numbers.
  var lookup: String
  /// A SELECT of the ERP's exception numbers, with the columns number, collaborator and comment; empty:
  /// it has none.
  var exceptions: String
  /// A SELECT of one number: how many third parties there are, for a progress bar; empty: not told.
  var count: String
  /// How far the mark of a copy of changes is put back [s], or [1] where it is a plain number: a row bears the time at
  /// which its transaction began, and is there only when that has ended.
  var overlap: Int
  /// The address of a record, with `{base}` for the ERP's own and the placeholders of `open`.
  public var recordURL: String
  /// The address of the form for a new third party, in the same way; empty: there is none.
  public var newPartyURL: String
  /// What the other names in braces stand for.
  var pieces: [String: [Piece]]
}

extension ERPProfile {
  /// Whether it can ask for what has changed: otherwise every copy is a full one.
  public var tellsChanges: Bool { !changes.isEmpty }

  /// A text in which names in braces have been replaced; `lookUp` gives nil for a name that means nothing.
  static func filled(
    _ text: String, _ lookUp: (String) throws(ERPError) -> String?
  ) throws(ERPError) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      guard let value = try lookUp(name) else {
        throw ERPError(
          .badProfile, "the profile has {\(ODBC.line(name.utf8))}, and says nowhere what that means"
        )
      }
      result += value
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
