import Glibc

/// How many third parties the store of most measurements has: a million, or what BENCH_PARTIES says, for who
/// tries a measurement and wants no figures.
let manyParties = environmentNumber("BENCH_PARTIES") ?? 1_000_000

/// From the start of the launcher until the caller's name arrives on the terminal.
@MainActor
func measurePop(_ site: Site) throws -> [Figure] {
  let (calls, warmUp) = (1_000, 30)
  try site.fill(parties: manyParties)
  let pops = try Pops(site, environment: site.environment(parties: manyParties))
  for _ in 0..<warmUp { _ = try pops.next() }
  let statistics = Statistics(try (0..<calls).map { _ in try pops.next() })
  try pops.close()
  return [
    Figure(
      name: "clicktocall started → name on the terminal, median", value: statistics.median,
      unit: "ms", limit: 5),
    Figure(
      name: "clicktocall started → name on the terminal, 99th percentile",
      value: statistics.percentile(0.99), unit: "ms", limit: 10),
    Figure(name: "  the slowest of \(calls)", value: statistics.maximum, unit: "ms"),
  ]
}

/// The same while a full copy from the ERP runs, which rewrites the whole store, and without it.
@MainActor
func measureBusyPop(_ site: Site, _ seat: ERPOperator) throws -> [Figure] {
  let pops = try Pops(site, environment: seat.windowEnvironment)
  for _ in 0..<30 { _ = try pops.next() }
  let quiet = Statistics(try (0..<300).map { _ in try pops.next() })
  var times: [Double] = []
  try seat.whileCopying { times.append(try pops.next()) }
  try pops.close()
  let busy = Statistics(times)
  return [
    Figure(
      name: "clicktocall started → name, while screenpop sync runs, median", value: busy.median,
      unit: "ms"),
    Figure(name: "  without the copy", value: quiet.median, unit: "ms"),
    Figure(name: "  the slowest of \(times.count) while it runs", value: busy.maximum, unit: "ms"),
    Figure(name: "  the slowest of 300 without it", value: quiet.maximum, unit: "ms"),
  ]
}

/// Calls one after the other, by the launcher, to a window whose store has the numbers of ``PartyFile``.
@MainActor
private final class Pops {
  private let window: OperatorWindow
  private let environment: [String: String]
  private let launcher: String
  private var calls = 0

  init(_ site: Site, environment: [String: String]) throws {
    window = try OperatorWindow(site, environment: environment)
    self.environment = environment
    launcher = site.program("clicktocall")
  }

  /// How long the next call takes until its name is shown [ms]; then it ends.
  func next() throws -> Double {
    calls += 1
    let caller = BenchCaller(calls)
    let ring = Command(
      launcher, ["--call-id", "bench-\(calls)", caller.number], environment: environment)
    var started = pid_t()
    let time = try window.time(toNameOf: caller) { started = try ring.start() }
    _ = try Ended(waitingFor: started)
    try Command(
      launcher, ["--event", "end", "--call-id", "bench-\(calls)"], environment: environment
    ).run()
    window.screen.waitUntilQuiet(5)
    return time
  }

  func close() throws { try window.close() }
}
