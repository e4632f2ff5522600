import CTIBlock
import CTIPoll
import Glibc
import PhoneNumbers
import Synchronization
import Telephony

/// A window's poll for a day: the requests are real, the pauses between them are not.
///
/// The server answers a call and none in turn, and offers no stream, which would let the poll rest.
@MainActor
func measureDay(_ site: Site) async throws -> [Figure] {
  let server = try RunningServer(
    site.program("BareHandler"), path: "/", environment: site.environment(parties: 0)
  ) { [String($0), "calls"] }
  defer { try? server.stop() }
  let day = DayClock(length: .seconds(24 * 3600))
  let events = Mutex(0)
  let source = RESTPollSource(
    exchange: try CTIExchange(.relay(url: server.url("/"))),
    values: CTIVariables(ident: "", station: "1024"), plan: NumberPlan(), now: { day.moment },
    clock: day)
  let running = Task { await source.run { _ in events.withLock { $0 += 1 } } }
  let own = ProcessFigures(pid: getpid())
  var memory: [Double] = []
  for hour in [1, 12, 24] {
    let deadline = ContinuousClock.now + .seconds(300)
    while day.passed < .seconds(hour * 3600) {
      guard .now < deadline else { throw Failure(because: "the day does not pass") }
      try await Task.sleep(for: .milliseconds(20))
    }
    memory.append(try own.memory().anonymous)
  }
  running.cancel()
  await running.value
  return [
    Figure(
      name: "memory after a day of polls - after one hour (RssAnon)", value: memory[2] - memory[0],
      unit: "MB", limit: 1),
    Figure(name: "  after one hour", value: memory[0], unit: "MB"),
    Figure(name: "  after 12 hours", value: memory[1], unit: "MB"),
    Figure(name: "  answers", value: Double(source.counts.answers), unit: ""),
    Figure(name: "  events of calls", value: Double(events.withLock { $0 }), unit: ""),
  ]
}

/// A clock on which a pause ends at once and time moves by it, until the day is over.
private final class DayClock: Clock, Sendable {
  typealias Instant = ContinuousClock.Instant

  private let start = ContinuousClock.now
  private let length: Duration
  private let time = Mutex(Duration.zero)

  init(length: Duration) { self.length = length }

  var passed: Duration { time.withLock { $0 } }
  var now: Instant { start + passed }
  var minimumResolution: Duration { .nanoseconds(1) }
  var moment: Moment { Moment(milliseconds: Int64(passed / .milliseconds(1))) }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    guard passed < length else { return try await Task.sleep(for: .seconds(3600)) }
    let pause = now.duration(to: deadline)
    time.withLock { $0 += max(.zero, pause) }
  }
}
