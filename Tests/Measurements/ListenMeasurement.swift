import Glibc

/// From the INVITE leaving the server, through the telephone that the window registers and that only listens,
/// until the caller's name arrives on the terminal.
@MainActor
func measureListen(_ site: Site) throws -> [Figure] {
  let (calls, warmUp) = (1_000, 30)
  try site.fill(parties: manyParties)
  let registrar = try BenchRegistrar()
  let configuration = "\(site.folder)/etc/screenpop/config.toml"
  try write(
    """
    [sip]
    server = "127.0.0.1"
    port = \(registrar.port)
    watch = "1024"
    subscribe = false
    listen = true

    """, to: configuration)
  defer { unlink(configuration) }
  let window = try OperatorWindow(site, parties: manyParties)
  try registrar.register()
  window.screen.waitUntilQuiet(300)
  var times: [Double] = []
  for call in 0..<warmUp + calls {
    // Far apart in the file, even and odd in turn.
    let party = (call * 7_919 * 2 + call % 2) % manyParties
    let number = call % 4 < 2 ? PartyFile.phone(party) : PartyFile.mobile(party)
    let invitation = registrar.invitation(from: number, call: call)
    window.screen.expect(PartyFile.name(party))
    let start = ContinuousClock.now
    try registrar.ring(invitation)
    guard let arrival = window.screen.arrival() else {
      throw Failure(because: "call \(call): the name \(PartyFile.name(party)) was not shown")
    }
    if call >= warmUp { times.append((arrival - start).milliseconds) }
    try registrar.giveUp(from: number, call: call)
    window.screen.waitUntilQuiet(5)
  }
  try window.close()
  let statistics = Statistics(times)
  return [
    Figure(
      name: "INVITE sent → name, through the telephone that listens, median",
      value: statistics.median, unit: "ms", limit: 5),
    Figure(
      name: "INVITE sent → name, through the telephone that listens, 99th percentile",
      value: statistics.percentile(0.99), unit: "ms", limit: 10),
    Figure(name: "  the slowest of \(calls)", value: statistics.maximum, unit: "ms"),
  ]
}
