import Glibc

/// A database server of its own with the tables of ERPs, for measurements; see the folder `ERP`.
@MainActor
final class ERPServer {
  /// Which database it is.
  enum Engine: String {
    case postgreSQL = "postgresql-server"
    case mariaDB = "mariadb-server"
  }

  /// The tables of an ERP, with so many third parties: a database.
  struct Tables {
    /// The profile that copies from them.
    let profile: String
    let parties: Int
    var database: String { "\(profile)_\(parties)" }
  }

  private let engine: Engine
  private let folder: String
  private let environment: [String: String]

  /// Starts it and fills its tables, which takes some seconds for a million parties.
  init(_ site: Site, _ engine: Engine, _ tables: [Tables]) throws {
    self.engine = engine
    folder = "\(site.folder)/\(engine.rawValue)"
    var environment = site.environment(parties: 0)
    environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
    self.environment = environment
    guard mkdir(folder, 0o711) == 0 else { throw Failure("make \(folder)") }
    let ended = try Command(
      site.program("ERP/\(engine.rawValue)"), [folder] + tables.map(\.database),
      environment: environment
    ).run()
    guard ended.status == 0 else {
      throw Failure(because: "\(engine.rawValue) ended with \(ended.status); is it installed?")
    }
  }

  /// Where a database is, for ODBC.
  func connection(_ tables: Tables) -> String {
    let place =
      switch engine {
      case .postgreSQL: "Driver={PostgreSQL Unicode};Server=\(folder)"
      case .mariaDB: "Driver={MariaDB Unicode};Socket=\(folder)/socket"
      }
    return "\(place);Database=\(tables.database);Uid=erp_ro"
  }

  /// Runs SQL; what it answers.
  @discardableResult
  func sql(_ text: String, in tables: Tables) throws -> String {
    let (program, arguments) =
      switch engine {
      case .postgreSQL:
        (
          "psql",
          ["-qAtX", "-v", "ON_ERROR_STOP=1", "-h", folder, "-U", "erp_ro", "-c", text, "-d"]
        )
      case .mariaDB:
        (
          "mariadb",
          [
            "--no-defaults", "--user=root", "--socket=\(folder)/socket", "--batch",
            "--skip-column-names", "-e", text,
          ]
        )
      }
    let output = folder + "-answer"
    let ended = try Command(
      "/usr/bin/\(program)", arguments + [tables.database], environment: environment,
      output: output
    ).run()
    guard ended.status == 0 else { throw Failure(because: "\(program) refuses: \(text)") }
    return Self.text(of: output)
  }

  /// How long the statements of `erp_ro` have taken the server itself so far, by its own count [ms].
  func timeSpent(in tables: Tables) throws -> Double {
    let question =
      switch engine {
      case .postgreSQL:
        """
        SELECT coalesce(sum(total_exec_time + total_plan_time), 0) FROM pg_stat_statements
        WHERE query NOT LIKE '%pg_stat_statements%'
        """
      case .mariaDB:
        """
        SELECT coalesce(sum(sum_timer_wait), 0) / 1e9
        FROM performance_schema.events_statements_summary_by_user_by_event_name WHERE user = 'erp_ro'
        """
      }
    let answer = try sql(question, in: tables).prefix { $0 != "\n" }
    guard let time = Double(answer) else {
      throw Failure(because: "\(engine.rawValue) does not say how long it took: \(answer)")
    }
    return time
  }

  /// How long PostgreSQL itself takes for a SELECT, median of five [ms].
  func milliseconds(_ query: String, in tables: Tables) throws -> Double {
    let times = try (0..<5).map { _ in
      let plan = try sql("EXPLAIN (ANALYZE, TIMING OFF) \(query)", in: tables)
      let words = plan.split(whereSeparator: \.isWhitespace)
      guard let place = words.lastIndex(of: "Time:"), let time = Double(words[place + 1]) else {
        throw Failure(because: "PostgreSQL does not say how long it took: \(plan)")
      }
      return time
    }
    return Statistics(times).median
  }

  /// Ends it.
  func stop() {
    guard let pid = Int32(Self.text(of: folder + "/pid").prefix { $0 != "\n" }) else { return }
    kill(pid, engine == .postgreSQL ? SIGINT : SIGTERM)
    while kill(pid, 0) == 0 { usleep(50_000) }
  }

  private static func text(of path: String) -> String {
    guard let stream = fopen(path, "r") else { return "" }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, stream)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
