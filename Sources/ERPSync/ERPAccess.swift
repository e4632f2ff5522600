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

  /// Whether the database lets us in; blocks, but not for long.
  public func check() throws(ERPError) {
    let answer = OneAnswer<Result<Void, ERPError>>()
    let limit = ERPQuestion.timeLimit
    BlockingThread.start { () throws(ERPError) in
      _ = try connect(timeLimit: limit)
    } done: {
      answer.give($0)
    }
    guard let outcome = answer.wait(seconds: Self.patience(limit)) else { throw silence(limit) }
    try outcome.get()
  }

  /// Whether the profile fits the database: asks each of its questions, for nobody where it asks for third
  /// parties; blocks.
  ///
  /// - Parameter mark: from where the next copy of changes goes on; nil: changes are not asked for.
  /// - Returns: what is done without, because the user may not read it: `{mobile}: permission denied …`.
  public func check(_ profile: ERPProfile, mark: String?) throws(ERPError) -> [String] {
    let connection = try connect(timeLimit: Self.checkLimit)
    let since = mark.flatMap { CopyMark($0) }?.minus(profile.overlap)
    let fitted = try FittedProfile(profile, to: connection)
    try fitted.check(on: connection, since: since)
    return fitted.notices
  }

  /// How long each of these questions may take [s].
  private static let checkLimit = 5

  /// Where it leads, without user and password: `PostgreSQL Unicode, erp.example, database company`.
  public var place: String { connection.place }

  /// Connects; blocks, with some drivers without an end.
  func connect(timeLimit: Int) throws(ERPError) -> ODBCConnection {
    try ODBCConnection(
      connection, password: password, loginLimit: Self.loginLimit(timeLimit), timeLimit: timeLimit)
  }

  private static func loginLimit(_ timeLimit: Int) -> Int { min(10, timeLimit) }

  /// When a server that has said nothing will not answer any more, whatever its driver makes of that [s]: it
  /// is connected to twice where it is a data source, and then asked.
  static func patience(_ timeLimit: Int) -> Int { timeLimit + 2 * loginLimit(timeLimit) + 2 }

  /// The failure of a server that has not answered.
  public func silence(_ timeLimit: Int) -> ERPError {
    ERPError(.timedOut, "asking \(place) failed: no answer within \(timeLimit) s")
  }
}
