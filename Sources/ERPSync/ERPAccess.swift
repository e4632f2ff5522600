/// How the ERP's database is reached.
public struct ERPAccess: Sendable, Hashable {
  let connection: ConnectionString
  let password: String?

  /// Access by a connection string of ODBC, or by a data source of odbc.ini as `DSN=NAME`.
  ///
  /// - Parameter password: nil: the data source has it, or none is wanted.
  public init(connection: String, password: String? = nil) {
    self.connection = ConnectionString(connection)
    self.password = password
  }

  /// Whether a connection string has a password in it, where everybody could read it.
  public static func namesPassword(_ connection: String) -> Bool {
    ConnectionString(connection)["Pwd", "Password"] != nil
  }

  /// Whether the database lets us in; blocks.
  public func check() throws(ERPError) { _ = try connect(timeLimit: ERPQuestion.timeLimit) }

  /// Connects; blocks.
  func connect(timeLimit: Int) throws(ERPError) -> ODBCConnection {
    try ODBCConnection(
      connection, password: password, loginLimit: min(10, timeLimit), timeLimit: timeLimit)
  }
}
