/// A profile whose pieces have been chosen for one database.
struct FittedProfile: Sendable {
  let name: String
  private let questions: SQLQuestions
  private let chosen: [String: String]
  /// What does without a table or a column because the user may not read it.
  let notices: [String]
  /// What was chosen where there is a choice: `{mobile}: p.mobile`.
  let found: [String]

  /// Asks the database which pieces fit.
  init(_ questions: SQLQuestions, _ name: String, to connection: ODBCConnection) throws(ERPError) {
    self.name = name
    self.questions = questions
    var fitting = Fitting(questions.pieces, name, connection)
    for piece in questions.pieces.keys.sorted() { _ = try fitting.text(of: piece) }
    chosen = fitting.chosen
    notices = fitting.notices
    found = questions.pieces.filter { $0.value.count > 1 }.keys.sorted().map {
      let text = ODBC.line((fitting.chosen[$0] ?? "").utf8.prefix(100))
      return "{\($0)}: \(text.isEmpty ? "nothing" : text)"
    }
  }

  /// The SELECT of all third parties.
  func full() throws(ERPError) -> String { try select(questions.all) }

  /// The SELECT of what has changed, nil when the ERP cannot tell.
  func changes() throws(ERPError) -> String? {
    questions.changes.isEmpty ? nil : try select(questions.changes)
  }

  /// The SELECT of the third parties with a number, nil when there is none.
  func lookup() throws(ERPError) -> String? {
    questions.lookup.isEmpty ? nil : try select(questions.lookup)
  }

  /// The SELECT of the exception numbers, nil when there is none.
  func exceptions() throws(ERPError) -> String? {
    questions.exceptions.isEmpty ? nil : try filled(questions.exceptions)
  }

  /// The SELECT that counts the third parties, nil when there is none.
  func count() throws(ERPError) -> String? {
    questions.count.isEmpty ? nil : try filled(questions.count)
  }

  /// Asks for nobody by each question; throws when the database does not take one, or a column is missing.
  func check(on connection: ODBCConnection, since mark: String?) throws(ERPError) {
    try Self.naming("no third party is copied") { () throws(ERPError) in
      let columns = try connection.ask(select("1 = 0")).columns
      _ = try ERPColumns(columns, profile: name, marked: !questions.changes.isEmpty)
    }
    if let mark, !questions.changes.isEmpty {
      try Self.naming("what changes in the ERP is not copied") { () throws(ERPError) in
        _ = try connection.ask(select("(\(questions.changes)) AND 1 = 0"), mark)
      }
    }
    if !questions.lookup.isEmpty {
      try Self.naming("a caller who is not copied yet is not found") { () throws(ERPError) in
        _ = try connection.ask(select("(\(questions.lookup)) AND 1 = 0"), "00000000")
      }
    }
    if let sql = try exceptions() {
      try Self.naming("no full copy comes about, for want of its exception numbers") {
        () throws(ERPError) in
        _ = try connection.ask(sql)
      }
    }
    if let sql = try count() {
      try Self.naming("no full copy comes about, for want of its size") {
        () throws(ERPError) in
        _ = try connection.ask(sql)
      }
    }
  }

  /// Asks; who may not is told what is lost by it.
  private static func naming(
    _ loss: String, _ ask: () throws(ERPError) -> Void
  ) throws(ERPError) {
    do throws(ERPError) {
      try ask()
    } catch {
      guard error.kind == .denied else { throw error }
      throw ERPError(.denied, "\(error.sentence); as it is, \(loss)")
    }
  }

  private func select(_ condition: String) throws(ERPError) -> String {
    let condition = try filled(condition)
    return try ERPProfile.filled(questions.select) { name throws(ERPError) in
      name == "where" ? condition : chosen[name]
    }
  }

  private func filled(_ text: String) throws(ERPError) -> String {
    try ERPProfile.filled(text) { name throws(ERPError) in chosen[name] }
  }
}
