import AsyncHTTPClient
import Connector
import NIOCore
import PhoneNumbers
import Telephony

/// One run of a ``RESTPollSource``: the questions, the stream while there is one, and what they report.
actor PollLine {
  private let id: SourceID
  private let server: RESTServer
  private let plan: NumberPlan
  private let words: EventWords
  private let tally: Tally<PollCounts>
  private let now: @Sendable () -> Moment
  private let clock: any Clock<Duration>
  private let answered: @Sendable (Moment) -> Void
  private let report: @Sendable (SourceReport) -> Void

  private var calls: StandingCalls
  private let interval: Duration
  private var health: ConnectionHealth
  private var hasAnswered = false
  /// How many events were pushed: an answer that was under way meanwhile is old.
  private var pushes = 0

  private var stream: Task<Void, Never>?
  /// Whether the stream has shown that bytes come through: some proxies keep them back.
  private var isStreamAlive = false
  private var lastEventID = ""
  private var streams: Backoff
  private var nextStream: Moment?

  /// A run that begins with ``run()``; `answered` is told when an answer counts.
  init(
    id: SourceID, server: RESTServer, station: String, plan: NumberPlan, words: EventWords,
    tally: Tally<PollCounts>, now: @escaping @Sendable () -> Moment, clock: any Clock<Duration>,
    interval: Duration, answered: @escaping @Sendable (Moment) -> Void,
    report: @escaping @Sendable (SourceReport) -> Void
  ) {
    self.id = id
    self.server = server
    self.plan = plan
    self.words = words
    self.tally = tally
    self.now = now
    self.clock = clock
    self.answered = answered
    self.report = report
    calls = StandingCalls(source: id, station: station)
    self.interval = interval
    health = ConnectionHealth(interval: interval, goodLife: 0)
    streams = Backoff(interval: interval)
  }

  /// Asks until the task is cancelled. While a stream is alive, after one more question that closes
  /// the gap before it, nothing is asked; the first question after its end comes within one interval.
  func run() async {
    while !Task.isCancelled {
      let begun = now()
      let rest = isStreamAlive ? stream : nil
      let pause = await ask()
      if let rest, isStreamAlive, health.isUp {
        await withTaskCancellationHandler {
          await rest.value
        } onCancel: {
          rest.cancel()
        }
      }
      let spent = Duration.milliseconds(now() - begun)
      // A failed question is followed by the whole pause.
      let remaining = health.isUp && rest == nil ? max(.zero, pause - spent) : pause
      try? await clock.sleep(for: remaining)
    }
    stream?.cancel()
    await stream?.value
  }

  // MARK: - The question

  /// Asks once and says how long to wait until the next time.
  private func ask() async -> Duration {
    let pushesBefore = pushes
    do throws(PollError) {
      let reply = try await server.ask(hasAnswered: hasAnswered)
      hasAnswered = hasAnswered || reply.isSuccess
      tally.change { $0.note(reply, isStreamed: isStreamAlive) }
      if health.rise(at: now()) { reportHealth() }
      if pushes == pushesBefore { poll(reply.call) }
      if let address = reply.stream { hold(address) }
      return interval
    } catch {
      guard !Task.isCancelled else { return interval }
      return fail(error)
    }
  }

  private func poll(_ answer: PollAnswer?) {
    let now = now()
    answered(now)
    let call = answer.flatMap { ServerCall($0, words: words, plan: plan, now: now) }
    report(calls.poll(call, now: now))
  }

  private func fail(_ error: PollError) -> Duration {
    tally.change { $0.failures += 1 }
    let pause = health.fall(error.sentence(server: server.name), at: now())
    reportHealth()
    return pause ?? interval
  }

  // MARK: - The stream

  private func hold(_ address: String) {
    guard stream == nil, nextStream.map({ $0 <= now() }) ?? true else { return }
    stream = Task { await self.listen(address) }
  }

  /// Holds the stream until it ends, whatever ends it: the questions go on then.
  private func listen(_ address: String) async {
    do {
      let body = try await server.open(stream: address, lastID: lastEventID)
      var events = EventStream(lastID: lastEventID)
      for try await buffer in body {
        isStreamAlive = true
        streams.succeed()
        tally.change { $0.streamCame() }
        for event in try events.feed(buffer.readableBytesView) { receive(event) }
      }
    } catch {
      // The next question tells of a server that is gone, and an answer offers the stream again.
      let trouble = error as? PollError
      if !isStreamAlive {
        tally.change { $0.streamTrouble = trouble?.sentence(server: server.name) }
      }
    }
    if !isStreamAlive { nextStream = now() + Int64(streams.fail() / .milliseconds(1)) }
    isStreamAlive = false
    stream = nil
  }

  private func receive(_ event: EventStream.Event) {
    lastEventID = event.id
    pushes += 1
    tally.change { $0.pushed += 1 }
    do throws(PollError) {
      guard let answer = try server.read(pushed: event.data),
        let call = ServerCall(answer, words: words, plan: plan, now: now())
      else { return report(calls.poll(nil, now: now())) }
      report(calls.push(call))
    } catch {
      tally.change { $0.unreadable += 1 }
    }
  }

  // MARK: - Reports

  private func report(_ events: [CallEvent]) {
    for event in events {
      tally.change { $0.strange.note(event) }
      report(.event(event))
    }
  }

  private func reportHealth() {
    if let latest = health.latest { report(.health(id, latest)) }
  }
}
