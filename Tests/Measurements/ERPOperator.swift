import Dispatch
import Glibc
import Synchronization

/// An operator whose store is copied from the tables of an ERP.
@MainActor
struct ERPOperator {
  /// What a copy took.
  struct Copy {
    /// From start to end of the program [s].
    let seconds: Double
    /// What the server spent on its statements [ms].
    let server: Double
    let program: Ended
  }

  private let server: ERPServer
  private let tables: ERPServer.Tables
  private let environment: [String: String]
  private let program: String
  /// The environment of a window on the same store, which copies nothing itself.
  let windowEnvironment: [String: String]
  /// The file of third parties.
  let store: String

  init(_ site: Site, _ server: ERPServer, _ tables: ERPServer.Tables) throws {
    self.server = server
    self.tables = tables
    program = site.program("screenpop")
    let folder = "\(site.folder)/\(tables.database)"
    store = "\(folder)/screenpop/parties.sqlite"
    var environment = site.environment(parties: 0)
    environment["XDG_DATA_HOME"] = folder
    windowEnvironment = environment
    environment["XDG_CONFIG_HOME"] = "\(folder)-etc"
    self.environment = environment
    for folder in ["\(folder)-etc", "\(folder)-etc/screenpop"] {
      guard mkdir(folder, 0o700) == 0 else { throw Failure("make \(folder)") }
    }
    let file = "\(folder)-etc/screenpop/config.toml"
    guard let stream = fopen(file, "w") else { throw Failure("write \(file)") }
    defer { fclose(stream) }
    fputs(
      """
      [erp]
      profile = "\(tables.profile)"
      connection = "\(server.connection(tables))"
      """, stream)
  }

  /// Runs `screenpop sync`; what it took.
  func sync() throws -> Copy {
    let command = Command(program, ["sync"], environment: environment)
    let before = try server.timeSpent(in: tables)
    let start = ContinuousClock.now
    let ended = try command.run()
    let seconds = (ContinuousClock.now - start).seconds
    guard ended.status == 0 else {
      throw Failure(because: "screenpop sync ended with status \(ended.status)")
    }
    return Copy(
      seconds: seconds, server: try server.timeSpent(in: tables) - before, program: ended)
  }

  /// Runs `screenpop sync --full`, and `work` again and again meanwhile.
  func whileCopying(_ work: () throws -> Void) throws {
    let outcome = Mutex(Result<Int32, Failure>?.none)
    let (program, environment) = (program, environment)
    DispatchQueue.global().async {
      let ended = Result { () throws(Failure) in
        try Command(program, ["sync", "--full"], environment: environment).run().status
      }
      outcome.withLock { $0 = ended }
    }
    while true {
      if let ended = outcome.withLock({ $0 }) {
        let status = try ended.get()
        guard status == 0 else {
          throw Failure(because: "screenpop sync --full ended with status \(status)")
        }
        return
      }
      try work()
    }
  }
}
