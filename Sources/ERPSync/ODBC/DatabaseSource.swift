/// A database that is asked over ODBC, by the SELECTs of a profile.
final class DatabaseSource: ERPSource {
  private let connection: ODBCConnection
  private let profile: FittedProfile

  /// Finds out which pieces of the profile fit, unless that is known.
  init(
    _ questions: SQLQuestions, _ name: String, _ connection: ODBCConnection,
    known: FittedProfile? = nil
  ) throws(ERPError) {
    self.connection = connection
    profile =
      if let known { known } else { try FittedProfile(questions, name, to: connection) }
  }

  var notices: [String] { profile.notices }
  var found: [String] { profile.found }
  var fitted: FittedProfile? { profile }

  func total() throws(ERPError) -> Int? {
    guard let count = try profile.count() else { return nil }
    return try connection.ask(count).next()?.first?.flatMap { Int($0) }
  }

  func parties(_ question: ERPQuestionKind) throws(ERPError) -> any ERPRows {
    switch question {
    case .everything: return try connection.ask(profile.full())
    case .changes(let since):
      guard let sql = try profile.changes() else { return try connection.ask(profile.full()) }
      return try connection.ask(sql, since)
    case .number(let digits):
      guard let sql = try profile.lookup() else {
        throw ERPError(.badProfile, "the profile \(profile.name) has no lookup")
      }
      return try connection.ask(sql, digits)
    }
  }

  func exceptions() throws(ERPError) -> (any ERPRows)? {
    guard let sql = try profile.exceptions() else { return nil }
    return try connection.ask(sql)
  }

  func check(since mark: String?) throws(ERPError) {
    try profile.check(on: connection, since: mark)
  }
}
