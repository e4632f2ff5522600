import Glibc

/// How many third parties the store of most measurements has.
let manyParties = 1_000_000

/// From the start of the launcher until the caller's name arrives on the terminal.
@MainActor
func measurePop(_ site: Site) throws -> [Figure] {
  let (calls, warmUp) = (1_000, 30)
  try site.fill(parties: manyParties)
  let window = try OperatorWindow(site, parties: manyParties)
  let environment = site.environment(parties: manyParties)
  var times: [Double] = []
  for call in 0..<warmUp + calls {
    // Far apart in the file, even and odd in turn.
    let party = (call * 7_919 * 2 + call % 2) % manyParties
    let number = call % 4 < 2 ? PartyFile.phone(party) : PartyFile.mobile(party)
    let ring = Command(
      site.program("clicktocall"), ["--call-id", "bench-\(call)", number],
      environment: environment)
    window.screen.expect(PartyFile.name(party))
    let start = ContinuousClock.now
    let launcher = try ring.start()
    let arrival = window.screen.arrival()
    _ = try Ended(waitingFor: launcher)
    guard let arrival else {
      throw Failure(because: "call \(call): the name \(PartyFile.name(party)) was not shown")
    }
    if call >= warmUp { times.append((arrival - start).milliseconds) }
    try Command(
      site.program("clicktocall"), ["--event", "end", "--call-id", "bench-\(call)"],
      environment: environment
    ).run()
    window.screen.waitUntilQuiet(5)
  }
  try window.close()
  let statistics = Statistics(times)
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
