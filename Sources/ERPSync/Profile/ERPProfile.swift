/// How the third parties of an ERP are asked for, as data: a TOML file.
///
/// The names of the columns that come are the contract; see ``ERPColumn``.
public struct ERPProfile: Hashable, Sendable {
  /// What is asked, and how.
  enum Questions: Hashable, Sendable {
    case sql(SQLQuestions)
    case command(CommandQuestions)
    case odata(ODataQuestions)
  }

  /// The name: of the file, without its ending.
  public var name: String
  var questions: Questions
  /// How far the mark of a copy of changes is put back [s], or [1] where it is a plain number: a row bears the time at
  /// which its transaction began, and is there only when that has ended.
  var overlap: Int
  /// The address of a record, with `{base}` for the ERP's own and the placeholders of `open`.
  public var recordURL: String
  /// The address of the form for a new third party, in the same way; empty: there is none.
  public var newPartyURL: String
}

extension ERPProfile {
  /// Whether it can ask for what has changed: otherwise every copy is a full one.
  public var tellsChanges: Bool {
    switch questions {
    case .sql(let questions): !questions.changes.isEmpty
    case .command(let questions): !questions.changes.isEmpty
    case .odata(let questions): questions.tellsChanges
    }
  }

  /// Whether it can ask for the third parties with a number.
  var looksUp: Bool {
    switch questions {
    case .sql(let questions): !questions.lookup.isEmpty
    case .command(let questions): !questions.lookup.isEmpty
    case .odata(let questions): questions.looksUp
    }
  }

  /// Whether it is asked somewhere: a command knows by itself where.
  public var needsConnection: Bool {
    if case .command = questions { false } else { true }
  }

  /// The profile with columns as somebody named them by hand: in SQL what stands for a `{NAME}`, elsewhere what a column
  /// is made of.
  public func naming(_ columns: [String: String]) throws(ERPError) -> ERPProfile {
    var profile = self
    for (column, text) in columns.sorted(by: { $0.key < $1.key }) {
      switch profile.questions {
      case .sql(var questions):
        guard questions.pieces[column] != nil else {
          throw ERPError(
            .badProfile,
            "the profile \(name) has no {\(ODBC.line(column.utf8))}: there are "
              + questions.pieces.keys.sorted().joined(separator: ", "))
        }
        questions.pieces[column] = [SQLQuestions.Piece(probe: nil, sql: text)]
        profile.questions = .sql(questions)
      case .command(var questions):
        try questions.columns.name(column, text, name)
        profile.questions = .command(questions)
      case .odata(var questions):
        for index in questions.sets.indices {
          try questions.sets[index].columns.name(column, text, name)
        }
        profile.questions = .odata(questions)
      }
    }
    return profile
  }

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
