import Telephony

/// Whether callers wish not to be known, which no event says: Asterisk is asked before a caller is told of.
///
///     → Action: Getvar                          ← Response: Success
///       Channel: PJSIP/1024-00000001              Variable: CONNECTEDLINE(num-pres)
///       Variable: CONNECTEDLINE(num-pres)         Value: prohib_not_screened
///
/// What is told of any call waits for the answer, in its order, but not for long. The number of a caller who is withheld is
/// followed like any other, and never told.
struct AMIScreening {
  /// How long an answer is waited for [ms].
  static let patience: Int64 = 1_000
  /// How many callers of calls are remembered, and how many events wait before nobody is asked about any more.
  private static let memory = 256
  private static let limit = 64
  /// After so many questions without any answer, no more are asked.
  private static let patientTries = 3

  /// A number that somebody calls with, in a call.
  private struct Subject: Hashable {
    let callID: String
    let number: String
  }

  /// An event, and the question whose answer it waits for; nil: for none of its own.
  private struct Entry {
    let event: CallEvent
    var question: (action: String, due: Moment)?
  }

  /// What has not been told yet, in the order in which it is.
  private var queue: [Entry] = []
  /// Those who were asked about, oldest first, and those who wish not to be known.
  private var asked: [Subject] = []
  private var hidden: Set<Subject> = []
  /// Questions of this connection that were not answered in time.
  private var unanswered = 0
  /// Whether the manager answers; nil: that is not known yet.
  private(set) var mayAsk: Bool?

  /// Until when the next answer is waited for; nil: none is.
  var due: Moment? { queue.compactMap { $0.question?.due }.min() }
  /// How many events wait.
  var held: Int { queue.count }

  /// The connection is new.
  mutating func begin() { (mayAsk, unanswered) = (nil, 0) }

  /// Whether it has to be asked about whoever calls by this event.
  func isOpen(_ event: CallEvent) -> Bool {
    guard mayAsk != false, event.direction != .outgoing,
      event.kind == .ring || event.kind == .answer,
      let subject = Self.subject(event), queue.count < Self.limit
    else { return false }
    return !asked.contains(subject)
  }

  /// The event is to be told, once this action is answered if there is one, and all that came before is told.
  mutating func add(_ event: CallEvent, asking action: String?, at now: Moment) {
    if action != nil, let subject = Self.subject(event) {
      if asked.count >= Self.memory { hidden.remove(asked.removeFirst()) }
      asked.append(subject)
    }
    if queue.count >= Self.memory { giveUp() }
    queue.append(Entry(event: event, question: action.map { ($0, now + Self.patience) }))
  }

  /// Takes an answer in; whether it was one to a question of this.
  mutating func answer(_ action: String, isHidden: Bool) -> Bool {
    guard let place = queue.firstIndex(where: { $0.question?.action == action }) else {
      return false
    }
    if isHidden, let subject = Self.subject(queue[place].event) { hidden.insert(subject) }
    queue[place].question = nil
    return true
  }

  /// The manager does not answer such questions, or does.
  mutating func note(mayAsk: Bool) {
    self.mayAsk = mayAsk
    if !mayAsk { giveUp() }
  }

  /// Answers that have not come by now are not waited for.
  mutating func expire(at now: Moment) {
    for place in queue.indices where queue[place].question.map({ $0.due <= now }) ?? false {
      queue[place].question = nil
      unanswered += 1
    }
    // Something that never answers is not asked for ever.
    if mayAsk == nil, unanswered >= Self.patientTries { note(mayAsk: false) }
  }

  /// No answer will come any more.
  mutating func giveUp() { for place in queue.indices { queue[place].question = nil } }

  /// What can be told now, as it may be told.
  mutating func drain() -> [CallEvent] {
    let ready = queue.prefix { $0.question == nil }
    queue.removeFirst(ready.count)
    return ready.map { told($0.event) }
  }

  private func told(_ event: CallEvent) -> CallEvent {
    guard let subject = Self.subject(event), hidden.contains(subject) else { return event }
    var event = event
    event.caller = Caller(identity: .withheld)
    return event
  }

  private static func subject(_ event: CallEvent) -> Subject? {
    guard let callID = event.callID, let number = event.caller.number?.key else { return nil }
    return Subject(callID: callID, number: number)
  }

  /// Whether a value of Asterisk's means that the number is not to be shown: `prohib`, `prohib_passed_screen`.
  static func isHidden(_ value: UnsafeRawBufferPointer) -> Bool { value.begins("prohib") }
}
