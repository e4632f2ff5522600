/// A driver that is known well enough to bound its sessions.
///
/// What each wants was tried: psqlodbc 13.02 refuses SQL_ATTR_CONNECTION_TIMEOUT; MariaDB Connector/ODBC
/// 3.1.15 ignores SQL_ATTR_LOGIN_TIMEOUT, SQL_ATTR_QUERY_TIMEOUT and SQL_MODE_READ_ONLY without a word.
enum ODBCDriver: Hashable, Sendable {
  case postgreSQL, mariaDB, sqlite, tds, other

  /// The driver of this name: what a connection string calls it, or its file.
  init(name: String) {
    let name = name.lowercased()
    if name.contains("postgres") || name.contains("psqlodbc") {
      self = .postgreSQL
    } else if name.contains("maria") || name.contains("mysql") || name.contains("maodbc")
      || name.contains("myodbc")
    {
      self = .mariaDB
    } else if name.contains("sqlite") {
      self = .sqlite
    } else if name.contains("tds") || name.contains("sql server") || name.contains("msodbc") {
      self = .tds
    } else {
      self = .other
    }
  }

  /// What the connection string should say unless it says something else: rows as they are fetched instead of all of
  /// them in memory, and an end to silence.
  ///
  /// - Parameters:
  ///   - loginLimit: how long connecting may take [s].
  ///   - timeLimit: how long a question may take [s]; a socket that is silent for clearly longer is given up.
  func attributes(loginLimit: Int, timeLimit: Int) -> [(name: String, value: String)] {
    switch self {
    case .postgreSQL: [("UseDeclareFetch", "1"), ("Fetch", "2000")]
    // Connector/ODBC 3.1 holds all rows in memory, whatever it is told: NO_CACHE, FORWARDONLY and STREAMRS say
    // nothing to it.
    case .mariaDB:
      [
        (Self.loginLimitName, "\(loginLimit)"),
        ("READ_TIMEOUT", "\(timeLimit + timeLimit / 5 + 1)"),
      ]
    case .sqlite: [("StepAPI", "1"), ("Timeout", "2000")]
    case .tds: [("TDS_Version", "7.4")]
    case .other: []
    }
  }

  /// What the connection string says whatever it said for other programs: UTF-8; and with psqlodbc's ReadOnly (A0, for
  /// short) SET would be refused, by which the server itself lets the session write nothing.
  var demands: [(name: String, value: String)] {
    switch self {
    case .postgreSQL: [("ReadOnly", "0"), ("A0", "0")]
    case .mariaDB: [("Charset", "utf8mb4")]
    case .tds: [("ClientCharset", "UTF-8")]
    case .sqlite, .other: []
    }
  }

  /// How a connection string limits connecting: only MariaDB's driver needs it, and the others pass over it.
  static let loginLimitName = "CONN_TIMEOUT"

  /// What is said first in each session: UTF-8, no writing, times in UTC, an end to long questions.
  func greeting(timeLimit: Int) -> [String] {
    switch self {
    case .postgreSQL:
      [
        "SET client_encoding = 'UTF8'", "SET TimeZone = 'UTC'",
        "SET default_transaction_read_only = on", "SET statement_timeout = \(timeLimit * 1000)",
        // The driver reads through a cursor, of which PostgreSQL expects that a tenth is fetched; all is.
        "SET cursor_tuple_fraction = 1",
      ]
    case .mariaDB:
      [
        // The driver refuses SET NAMES, which an InitStmt may hold.
        "SET character_set_results = utf8mb4, time_zone = '+00:00'",
        "SET SESSION TRANSACTION READ ONLY",
        "SET max_statement_time = \(timeLimit)",
      ]
    case .sqlite: ["PRAGMA query_only = on"]
    // Makes dates of the form YYYY-MM-DD, as profiles may have them, unambiguous in every language.
    case .tds: ["SET DATEFORMAT ymd"]
    case .other: []
    }
  }

  /// A parameter as the server reads it in every session: SQL Server takes `2026-11-22 10:00:00` for a datetime
  /// by the session's language, and `2026-11-22T10:00:00` by ISO 8601.
  func parameter(_ value: String) -> String {
    let time = #/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d.*/#
    guard self == .tds, value.wholeMatch(of: time) != nil else { return value }
    return value.replacing(" ", with: "T", maxReplacements: 1)
  }
}
