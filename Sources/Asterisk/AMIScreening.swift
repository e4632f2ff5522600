import Telephony

/// Whether callers wish not to be known, which no event says: Asterisk is asked before a caller is told of.
///
///     → Action: Getvar                          ← Response: Success
///       Channel: PJSIP/1024-00000001              Variable: CONNECTEDLINE(num-pres)
///       Variable: CONNECTEDLINE(num-pres)         Value: prohib_not_screened
///
/// It is asked as soon as the station is called: a telephone that refuses, and a caller who gives up, are gone soon.
/// The caller's own channel is asked, too: it lives on a little when the station's has gone. What is told of any call waits
/// for the answers, in its order, but not for long. The number of a caller who is withheld is followed like any other, and
/// never told. Where all channels were gone before they could be asked (a telephone that is not to be disturbed refuses at
/// once), what was last said of the number counts, and of one that never was withheld what the events say.
struct AMIScreening {
  /// How long an answer is waited for [ms].
  static let patience: Int64 = 1_000
  /// How many callers of calls are remembered, and how many events or questions wait before nobody is asked about.
  private static let memory = 256
  private static let limit = 64
  /// After so many questions without any answer, no more are asked.
  private static let patientTries = 3

  /// A number that somebody calls with, in a call in Asterisk's sense: however often it rings, he is the same.
  struct Subject: Hashable {
    let call: Substring
    let number: String

    init(call: String, number: String) {
      // The second episode of a call is `…/2`.
      (self.call, self.number) = (call.prefix { $0 != "/" }, number)
    }
  }

  /// A question that was not answered yet.
  private struct Question {
    let subject: Subject
    let due: Moment
  }

  /// What has not been told yet, in the order in which it is.
  private var queue: [CallEvent] = []
  /// By the action that asks.
  private var questions: [String: Question] = [:]
  /// Those of whom a channel has told while another one is asked.
  private var answered: Set<Subject> = []
  /// Those who were asked about, oldest first, and those who wish not to be known.
  private var asked: [Subject] = []
  private var hidden: Set<Subject> = []
  /// Questions of this connection that were not answered in time.
  private var unanswered = 0
  /// Whether the manager answers; nil: that is not known yet.
  private(set) var mayAsk: Bool?

  /// Until when the next answer is waited for; nil: none is.
  var due: Moment? { questions.values.lazy.map(\.due).min() }
  /// How many events wait.
  var held: Int { queue.count }

  /// The connection is new.
  mutating func begin() { (mayAsk, unanswered) = (nil, 0) }

  /// Whether it has to be asked about whoever calls by this event.
  func isOpen(_ event: CallEvent) -> Bool {
    guard event.direction != .outgoing, event.kind == .ring || event.kind == .answer else {
      return false
    }
    return Self.subject(event).map(isOpen) ?? false
  }

  /// Whether it has to be asked about this caller.
  func isOpen(_ subject: Subject) -> Bool {
    mayAsk != false && questions.count < Self.limit && queue.count < Self.limit
      && !asked.contains(subject)
  }

  /// The actions ask about whoever calls by this event.
  mutating func ask(about event: CallEvent, by actions: [String], at now: Moment) {
    if let subject = Self.subject(event) { ask(about: subject, by: actions, at: now) }
  }

  /// The actions ask about this caller.
  mutating func ask(about subject: Subject, by actions: [String], at now: Moment) {
    if asked.count >= Self.memory { hidden.remove(asked.removeFirst()) }
    asked.append(subject)
    for action in actions {
      questions[action] = Question(subject: subject, due: now + Self.patience)
    }
  }

  /// The event is to be told, once its caller was answered about, and all that came before is told.
  mutating func add(_ event: CallEvent) {
    if queue.count >= Self.memory { giveUp() }
    queue.append(event)
  }

  /// Takes an answer in; whether it was one to a question of this. `isHidden` is nil when the channel has gone.
  mutating func answer(_ action: String, isHidden: Bool?) -> Bool {
    guard let question = questions.removeValue(forKey: action) else { return false }
    let subject = question.subject
    if isHidden != nil { answered.insert(subject) }
    let isOpen = questions.values.contains { $0.subject == subject }
    let isUnknown = !isOpen && answered.remove(subject) == nil
    if isHidden == true || isUnknown && wasHidden(subject) { hidden.insert(subject) }
    return true
  }

  /// Whether this number was withheld when it was last asked about it.
  private func wasHidden(_ subject: Subject) -> Bool {
    asked.last { $0.number == subject.number && $0 != subject }.map(hidden.contains) ?? false
  }

  /// The manager does not answer such questions, or does.
  mutating func note(mayAsk: Bool) {
    self.mayAsk = mayAsk
    if !mayAsk { giveUp() }
  }

  /// Answers that have not come by now are not waited for.
  mutating func expire(at now: Moment) {
    let late = questions.filter { $0.value.due <= now }.keys
    for action in late {
      if let subject = questions.removeValue(forKey: action)?.subject { answered.remove(subject) }
    }
    unanswered += late.count
    // Something that never answers is not asked for ever.
    if mayAsk == nil, unanswered >= Self.patientTries { note(mayAsk: false) }
  }

  /// No answer will come any more.
  mutating func giveUp() { (questions, answered) = ([:], []) }

  /// What can be told now, as it may be told.
  mutating func drain() -> [CallEvent] {
    let ready = queue.prefix { event in
      guard let subject = Self.subject(event) else { return true }
      return !questions.values.contains { $0.subject == subject }
    }
    queue.removeFirst(ready.count)
    return ready.map(told)
  }

  private func told(_ event: CallEvent) -> CallEvent {
    guard let subject = Self.subject(event), hidden.contains(subject) else { return event }
    var event = event
    event.caller = Caller(identity: .withheld)
    return event
  }

  private static func subject(_ event: CallEvent) -> Subject? {
    guard let call = event.callID, let number = event.caller.number?.key else { return nil }
    return Subject(call: call, number: number)
  }

  /// Whether a value of Asterisk's means that the number is not to be shown: `prohib`, `prohib_passed_screen`.
  static func isHidden(_ value: UnsafeRawBufferPointer) -> Bool { value.begins("prohib") }
}
