package import CTIBlock
import Connector
package import PhoneNumbers
public import Telephony
package import TrafficTrace
import WebAccess

/// A CTI server that is asked for calls (R22 to R25).
///
/// Every `interval` one question, described by the fields of a `<cliktocallevent>` block; the value that
/// it answers is one call until it is absent or different once. A server that fails is a state on the
/// screen and is asked less and less often, at last once a minute. Where an answer offers a stream
/// (R29), as the relay's does, calls come by that, at once, and the questions rest while it lives.
public struct RESTPollSource: SelfExamining {
  /// The name under which it reports.
  public let id: SourceID
  private let exchange: CTIExchange
  private let values: CTIVariables
  private let plan: NumberPlan
  private let words: EventWords
  private let environment: [String: String]
  private let now: @Sendable () -> Moment
  private let clock: (any Clock<Duration>)?
  private let interval: Duration
  private let limits: PollLimits
  private let tally = Tally(PollCounts())
  private let trace: Trace?

  /// The source of one server's calls for one station.
  ///
  /// - Parameters:
  ///   - id: The source's name on the screen.
  ///   - values: Ident and station, from an option or the configuration; without a station the poll is
  ///     off.
  ///   - words: The meaning of the server's event words.
  ///   - environment: Where the variables for proxies are looked up.
  ///   - now: The window's clock, which events carry.
  ///   - clock: What the pauses between questions are waited on; nil: the connection's own loop.
  ///   - trace: What is told of all that passes, but not of the questions: those hold tokens.
  package init(
    id: SourceID = "rest", exchange: CTIExchange, values: CTIVariables, plan: NumberPlan,
    words: EventWords = EventWords(), environment: [String: String] = [:],
    now: @escaping @Sendable () -> Moment, clock: (any Clock<Duration>)? = nil,
    interval: Duration = .seconds(5), limits: PollLimits = PollLimits(), trace: Trace? = nil
  ) {
    self.trace = trace
    precondition(interval > .zero, "questions without a pause are no poll")
    self.id = id
    self.exchange = exchange
    self.values = values
    self.plan = plan
    self.words = words
    self.environment = environment
    self.now = now
    self.clock = clock
    self.interval = interval
    self.limits = limits
  }

  /// What was heard so far, and what could not be used.
  public var counts: PollCounts { tally.counts }

  /// What was noticed of the answers.
  public var symptoms: [Symptom] { counts.symptoms(interval: interval) }

  /// A server may tell of a call once only.
  public var isForOne: Bool { true }

  /// The first answer has to do: there is nothing to ask but for calls.
  public func examine() async -> [Symptom] { symptoms }

  /// Asks until the task is cancelled.
  public func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    guard exchange.isPolled, let form = exchange.answer else {
      return await stayOff("with_event is not 1: this server is not asked for calls", report)
    }
    guard !values.station.isEmpty else {
      return await stayOff("no station configured: the CTI server is not asked", report)
    }
    let request = exchange.request(values)
    let proxy = ProxyChoice(url: request.url, environment: environment)
    if case .unsupported(let variable) = proxy {
      return await stayOff("\(variable) names a proxy that is not http://: change it", report)
    }
    let client = RESTClient(proxy: proxy, limits: limits)
    let line = SessionLine(
      session(form, server: request.server), id: id,
      peer: RESTCarrier(client: client, request: request, form: form), now: now, clock: clock,
      trace: trace, heard: { [tally] in tally.note($0) })
    await line.run(report)
    await client.close()
  }

  private func session(_ form: CTIAnswerForm, server: String) -> PollSession {
    PollSession(
      id: id, server: server, form: form, station: values.station, plan: plan, words: words,
      interval: interval)
  }

  private func stayOff(_ reason: String, _ report: (SourceReport) -> Void) async {
    report(.health(id, .off(reason: reason)))
    await untilCancelled()
  }
}

extension RESTPollSource: TracedSource {
  package func player(of lines: [TraceLine]) -> any TracePlayer {
    guard let form = exchange.answer else { return SilentPlayer() }
    // In the trace stands what was answered, and not by whom.
    return SessionPlayer { session(form, server: "") }
  }
}

/// Of a server that is not asked nothing can be told.
private struct SilentPlayer: TracePlayer {
  mutating func play(_ line: TraceLine, at now: Moment) -> [CallEvent] { [] }
}
