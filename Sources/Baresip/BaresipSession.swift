import Connector
import PhoneNumbers
import Telephony
import TextForms

/// The conversation with a softphone: its version, the calls that there are, then what it tells, and our
/// commands.
///
///     → about          ← baresip 3.16.0 …
///     → listcalls      ← the calls
///     → callfind …     ← events …, answers
struct BaresipSession: ConnectorSession {
  /// Commands, one after the other, each only if the one before succeeded.
  typealias Order = [BaresipCommand]
  /// What it printed last, or why not all was done.
  typealias Answer = Result<String, DialError>
  typealias Counts = Void
  typealias Step = SessionStep<BaresipFailure, Answer>

  /// How far a connection has come.
  private enum Stage {
    case closed
    /// Asked for the version.
    case greeting
    /// Asked for the calls that there are.
    case listing
    case open
  }

  /// An order under way: its first command was sent under the token, if there is one.
  private struct Pending {
    let ticket: Int
    var commands: [BaresipCommand]
    var token: String?
  }

  private static let greeting = "about"
  private static let listing = "listcalls"

  private let place: String
  private let patience: Int64
  private var calls: BaresipCalls
  private var reader = NetstringReader()
  private var stage = Stage.closed
  /// The first is under way: the softphone's commands are about its current call, two orders must not mix.
  private var orders: [Pending] = []
  private var tokens = 0
  private(set) var nextWake: Moment?

  /// A conversation that has not begun, with the softphone at `place`, which may take `patience` [ms] to
  /// greet and for each command.
  init(source: SourceID, place: String, plan: NumberPlan, patience: Int64) {
    self.place = place
    self.patience = patience
    calls = BaresipCalls(source: source, plan: plan)
  }

  func sentence(_ outage: BaresipFailure) -> String { outage.sentence(address: place) }

  // MARK: - Steps

  mutating func begin(at now: Moment) -> [Step] {
    reader = NetstringReader()
    stage = .greeting
    nextWake = now + patience
    return [.send(BaresipCommand("about").encoded(token: Self.greeting))]
  }

  mutating func receive(_ bytes: UnsafeRawBufferPointer, at now: Moment) -> [Step] {
    var steps: [Step] = []
    do throws(NetstringReader.Fault) {
      for text in try reader.feed(bytes) where stage != .closed {
        // What is no message of baresip's is passed over, like events of other kinds.
        guard let message = BaresipMessage(text) else { continue }
        steps += handle(message, at: now)
      }
    } catch {
      steps.append(lose(.framing(error)))
    }
    return steps
  }

  mutating func wake(at now: Moment) -> [Step] {
    guard let nextWake, now >= nextWake else { return [] }
    guard stage == .open else { return [lose(.silent)] }
    return orders.first.map { answer(.failure(silence(of: $0)), at: now) } ?? []
  }

  mutating func end(at now: Moment) -> [Step] {
    stage = .closed
    nextWake = nil
    defer { orders = [] }
    return orders.map {
      .answered(ticket: $0.ticket, .failure($0.token == nil ? notConnected : silence(of: $0)))
    }
  }

  mutating func missed(_ outage: Int64, at now: Moment) -> [Step] { [] }

  mutating func order(_ order: Order, ticket: Int, at now: Moment) -> [Step] {
    orders.append(Pending(ticket: ticket, commands: order))
    return orders.count == 1 ? proceed(at: now) : []
  }

  mutating func abandon(ticket: Int) -> Answer? { nil }

  // MARK: - Messages

  private mutating func handle(_ message: BaresipMessage, at now: Moment) -> [Step] {
    switch (message, stage) {
    case (.answer(let answer), .greeting) where answer.token == Self.greeting:
      if let failure = Self.failure(of: answer) { return [lose(failure)] }
      stage = .listing
      return [.send(BaresipCommand("listcalls").encoded(token: Self.listing))]
    case (.answer(let answer), .listing) where answer.token == Self.listing:
      stage = .open
      nextWake = nil
      let news = calls.adopt(BaresipListing.calls(in: answer.text), at: now)
      return [.up] + news.map { .tell($0) }
    case (.answer(let answer), .open): return handle(answer, at: now)
    case (.event(let event), .listing), (.event(let event), .open):
      return calls.apply(event, at: now).map { .tell($0) }
    case (.event, .greeting), (.event, .closed), (.answer, _):
      // Not before the version is known; the list of calls makes up for it.
      return []
    }
  }

  /// Refuses what is no supported baresip (R38).
  private static func failure(of about: BaresipAnswer) -> BaresipFailure? {
    guard about.isDone else { return .noMenu }
    guard let version = BaresipVersion(about: about.text) else { return .stranger }
    return version.isSupported ? nil : .unsupported(version: version.text)
  }

  private mutating func lose(_ failure: BaresipFailure) -> Step {
    stage = .closed
    return .lost(failure)
  }

  // MARK: - Orders

  private var notConnected: DialError { Self.notConnected(place) }

  /// What is said of an order where there is no connection.
  static func notConnected(_ place: String) -> DialError {
    DialError("baresip at \(place) is not connected: start it, or look at its port")
  }

  private func silence(of order: Pending) -> DialError {
    let name = order.commands.first?.name ?? ""
    return DialError("baresip at \(place) did not answer the command \(name)")
  }

  /// Sends the next command of the first order.
  private mutating func proceed(at now: Moment) -> [Step] {
    guard let command = orders.first?.commands.first else {
      nextWake = nil
      return []
    }
    tokens += 1
    orders[0].token = String(tokens)
    nextWake = now + patience
    return [.send(command.encoded(token: String(tokens)))]
  }

  private mutating func handle(_ answer: BaresipAnswer, at now: Moment) -> [Step] {
    guard let order = orders.first, let command = order.commands.first,
      answer.token == order.token
    else { return [] }
    let printed = PlainText.cleaned(answer.text, limit: 200)
    // `callfind` says so and counts as done.
    guard answer.isDone, !printed.contains("not found") else {
      let sentence = "baresip refused the command \(command.name): \(printed)"
      return self.answer(.failure(DialError(sentence)), at: now)
    }
    orders[0].commands.removeFirst()
    return orders[0].commands.isEmpty
      ? self.answer(.success(printed), at: now) : proceed(at: now)
  }

  /// The first order is over, and the next one begins.
  private mutating func answer(_ answer: Answer, at now: Moment) -> [Step] {
    let order = orders.removeFirst()
    return [.answered(ticket: order.ticket, answer)] + proceed(at: now)
  }
}
