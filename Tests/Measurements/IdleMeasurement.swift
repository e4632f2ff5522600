import Glibc

/// A window that has shown a call, and now has nothing to do.
@MainActor
func measureIdle(_ site: Site) throws -> [Figure] {
  let (span, look) = (30, 5)
  try site.fill(parties: manyParties)
  let window = try OperatorWindow(site, parties: manyParties)
  for event in ["ring", "end"] {
    try Command(
      site.program("clicktocall"),
      ["--event", event, "--call-id", "bench", PartyFile.phone(4711)],
      environment: site.environment(parties: manyParties)
    ).run()
    window.screen.waitUntilQuiet(1000)
  }
  // What the call left behind, such as the farewell of its connection, is not idleness yet.
  sleep(10)
  let (before, timeBefore) = (try window.figures.sleeps(), try window.figures.processorTime())
  sleep(UInt32(span))
  let (after, timeAfter) = (try window.figures.sleeps(), try window.figures.processorTime())
  let memory = try window.figures.memory()
  try window.close()
  return [
    Figure(
      name: "wake-ups of all threads in \(span) s (a look every \(look) s)",
      value: Double(after - before), unit: "", limit: Double(span / look + 1)),
    Figure(
      name: "  processor time in \(span) s", value: (timeAfter - timeBefore) * 1000, unit: "ms"),
    Figure(
      name: "private memory with \(manyParties) parties (RssAnon)", value: memory.anonymous,
      unit: "MB", limit: 30),
  ]
}
