import Glibc

/// The launcher, whole process, delivering to a live window, against its twin in C.
@MainActor
func measureLauncher(_ site: Site) throws -> [Figure] {
  let pairs = 1_500
  let window = try OperatorWindow(site, parties: 0)
  let environment = site.environment(parties: 0)
  // The same number each time: the call rings again, which is the least work for the window.
  let commands = ["clicktocall", "launcher-peer"].map {
    Command(site.program($0), ["0388202122"], environment: environment)
  }
  var times: [[Double]] = [[], []]
  var processorTimes = [0.0, 0.0]
  for pair in -50..<pairs {
    // In turn the first: whoever runs second has the window's work of the first beside it.
    for index in pair % 2 == 0 ? [0, 1] : [1, 0] {
      let start = ContinuousClock.now
      let ended = try commands[index].run()
      let time = (ContinuousClock.now - start).milliseconds
      guard ended.status == 0 else {
        throw Failure(because: "delivering to the window ended with status \(ended.status)")
      }
      if pair >= 0 {
        times[index].append(time)
        processorTimes[index] += ended.processorTime
      }
      usleep(500)
    }
  }
  try window.close()
  let ratios = zip(times[0], times[1]).map { $0 / $1 }
  return [
    Figure(
      name: "launcher / C twin, \(pairs) pairs, median ratio", value: Statistics(ratios).median,
      unit: "×", limit: 1.10),
    Figure(
      name: "launcher / C twin, ratio of medians",
      value: Statistics(times[0]).median / Statistics(times[1]).median, unit: "×"),
    Figure(
      name: "launcher / C twin, processor time of all",
      value: processorTimes[0] / processorTimes[1], unit: "×"),
    Figure(name: "  launcher, median", value: Statistics(times[0]).median, unit: "ms"),
    Figure(name: "  C twin, median", value: Statistics(times[1]).median, unit: "ms"),
  ]
}
