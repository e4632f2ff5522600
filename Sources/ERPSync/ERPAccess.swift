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

  /// Whether the profile fits the database: asks for nobody by each of its questions; blocks.
  ///
  /// - Parameter mark: from where the next copy of changes goes on; nil: changes are not asked for.
  public func check(_ profile: ERPProfile, mark: String?) throws(ERPError) {
    let connection = try connect(timeLimit: Self.checkLimit)
    let since = mark.flatMap { CopyMark($0) }?.minus(profile.overlap)
    try FittedProfile(profile, to: connection).check(on: connection, since: since)
  }

  /// How long each of these questions may take [s].
  private static let checkLimit = 5

  /// Where it leads, without user and password: `PostgreSQL Unicode, erp.example, database company`.
  public var place: String { connection.place }

  /// Connects; blocks.
  func connect(timeLimit: Int) throws(ERPError) -> ODBCConnection {
    try ODBCConnection(
      connection, password: password, loginLimit: min(10, timeLimit), timeLimit: timeLimit)
  }
}
