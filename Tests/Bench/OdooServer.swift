import Glibc

/// A PostgreSQL with Odoo's tables, for measurements; see `odoo-server`.
@MainActor
struct OdooServer {
  private let folder: String
  private let environment: [String: String]

  /// Starts it and fills its tables, which takes some seconds for a million parties.
  init(_ site: Site, sizes: [Int]) throws {
    folder = site.folder + "/odoo"
    var environment = site.environment(parties: 0)
    environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
    environment["XDG_CONFIG_HOME"] = folder + "-etc"
    environment["XDG_DATA_HOME"] = folder + "-data"
    self.environment = environment
    guard mkdir(folder, 0o711) == 0, mkdir(folder + "-etc", 0o700) == 0,
      mkdir(folder + "-etc/screenpop", 0o700) == 0
    else { throw Failure("make \(folder)") }
    let ended = try Command(
      site.program("odoo-server"), [folder] + sizes.map { String($0) }, environment: environment
    ).run()
    guard ended.status == 0 else {
      throw Failure(because: "odoo-server ended with \(ended.status); is postgresql installed?")
    }
    let text = """
      [erp]
      profile = "odoo"
      connection = "Driver={PostgreSQL Unicode};Server=\(folder);Database=postgres;Uid=erp_ro"
      """
    try Self.write(text, to: folder + "-etc/screenpop/config.toml")
  }

  /// Runs `screenpop sync`; how long it took.
  func sync(_ site: Site) throws -> (seconds: Double, ended: Ended) {
    let command = Command(site.program("screenpop"), ["sync"], environment: environment)
    let start = ContinuousClock.now
    let ended = try command.run()
    guard ended.status == 0 else {
      throw Failure(because: "screenpop sync ended with status \(ended.status)")
    }
    return ((ContinuousClock.now - start).seconds, ended)
  }

  /// Changes the tables.
  func sql(_ text: String) throws { _ = try answer(text) }

  /// How long the server itself takes for a query, median of five [ms].
  func milliseconds(_ query: String) throws -> Double {
    let times = try (0..<5).map { _ in
      let plan = try answer("EXPLAIN (ANALYZE, TIMING OFF) \(query)")
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
    kill(pid, SIGINT)
    while kill(pid, 0) == 0 { usleep(50_000) }
  }

  private func answer(_ text: String) throws -> String {
    let output = folder + "-answer"
    let ended = try Command(
      "/usr/bin/psql",
      [
        "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", folder, "-U", "erp_ro", "-d", "postgres", "-o",
        output,
        "-c", text,
      ], environment: environment
    ).run()
    guard ended.status == 0 else { throw Failure(because: "psql refuses: \(text)") }
    return Self.text(of: output)
  }

  private static func text(of path: String) -> String {
    guard let stream = fopen(path, "r") else { return "" }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, stream)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  private static func write(_ text: String, to path: String) throws {
    guard let stream = fopen(path, "w") else { throw Failure("write \(path)") }
    defer { fclose(stream) }
    fputs(text, stream)
  }
}
