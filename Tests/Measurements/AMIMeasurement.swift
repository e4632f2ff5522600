import Asterisk
import Dispatch
import Glibc
import PhoneNumbers
import Synchronization
import Telephony

/// What Asterisk's manager says, read as fast as possible, and followed at a busy site's rate.
@MainActor
func measureAMI(_ site: Site) throws -> [Figure] {
  let traffic = try AMITraffic()
  let bytes = (0..<20_000).flatMap { traffic.call($0) }
  let events = 20_000 * traffic.eventsPerCall
  let parsing = (0..<5).map { _ in parse(bytes) }.min() ?? 0
  let burst = try followBurst(bytes)
  let allocations = try allocationsPerEvent(site)
  return [
    Figure(
      name: "AMI parser: 200 MB on one core", value: parsing * 200_000_000 / Double(bytes.count),
      unit: "s", limit: 1),
    Figure(
      name: "AMI parser: 500000 events on one core", value: parsing * 500_000 / Double(events),
      unit: "s", limit: 1),
    Figure(name: "  events in a second", value: Double(events) / parsing, unit: ""),
    Figure(name: "  allocations for 1000 events", value: allocations * 1000, unit: ""),
    Figure(
      name: "AMI over loopback, calls followed: 200 MB, processor time",
      value: burst.processorTime * 200_000_000 / Double(bytes.count), unit: "s"),
    Figure(name: "  from the first byte to the last call", value: burst.time, unit: "s"),
  ] + (try [false, true].flatMap { try followSteadily(site, traffic, isApart: $0) })
}

/// Reads the bytes in pieces as they come from a socket [s].
private func parse(_ bytes: [UInt8]) -> Double {
  var (parser, messages) = (AMIParser(), 0)
  let start = processorTime(CLOCK_THREAD_CPUTIME_ID)
  bytes.withUnsafeBytes { bytes in
    for piece in stride(from: 0, to: bytes.count, by: 65_536) {
      let end = min(bytes.count, piece + 65_536)
      parser.feed(UnsafeRawBufferPointer(rebasing: bytes[piece..<end])) { _ in messages += 1 }
    }
  }
  precondition(messages > 0, "nothing was understood")
  return processorTime(CLOCK_THREAD_CPUTIME_ID) - start
}

/// What is run under valgrind: reads so many calls.
func parseCalls(_ count: Int) {
  guard let call = try? AMITraffic().call(0) else { return }
  var (parser, messages) = (AMIParser(), 0)
  for _ in 0..<count {
    call.withUnsafeBytes { parser.feed($0) { _ in messages += 1 } }
  }
  printLine("\(messages) messages")
}

/// How often an event makes the parser ask for memory: the difference of two runs, counted by valgrind.
@MainActor
private func allocationsPerEvent(_ site: Site) throws -> Double {
  let (few, many) = (100, 1_100)
  // Without its debugging information, which valgrind 3.19 cannot read.
  let program = "\(site.folder)/bench-stripped"
  let strip = Command(
    "/usr/bin/strip", ["-o", program, site.program("Measurements")],
    environment: site.environment(parties: 0))
  guard try strip.run().status == 0 else { throw Failure(because: "strip failed") }
  let counts = try [few, many].map { calls in
    let log = "\(site.folder)/valgrind"
    let command = Command(
      "/usr/bin/valgrind",
      ["--leak-check=no", "--log-file=\(log)", program, "--parse-calls", "\(calls)"],
      environment: site.environment(parties: 0))
    guard try command.run().status == 0 else { throw Failure(because: "valgrind failed") }
    guard let file = fopen(log, "r") else { throw Failure("read \(log)") }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let text = String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    guard let words = text.firstRange(of: "total heap usage: "),
      let count = Int(text[words.upperBound...].prefix { $0 != " " }.filter(\.isNumber))
    else { throw Failure(because: "valgrind counted nothing: \(text)") }
    return count
  }
  return Double(counts[1] - counts[0]) / Double((many - few) * (try AMITraffic().eventsPerCall))
}

