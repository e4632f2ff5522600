/// A failure as ODBC tells it, and the sentence that becomes of it.
struct ODBCFailure: Error {
  private let state: String
  private let words: String

  /// The first of what was said; `secret` is kept out of it.
  init(_ diagnostics: [ODBCDiagnostic], hiding secret: String?) {
    state = diagnostics.first?.state ?? ""
    var words = diagnostics.first.map { $0.text } ?? "no reason was given"
    // What psqlodbc adds to each.
    words = words.replacing("; Error while executing the query", with: "")
    if let secret, !secret.isEmpty { words = words.replacing(secret, with: "***") }
    self.words = words
  }

  /// Whether the server answered, and does not like the statement: a table or a column that is not
  /// there, or not for this user, or is of another type. SQLite's driver has one state for everything.
  var isAboutTheStatement: Bool {
    state.hasPrefix("42") || state.hasPrefix("22") || state.hasPrefix("S0") || state == "37000"
      || state == "HY000" && (words.contains("no such") || words.contains("Unknown column"))
  }

  /// What was said when the user may not read a table or a column; nil: it was something else. The states
  /// and numbers are PostgreSQL's, MariaDB's (1142, 1143) and SQL Server's (229, 230).
  var denial: String? {
    let isDenial =
      state == "42501"
      || ["command denied to user", "permission was denied"].contains { words.contains($0) }
    return isDenial ? words : nil
  }

  private var isRefusal: Bool {
    state.hasPrefix("28")
      || ["authentication failed", "no password supplied", "Access denied", "Login failed"]
        .contains { words.contains($0) }
  }

  /// HYT00, HYT01: ODBC's own; 57014: PostgreSQL's statement_timeout; 70100 and 1969: MariaDB's; 110: ETIMEDOUT,
  /// as its driver says it.
  private var isTimeOut: Bool {
    ["HYT00", "HYT01", "57014", "70100", "HY008", "S1T00"].contains(state)
      || words.contains("timeout expired") || words.contains("statement timeout")
      || words.contains("max_statement_time") || words.contains("system error: 110")
  }

  /// The sentence of a connection that did not come about.
  func connecting(to place: String) -> ERPError {
    let failure = "connecting to \(place) failed"
    if isRefusal {
      return ERPError(
        .refused, "\(failure): the server refuses the user or the password: \(words)")
    }
    if words.contains("Can't open lib") || state == "IM003" {
      return ERPError(
        .unreachable,
        "\(failure): the driver is not installed (\(words)); install odbc-postgresql, "
          + "odbc-mariadb, tdsodbc or libsqliteodbc; `odbcinst -q -d` lists the drivers by name")
    }
    if state == "IM002" {
      return ERPError(
        .unreachable,
        "\(failure): there is no such driver or data source; `odbcinst -q -d` lists the drivers, "
          + "`odbcinst -q -s` the data sources")
    }
    if isTimeOut { return ERPError(.timedOut, "\(failure): the server did not answer in time") }
    return ERPError(.unreachable, "\(failure): \(words)")
  }

  /// The sentence of a question that was not answered.
  func asking(_ place: String, _ timeLimit: Int) -> ERPError {
    let failure = "asking \(place) failed"
    if isTimeOut {
      return ERPError(.timedOut, "\(failure): no answer within \(timeLimit) s")
    }
    if let denial {
      return ERPError(
        .denied,
        "\(failure): the user may not read all that the profile asks for: \(denial); the rights that it "
          + "needs stand at the head of each file in Resources/profiles")
    }
    if isAboutTheStatement {
      return ERPError(.badAnswer, "\(failure): the profile does not fit this database: \(words)")
    }
    return ERPError(.failed, "\(failure): \(words)")
  }
}
