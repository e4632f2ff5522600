import Glibc

/// Measures ScreenPop's programs and prints a table; started by Tests/bench.
///
///     Measurements FOLDER [NAME…]
///     Measurements --parse-calls COUNT   what runs under valgrind, which counts allocations
///
/// FOLDER is an empty folder for the files that the measurements need, millions of third parties among
/// them. The programs lie beside this one, and so does `launcher-peer`.
@main
enum Bench {
  @MainActor
  static func main() async {
    var names = CommandLine.arguments.dropFirst()
    if names.first == "--parse-calls" { return parseCalls(Int(names.last ?? "") ?? 0) }
    guard let folder = names.popFirst() else { quit(64, "the folder for files is missing") }
    let chosen = names.compactMap { Measurement(rawValue: $0) }
    guard chosen.count == names.count else {
      let known = Measurement.allCases.map(\.rawValue).joined(separator: " ")
      quit(64, "there are these measurements: \(known)")
    }
    // A launcher whose window has gone must not end the measurement.
    signal(SIGPIPE, SIG_IGN)
    do {
      let site = try Site(folder: folder)
      Figure.printHeader()
      for measurement in chosen.isEmpty ? Measurement.usual : chosen {
        let before = loadAverage()
        for figure in try await measurement.run(site) { figure.print() }
        printLine("  (\(measurement.rawValue): load \(before) before, \(loadAverage()) after)")
      }
    } catch {
      quit(1, "could not measure: \(error)")
    }
  }

  private static func quit(_ status: Int32, _ sentence: String) -> Never {
    let line = Array("bench: \(sentence)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(status)
  }
}

/// What can be measured, by the names of the command line.
enum Measurement: String, CaseIterable {
  case launcher, pop, idle, softphone, listen, flood, frame, lookup, `import`, copy, search, ami
  case sync, relay, streams, start, day, rows

  /// Those of a run that names none: all but the one that takes long.
  static let usual = allCases.filter { $0 != .rows }

  @MainActor
  func run(_ site: Site) async throws -> [Figure] {
    switch self {
    case .launcher: try measureLauncher(site)
    case .pop: try measurePop(site)
    case .idle: try measureIdle(site)
    case .softphone: try measureSoftphone(site)
    case .listen: try measureListen(site)
    case .flood: try measureFlood(site)
    case .frame: try measureFrame()
    case .lookup: try measureLookup(site)
    case .import: try measureImport(site)
    case .copy: try measureCopy(site)
    case .search: try measureSearch(site)
    case .ami: try measureAMI(site)
    case .sync: try measureSync(site)
    case .relay: try measureRelay(site)
    case .streams: try measureStreams(site)
    case .start: try measureRelayStart(site)
    case .day: try await measureDay(site)
    case .rows: try measureRows(site)
    }
  }
}

/// The number that a variable of the environment holds; nil: none.
func environmentNumber(_ name: String) -> Int? {
  getenv(name).flatMap { Int(String(cString: $0)) }
}

/// How busy the machine is: runnable processes, averaged over a minute.
private func loadAverage() -> String {
  var load = 0.0
  return getloadavg(&load, 1) == 1 ? rounded(load, 2) : "?"
}