/// A source that follows one of 100 stations.
private func source(at peer: ManagerPeer) -> AsteriskSource {
  AsteriskSource(
    AsteriskManager(address: "127.0.0.1", port: peer.port, user: "bench", secret: "bench"),
    station: "1024", plan: NumberPlan(), now: { Moment(milliseconds: 0) })
}

/// Everything at once, as after a break: the time until all was taken, and the source's part of it [s].
private func followBurst(_ bytes: [UInt8]) throws -> (time: Double, processorTime: Double) {
  let peer = try ManagerPeer()
  let spent = Atomic(UInt64(0))
  let start = ContinuousClock.now
  let before = processorTime(CLOCK_PROCESS_CPUTIME_ID)
  peer.serve { client in
    ManagerPeer.say(bytes, to: client)
    spent.store(
      UInt64(processorTime(CLOCK_THREAD_CPUTIME_ID) * 1e9), ordering: .relaxed)
    pause()
  }
  let source = source(at: peer)
  let running = Task { await source.run { _ in } }
  while source.counts.bytes < bytes.count {
    usleep(1000)
    guard ContinuousClock.now - start < .seconds(120) else {
      throw Failure(because: "the source took \(source.counts)")
    }
  }
  let time = (ContinuousClock.now - start).seconds
  let used = processorTime(CLOCK_PROCESS_CPUTIME_ID) - before
  running.cancel()
  return (time, used - Double(spent.load(ordering: .relaxed)) / 1e9)
}

/// Fifty calls a second at 100 stations: what a window needs that follows one of the stations. A call is told in four
/// pieces or, as Asterisk does it when it is not pressed, each event is sent by itself when it happens (`isApart`).
@MainActor
private func followSteadily(
  _ site: Site, _ traffic: AMITraffic, isApart: Bool
) throws -> [Figure] {
  let seconds = 20
  let turns = (0..<seconds * 50).map { turn in
    isApart ? traffic.turn(turn).flatMap(AMITraffic.events) : traffic.turn(turn)
  }
  let peer = try ManagerPeer()
  let sent = DispatchSemaphore(value: 0)
  let files = try AMIFiles(site, port: peer.port)
  peer.serve { client in
    let start = ContinuousClock.now
    for (turn, pieces) in turns.enumerated() {
      for (place, piece) in pieces.enumerated() {
        ManagerPeer.say(piece, to: client)
        let next = isApart ? 20_000 * (place + 1) / pieces.count : 0
        let wait = start + .milliseconds(20 * turn) + .microseconds(next) - ContinuousClock.now
        usleep(UInt32(max(0, wait.microseconds)))
      }
      let wait = start + .milliseconds(20 * (turn + 1)) - ContinuousClock.now
      usleep(UInt32(max(0, wait.microseconds)))
    }
    sent.signal()
    pause()
  }
  let window = try OperatorWindow(site, parties: 0)
  let (before, start) = (try window.figures.processorTime(), ContinuousClock.now)
  sent.wait()
  let share = (try window.figures.processorTime() - before) / (ContinuousClock.now - start).seconds
  try window.close()
  files.remove()
  return [
    Figure(
      name: isApart
        ? "  each event sent by itself"
        : "window at one of 100 stations, 50 calls a second: of one core",
      value: share * 100, unit: "%", limit: 1)
  ]
}

/// The configuration of a window that follows station 1024 at a manager.
private struct AMIFiles {
  private let paths: [String]

  init(_ site: Site, port: Int) throws(Failure) {
    paths = ["config.toml", "secret"].map { "\(site.folder)/etc/screenpop/\($0)" }
    let configuration = """
      [asterisk]
      address = "127.0.0.1"
      port = \(port)
      user = "bench"
      secret_file = "\(paths[1])"
      stations = ["1024"]
      """
    for (path, text) in zip(paths, [configuration, "bench"]) {
      let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
      guard descriptor >= 0, write(descriptor, text, text.utf8.count) == text.utf8.count else {
        throw Failure("write \(path)")
      }
      close(descriptor)
    }
  }

  func remove() {
    for path in paths { unlink(path) }
  }
}

/// A clock of processor time [s].
private func processorTime(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
