import PhoneNumbers
import Telephony

/// What a service says of a mobile's calls: a fold without I/O.
///
/// A call of which first the state is told, and then who calls, is told again with the number. KDE Connect tells of rings
/// alone, and of those that were missed: how the others went on, nobody says.
struct MobileCalls {
  private struct Call {
    let name: String
    let path: String
    var direction: Direction?
    var caller: Caller
    var isAnswered = false
    var isTold = false
    var isRefused = false
    var isSuspect = false
    let began: Moment
    var told: Moment
  }

  /// How many calls are followed at once.
  private static let limit = 32
  /// How often a ring is told again, and for how long [ms]: a window gives up one of which nothing is heard (R5a).
  private static let reminder: Int64 = 60_000
  private static let longestRing: Int64 = 600_000

  private let source: SourceID
  private let station: String?
  private let plan: NumberPlan
  /// Oldest first.
  private var calls: [Call] = []
  private var begun = 0
  private var news: [CallEvent] = []

  /// No call yet; calls are reported for the extension `station`.
  init(source: SourceID, station: String?, plan: NumberPlan) {
    (self.source, self.station, self.plan) = (source, station, plan)
  }

  /// The object of the call of this name; nil: it has ended.
  func path(of name: String) -> String? { calls.first { $0.name == name }?.path }

  /// Whether the object stands for a call that goes on.
  func knows(_ path: String) -> Bool { calls.contains { $0.path == path } }

  /// The operator ends it from here.
  mutating func refuse(_ name: String) {
    for place in calls.indices where calls[place].name == name { calls[place].isRefused = true }
  }

  /// Takes in what is said of a call; what is new.
  mutating func follow(_ facts: MobileFacts, at now: Moment) -> [CallEvent] {
    if let place = calls.firstIndex(where: { $0.path == facts.path }) {
      change(place, facts, now)
    } else if let state = facts.state, state != .ended {
      begin(facts, now)
    }
    defer { news = [] }
    return news
  }

  private mutating func begin(_ facts: MobileFacts, _ now: Moment) {
    if calls.count >= Self.limit { end(0, .end(.lost), now) }
    begun = min(begun + 1, .max - 1)
    let last = facts.path.split(separator: "/").last ?? ""
    calls.append(
      Call(
        name: "\(last.prefix(64))-\(now.milliseconds)-\(begun)", path: facts.path,
        direction: facts.direction, caller: caller(facts), began: now, told: now))
    let place = calls.count - 1
    calls[place].isAnswered = facts.state == .active
    report(calls[place].isAnswered ? .answer : .ring, place, now)
  }

  private mutating func change(_ place: Int, _ facts: MobileFacts, _ now: Moment) {
    calls[place].isSuspect = false
    let isRing = calls[place].direction == .incoming && !calls[place].isAnswered
    if facts.isLocalEnd == true, isRing { calls[place].isRefused = true }
    let caller = caller(facts)
    if !caller.isWithheld, calls[place].caller.isWithheld {
      calls[place].caller = caller
      report(calls[place].isAnswered ? .answer : .ring, place, now, corrects: true)
    }
    switch facts.state {
    case .active where !calls[place].isAnswered:
      calls[place].isAnswered = true
      report(.answer, place, now)
    case .ended: finish(place, now)
    default: break
    }
  }

  private func caller(_ facts: MobileFacts) -> Caller {
    let (number, name) = (facts.number ?? "", facts.name ?? "")
    guard number.isEmpty else { return plan.caller(number, name: name.isEmpty ? nil : name) }
    return plan.caller(name)
  }

  // MARK: - KDE Connect

  /// A mobile rings, or somebody gave up who had called it.
  mutating func hear(
    _ word: String, _ facts: MobileFacts, at now: Moment
  ) -> [CallEvent] {
    let place = calls.firstIndex { $0.path == facts.path }
    let isSame = place.map { calls[$0].caller.identity == caller(facts).identity } ?? false
    switch word {
    case "callReceived", "ringing":
      if let place, isSame {
        report(.ring, place, now)
      } else {
        // Of the other one, nobody says what became of it.
        if let place { end(place, .vanish, now) }
        begin(facts, now)
      }
    case "missedCall":
      if let place, isSame {
        end(place, .end(.missed), now)
      } else {
        begin(facts, now)
        news = []
        end(calls.count - 1, .end(.missed), now)
      }
    default: break
    }
    defer { news = [] }
    return news
  }

  // MARK: - Ends

  private mutating func finish(_ place: Int, _ now: Moment) {
    let call = calls[place]
    let reason: EndReason =
      call.isAnswered || call.direction == .outgoing
      ? .normal : call.isRefused ? .rejected : .missed
    end(place, .end(reason), now)
  }

  private mutating func end(_ place: Int, _ kind: CallEvent.Kind, _ now: Moment) {
    let call = calls.remove(at: place)
    if call.isTold { news.append(event(kind, call, now)) }
  }

  // MARK: - Lists

  /// All calls are going to be listed.
  mutating func suspect() { for place in calls.indices { calls[place].isSuspect = true } }

  /// All calls have been listed: nobody told how the others ended.
  mutating func settle(at now: Moment) -> [CallEvent] {
    for path in calls.filter(\.isSuspect).map(\.path) {
      guard let place = calls.firstIndex(where: { $0.path == path }) else { continue }
      let isRing = !calls[place].isAnswered && calls[place].direction != .outgoing
      end(place, isRing ? .vanish : .end(.lost), now)
    }
    defer { news = [] }
    return news
  }

  /// Nobody tells any more what becomes of the calls.
  mutating func giveUp(at now: Moment) -> [CallEvent] {
    suspect()
    return settle(at: now)
  }

  /// When a ring is to be told again; nil: none goes on.
  var nextReminder: Moment? { calls.filter(Self.isReminded).map { $0.told + Self.reminder }.min() }

  /// The rings that go on, told again.
  mutating func remind(at now: Moment) -> [CallEvent] {
    for place in calls.indices
    where Self.isReminded(calls[place]) && now >= calls[place].told + Self.reminder {
      report(.ring, place, now)
    }
    defer { news = [] }
    return news
  }

  private static func isReminded(_ call: Call) -> Bool {
    // Of an Android telephone's ring, nobody tells the end.
    !call.isAnswered && call.direction == .incoming && !call.isSuspect
      && !call.path.hasPrefix("/modules/") && call.told - call.began < longestRing
  }

  private mutating func report(
    _ kind: CallEvent.Kind, _ place: Int, _ now: Moment, corrects: Bool = false
  ) {
    var news = event(kind, calls[place], now)
    news.corrects = corrects
    calls[place].isTold = true
    calls[place].told = now
    self.news.append(news)
  }

  private func event(_ kind: CallEvent.Kind, _ call: Call, _ now: Moment) -> CallEvent {
    CallEvent(
      source: source, kind: kind, at: now, callID: call.name, station: station,
      direction: call.direction, caller: call.caller)
  }
}
