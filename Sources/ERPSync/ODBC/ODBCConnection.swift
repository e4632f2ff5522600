import CODBC

/// A session with a database, for one thread: it cannot write, and long questions come to an end.
///
/// Every function blocks for as long as the server does; a server that is up and yet silent is not
/// noticed here.
final class ODBCConnection {
  private let environment: ODBCHandle
  private let handle: ODBCHandle
  private let password: String?
  /// Where it leads, for sentences.
  let place: String
  /// The driver that serves it.
  let driver: ODBCDriver
  /// How long a question may take [s].
  let timeLimit: Int

  /// Connects.
  ///
  /// - Parameters:
  ///   - string: where to; what is known of the driver is added to it.
  ///   - password: kept out of every sentence; nil where the data source has it, or none is wanted.
  ///   - loginLimit: how long connecting may take, as far as the driver keeps to it [s].
  ///   - timeLimit: how long a question may take, in the same way [s].
  init(
    _ string: ConnectionString, password: String?, loginLimit: Int = 10, timeLimit: Int
  ) throws(ERPError) {
    var string = string
    if let password { string.set("Pwd", password) }
    self.password = password ?? string["Pwd", "Password"]
    self.timeLimit = timeLimit
    place = string.place
    (environment, handle) = try Self.handles(loginLimit: loginLimit)
    if let name = string["Driver"] {
      driver = ODBCDriver(name: name)
    } else {
      // Only the driver manager knows which driver a data source has, and says it once connected.
      string.add(ODBCDriver.loginLimitName, "\(loginLimit)")
      try Self.connect(handle, string, place, self.password)
      driver = ODBCDriver(name: Self.driverName(handle))
      SQLDisconnect(handle.raw)
    }
    for (name, value) in driver.attributes(loginLimit: loginLimit, timeLimit: timeLimit) {
      string.add(name, value)
    }
    for (name, value) in driver.demands { string.set(name, value) }
    try Self.connect(handle, string, place, self.password)
    for statement in driver.greeting(timeLimit: timeLimit) { try run(statement) }
  }

  deinit { SQLDisconnect(handle.raw) }

  private static func handles(
    loginLimit: Int
  ) throws(ERPError) -> (ODBCHandle, ODBCHandle) {
    guard let environment = ODBCHandle(.environment),
      ODBC.succeeds(
        SQLSetEnvAttr(
          environment.raw, SQL_ATTR_ODBC_VERSION, ODBC.pointer(Int(clamping: SQL_OV_ODBC3)), 0)),
      let connection = ODBCHandle(.connection, in: environment)
    else { throw ERPError(.failed, "ODBC cannot be started: is memory short?") }
    // A driver that knows no such limit says so, and connects all the same.
    SQLSetConnectAttr(connection.raw, SQL_ATTR_LOGIN_TIMEOUT, ODBC.pointer(loginLimit), 0)
    return (environment, connection)
  }

  private static func connect(
    _ handle: ODBCHandle, _ string: ConnectionString, _ place: String, _ password: String?
  ) throws(ERPError) {
    // Terminated and SQL_NTS: MariaDB's driver reads past a length that is given.
    var text = Array(string.text.utf8) + [0]
    let code = SQLDriverConnect(
      handle.raw, nil, &text, SQLSMALLINT(SQL_NTS), nil, 0, nil, SQLUSMALLINT(SQL_DRIVER_NOPROMPT))
    guard ODBC.succeeds(code) else {
      throw ODBCFailure(handle.diagnostics(), hiding: password).connecting(to: place)
    }
  }

  private static func driverName(_ handle: ODBCHandle) -> String {
    var name = [UInt8](repeating: 0, count: 256)
    var length: SQLSMALLINT = 0
    let code = SQLGetInfo(
      handle.raw, SQLUSMALLINT(SQL_DRIVER_NAME), &name, SQLSMALLINT(clamping: name.count), &length)
    return ODBC.succeeds(code) ? ODBC.line(name.prefix { $0 != 0 }) : ""
  }

  /// Why the server does not take a SELECT, nil when it does: which tables and columns there are for this user.
  func objection(to probe: String) throws(ERPError) -> ODBCFailure? {
    do throws(ODBCFailure) {
      _ = try start(probe, nil)
      return nil
    } catch {
      guard error.isAboutTheStatement else { throw error.asking(place, timeLimit) }
      return error
    }
  }

  /// Asks, with this value for each `?`.
  func ask(_ sql: String, _ value: String? = nil) throws(ERPError) -> ODBCRows {
    do throws(ODBCFailure) {
      return try ODBCRows(
        try start(sql, value), place: place, timeLimit: timeLimit, hiding: password)
    } catch {
      throw error.asking(place, timeLimit)
    }
  }

  private func run(_ sql: String) throws(ERPError) {
    do throws(ODBCFailure) {
      _ = try start(sql, nil)
    } catch {
      throw error.asking(place, timeLimit)
    }
  }

  private func start(_ sql: String, _ value: String?) throws(ODBCFailure) -> ODBCHandle {
    guard let statement = ODBCHandle(.statement, in: handle) else {
      throw ODBCFailure(handle.diagnostics(), hiding: password)
    }
    SQLSetStmtAttr(statement.raw, SQL_ATTR_QUERY_TIMEOUT, ODBC.pointer(timeLimit), 0)
    var text = Array(sql.utf8) + [0]
    guard let value else {
      try check(SQLExecDirect(statement.raw, &text, SQLINTEGER(SQL_NTS)), statement)
      return statement
    }
    try check(SQLPrepare(statement.raw, &text, SQLINTEGER(SQL_NTS)), statement)
    var count: SQLSMALLINT = 0
    try check(SQLNumParams(statement.raw, &count), statement)
    var bytes = Array(driver.parameter(value).utf8) + [0]
    var length = SQLLEN(SQL_NTS)
    // The statement reads both when it is executed, and not later.
    let code = bytes.withUnsafeMutableBytes { bytes in
      withUnsafeMutablePointer(to: &length) { length in
        for index in 0..<max(0, count) {
          SQLBindParameter(
            statement.raw, SQLUSMALLINT(clamping: index + 1), SQLSMALLINT(SQL_PARAM_INPUT),
            SQLSMALLINT(SQL_C_CHAR), SQLSMALLINT(SQL_VARCHAR),
            SQLULEN(clamping: max(1, bytes.count - 1)), 0,
            bytes.baseAddress, SQLLEN(clamping: bytes.count), length)
        }
        return SQLExecute(statement.raw)
      }
    }
    try check(code, statement)
    SQLFreeStmt(statement.raw, SQLUSMALLINT(SQL_RESET_PARAMS))
    return statement
  }

  private func check(_ code: SQLRETURN, _ statement: ODBCHandle) throws(ODBCFailure) {
    // SQL_NO_DATA: a statement that changes nothing.
    guard !ODBC.succeeds(code), code != SQLRETURN(SQL_NO_DATA) else { return }
    throw ODBCFailure(statement.diagnostics(), hiding: password)
  }
}
