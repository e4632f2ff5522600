import Glibc

/// From the INVITE leaving the caller, through a real baresip, until the caller's name arrives on the
/// terminal; and what the softphone's connection costs while nobody calls.
@MainActor
func measureSoftphone(_ site: Site) throws -> [Figure] {
  let (calls, warmUp, span, look) = (300, 20, 20, 5)
  try site.fill(parties: manyParties)
  let phone = try BenchPhone(folder: "\(site.folder)/baresip")
  let configuration = "\(site.folder)/etc/screenpop/config.toml"
  try write(
    "[baresip]\naddress = \"127.0.0.1\"\nport = \(phone.controlPort)\n", to: configuration)
  defer { unlink(configuration) }
  let window = try OperatorWindow(site, parties: manyParties)
  var times: [Double] = []
  for call in 0..<warmUp + calls {
    let caller = BenchCaller(call)
    let invitation = phone.invitation(from: caller.number, call: call)
    let time = try window.time(toNameOf: caller) { try phone.ring(invitation) }
    if call >= warmUp { times.append(time) }
    try phone.giveUp(invitation)
    window.screen.waitUntilQuiet(5)
  }
  // What the last call left behind is not idleness yet.
  sleep(10)
  let before = try window.figures.sleeps()
  sleep(UInt32(span))
  let wakes = try window.figures.sleeps() - before
  try window.close()
  let statistics = Statistics(times)
  return [
    Figure(
      name: "INVITE sent → name on the terminal, through baresip, median",
      value: statistics.median, unit: "ms", limit: 20),
    Figure(
      name: "INVITE sent → name on the terminal, through baresip, 99th percentile",
      value: statistics.percentile(0.99), unit: "ms"),
    Figure(name: "  the slowest of \(calls)", value: statistics.maximum, unit: "ms"),
    Figure(
      name: "wake-ups in \(span) s with the softphone connected (a look every \(look) s)",
      value: Double(wakes), unit: "", limit: Double(span / look + 1)),
  ]
}

/// Writes a file for the owner alone.
func write(_ text: String, to path: String) throws(Failure) {
  let bytes = Array(text.utf8)
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else { throw Failure("write \(path)") }
  defer { close(descriptor) }
  guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure("write \(path)") }
}
