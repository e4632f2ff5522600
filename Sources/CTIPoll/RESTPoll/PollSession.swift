import CTIBlock
import Connector
import PhoneNumbers
import Telephony

/// The questions to a CTI server, the stream while there is one, and what they tell: without I/O and without a clock.
///
/// A ``RESTWay`` says what comes in, and what is sent. While a stream is alive, after one more question that closes the
/// gap before it, nothing is asked; the first question after its end comes within one interval.
struct PollSession: LineSession {
  /// What has a ``RESTWay`` open the stream that was offered last.
  static let listen = Array("stream".utf8)

  private let id: SourceID
  private let server: String
  private let form: CTIAnswerForm
  private let plan: NumberPlan
  private let words: EventWords
  private let interval: Duration
  private(set) var counts = PollCounts()

  private var calls: StandingCalls
  private var health: ConnectionHealth
  private var hasAnswered = false
  /// When the next question is due; nil: one is under way, or none is asked while the stream lives.
  private var askAt: Moment?
  /// When the question that is under way began, and whether the stream was alive then.
  private var asked = (at: Moment(milliseconds: 0), duringStream: false)
  /// How many events were pushed, and how many before the question: one that was under way meanwhile is old.
  private var pushes = 0
  private var pushesBefore = 0

  /// Whether the answer that comes next offers a stream.
  private var isOffered = false
  private var isListening = false
  /// Whether the stream has shown that bytes come through: some proxies keep them back.
  private var isStreamAlive = false
  /// Whether the questions rest until the stream ends.
  private var isResting = false
  private var streams: Backoff
  private var nextStream: Moment?

  /// A poll of this server, as sentences name it, for one station.
  init(
    id: SourceID, server: String, form: CTIAnswerForm, station: String, plan: NumberPlan,
    words: EventWords, interval: Duration
  ) {
    self.id = id
    self.server = server
    self.form = form
    self.plan = plan
    self.words = words
    self.interval = interval
    calls = StandingCalls(source: id, station: station)
    health = ConnectionHealth(interval: interval, goodLife: 0)
    streams = Backoff(interval: interval)
  }

  var nextWake: Moment? { askAt }
  /// A server need not be told.
  var hasLeft: Bool { true }

  mutating func start(at now: Moment) -> [LineStep] { [.open] }
  mutating func linked(from local: LineAddress?, at now: Moment) -> [LineStep] { ask(now) }
  /// Each question tells by itself what has come of it.
  mutating func unlinked(_ failure: ConnectionFailure, at now: Moment) -> [LineStep] { [] }
  mutating func learn(_ word: String, at now: Moment) -> [LineStep] { [] }
  mutating func stop(at now: Moment) -> [LineStep] { [.close] }

  mutating func wake(at now: Moment) -> [LineStep] {
    guard let due = askAt, due <= now else { return [] }
    return ask(now)
  }

  mutating func receive(
    _ bytes: UnsafeRawBufferPointer, from peer: LineAddress?, at now: Moment
  ) -> [LineStep] {
    let parts = bytes.split(
      separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    let head = String(decoding: parts[0], as: UTF8.self).split(separator: " ", maxSplits: 1)
    let body = parts.count == 2 ? Array(parts[1]) : []
    switch head.first {
    case "offered": isOffered = true
    case "failed": return fail(String(decoding: body, as: UTF8.self), now)
    case "alive":
      isStreamAlive = true
      streams.succeed()
      counts.streamCame()
    case "push": return push(body, now)
    case "ended": endStream(String(decoding: body, as: UTF8.self), now)
    case let status?:
      guard let status = Int(status) else { return [] }
      return answer(status, head.count < 2 ? nil : ContentType(String(head[1])), body, now)
    case nil: break
    }
    return []
  }

  // MARK: - The question

  private mutating func ask(_ now: Moment) -> [LineStep] {
    askAt = nil
    asked = (now, isStreamAlive)
    pushesBefore = pushes
    return [.send(Array("ask \(server)".utf8), to: nil)]
  }

  private mutating func answer(
    _ status: Int, _ type: ContentType?, _ body: [UInt8], _ now: Moment
  ) -> [LineStep] {
    let answer: RESTAnswer
    do throws(PollError) {
      answer = try RESTAnswer(
        status: status, type: type, body: body, as: form, hasAnswered: hasAnswered)
    } catch {
      return fail(error.sentence(server: server), now)
    }
    hasAnswered = hasAnswered || answer.isSuccess
    counts.note(answer, isOffered: isOffered, isStreamed: isStreamAlive)
    var steps = health.rise(at: now) ? reported() : []
    if pushes == pushesBefore {
      let call = answer.call.flatMap { ServerCall($0, words: words, plan: plan, now: now) }
      steps += told(calls.poll(call, now: now))
    }
    if isOffered, !isListening, nextStream.map({ $0 <= now }) ?? true {
      isListening = true
      steps.append(.send(Self.listen, to: nil))
    }
    isOffered = false
    if asked.duringStream, isStreamAlive {
      isResting = true
      counts.rests += 1
    } else {
      askAt = (asked.duringStream ? now : asked.at) + Self.milliseconds(interval)
    }
    return steps
  }

  private mutating func fail(_ sentence: String, _ now: Moment) -> [LineStep] {
    isOffered = false
    counts.failures += 1
    // A failed question is followed by the whole pause.
    let pause = health.fall(sentence, at: now) ?? interval
    askAt = now + Self.milliseconds(pause)
    return reported()
  }

  // MARK: - The stream

  private mutating func push(_ body: [UInt8], _ now: Moment) -> [LineStep] {
    pushes += 1
    counts.pushed += 1
    do throws(PollError) {
      let answer = try PollAnswer.read(body, as: form).call
      let call = answer.flatMap { ServerCall($0, words: words, plan: plan, now: now) }
      return told(call.map { calls.push($0) } ?? calls.poll(nil, now: now))
    } catch {
      counts.unreadable += 1
      return []
    }
  }

  /// The questions go on, whatever has ended it; the next answer offers it again.
  private mutating func endStream(_ why: String, _ now: Moment) {
    if !isStreamAlive {
      if !why.isEmpty { counts.streamTrouble = why }
      nextStream = now + Self.milliseconds(streams.fail())
    }
    (isListening, isStreamAlive) = (false, false)
    if isResting { askAt = now + Self.milliseconds(interval) }
    isResting = false
  }

  // MARK: - Reports

  private mutating func told(_ events: [CallEvent]) -> [LineStep] {
    for event in events { counts.strange.note(event) }
    return events.map { .report(.event($0)) }
  }

  private func reported() -> [LineStep] { health.latest.map { [.report(.health(id, $0))] } ?? [] }

  private static func milliseconds(_ pause: Duration) -> Int64 { Int64(pause / .milliseconds(1)) }
}
