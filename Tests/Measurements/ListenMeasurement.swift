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
    let caller = BenchCaller(call)
    let invitation = registrar.invitation(from: caller.number, call: call)
    let time = try window.time(toNameOf: caller) { try registrar.ring(invitation) }
    if call >= warmUp { times.append(time) }
    try registrar.giveUp(from: caller.number, call: call)
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
