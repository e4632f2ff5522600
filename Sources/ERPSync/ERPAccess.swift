/// How the ERP is reached.
public struct ERPAccess: Sendable, Hashable {
  private enum Way: Hashable {
    case database(ConnectionString)
    case service(ODataService)
    case command(String)
  }

  private let way: Way
  private let password: String?

  /// Access to a database by a connection string of ODBC, or by a data source of odbc.ini as `DSN=NAME`.
  ///
  /// - Parameter password: nil: the data source has it, or none is wanted.
  public init(connection: String, password: String? = nil) {
    self.init(.database(ConnectionString(connection)), password)
  }

  private init(_ way: Way, _ password: String?) { (self.way, self.password) = (way, password) }

  /// Access as a profile needs it: to a database, to the service at an address, or by the profile's command.
  ///
  /// - Parameters:
  ///   - connection: a connection string of ODBC, or the address of an OData service; empty for a command.
  ///   - password: that of the database's or the service's user, or a token.
  ///   - trusted: a file with the certificates that are trusted by TLS; nil: the system's.
  public init(
    for profile: ERPProfile, connection: String, password: String?, trusted: String? = nil
  ) throws(ERPError) {
    switch profile.questions {
    case .sql: self.init(connection: connection, password: password)
    case .command(let questions):
      self.init(.command(questions.program), nil)
    case .odata:
      self.init(.service(try ODataService(connection, password, trusted: trusted)), password)
    }
  }

  /// Whether a connection string or an address has a password in it, where everybody could read it.
  public static func namesPassword(_ connection: String) -> Bool {
    ConnectionString(connection)["Pwd", "Password"] != nil || ODataService.namesPassword(connection)
  }

  /// Whether the ERP lets us in; blocks, but not for long.
  public func check() throws(ERPError) {
    let answer = OneAnswer<Result<Void, ERPError>>()
    let limit = ERPQuestion.timeLimit
    BlockingThread.start { () throws(ERPError) in
      switch way {
      case .database(let string): _ = try connect(string, timeLimit: limit)
      case .service(let service): try service.check(ERPPatience(seconds: limit))
      case .command(let program): try CommandSource.find(program)
      }
    } done: {
      answer.give($0)
    }
    guard let outcome = answer.wait(seconds: Self.patience(limit)) else { throw silence(limit) }
    try outcome.get()
  }

  /// Whether the profile fits the ERP: asks each of its questions, for nobody where it asks for third parties; blocks.
  /// A command is not run.
  ///
  /// - Parameter mark: from where the next copy of changes goes on; nil: changes are not asked for.
  /// - Returns: what is done without, because the user may not read it: `{mobile}: permission denied …`.
  public func check(_ profile: ERPProfile, mark: String?) throws(ERPError) -> [String] {
    let source = try open(profile, ERPPatience(seconds: Self.checkLimit))
    try source.check(since: mark.flatMap { CopyMark($0) }?.minus(profile.overlap))
    return source.notices
  }

  /// How long each of these questions may take [s].
  private static let checkLimit = 5

  /// Where it leads, without user and password: `PostgreSQL Unicode, erp.example, database company`.
  public var place: String {
    switch way {
    case .database(let string): string.place
    case .service(let service): service.place
    case .command(let program): program
    }
  }

  /// That it was reached, as a sentence: `The database answers: …`.
  public var reached: String {
    switch way {
    case .database: "The database answers: \(place)."
    case .service: "The service answers: \(place)."
    case .command: "The command is there, and was not run: \(place)."
    }
  }

  /// Begins to ask by a profile; blocks, with some drivers without an end.
  func open(
    _ profile: ERPProfile, _ patience: ERPPatience, known: FittedProfile? = nil
  ) throws(ERPError) -> any ERPSource {
    switch (way, profile.questions) {
    case (.database(let string), .sql(let questions)):
      try DatabaseSource(
        questions, profile.name, connect(string, timeLimit: patience.seconds), known: known)
    case (.service(let service), .odata(let questions)):
      ODataSource(questions, profile.name, service, patience)
    case (.command, .command(let questions)):
      CommandSource(questions, profile.name, patience)
    default:
      throw ERPError(.badProfile, "the profile \(profile.name) is for another kind of ERP")
    }
  }

  private func connect(
    _ string: ConnectionString, timeLimit: Int
  ) throws(ERPError) -> ODBCConnection {
    try ODBCConnection(
      string, password: password, loginLimit: Self.loginLimit(timeLimit), timeLimit: timeLimit)
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
