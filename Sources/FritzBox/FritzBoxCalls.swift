package import PhoneNumbers
package import Telephony

/// What the lines of a call monitor say of calls: a fold without I/O.
///
/// - Nothing is told again after connecting: a call that began before is known from its answer on, by the number there.
/// - Whose telephones ring, nobody says. Who has the caller is said by the extension that was picked up: the
///   operator's, a colleague's, or an answering machine, with which the operator has missed the call.
/// - A call that rang before this run is known by nothing; its end is that of the one call that the window knows to ring.
/// - An end may be lost, with a damaged line or while there was no connection. It is noticed when the next call has the
///   number of the old one, or another party or length than the old one can have.
package struct FritzBoxCalls {
  /// How long a ring is told again, and how often [ms]: a window gives up one of which nothing is heard (R5a).
  private static let ringing: Int64 = 600_000
  static let reminder: Int64 = 60_000
  /// By how much the length of a call, and what was measured of it, may differ [ms].
  private static let tolerance: Int64 = 5_000

  private let source: SourceID
  private let station: FritzBoxStation
  /// The calls that go on, by what the monitor calls them.
  private var calls: [Int: FritzBoxCall] = [:]
  /// All that the monitor called calls in this run.
  private var heard: Set<Int> = []
  private var begun = 0
  private(set) var counts = FritzBoxCounts()
  private var news: [CallEvent] = []

  /// No call yet.
  package init(
    source: SourceID, monitor: FritzBoxMonitor, station: String?, plan: NumberPlan
  ) {
    self.source = source
    self.station = FritzBoxStation(monitor, name: station, plan: plan)
  }

  /// Follows what a line says; what is new at the station.
  package mutating func follow(_ line: FritzBoxLine, at now: Moment) -> [CallEvent] {
    let isFirst = heard.insert(line.id).inserted
    switch line.news {
    case .ring, .dial:
      // The same line twice is the same news.
      if calls[line.id]?.beginning == line { break }
      lose(line.id, now)
      begin(line, now)
    case .connect(let number, let other): connect(line, number, other, now)
    case .disconnect(let seconds) where isFirst: endUnknown(seconds, now)
    case .disconnect(let seconds): end(line.id, seconds, now)
    }
    defer { news = [] }
    return news
  }

  // MARK: - Beginnings

  private mutating func begin(_ line: FritzBoxLine, _ now: Moment) {
    switch line.news {
    case .ring(let caller, let called, let name):
      counts.rings += 1
      counts.localNumbers += station.lacksAreaCode(caller) ? 1 : 0
      let isFollowed = station.isFollowed(called, line: name)
      note(called, isFollowed)
      start(
        line, .incoming, station.caller(caller), called: station.called(called), name,
        isFollowed ? .ringing : .foreign, now)
    case .dial(let number, let own, let dialled, let name):
      let isFollowed = station.isFollowed(own, line: name)
      note(own, isFollowed)
      // Of a telephone that is named, every call is the operator's.
      let isOwn = station.isOwn(number) && (isFollowed || !station.hasAllExtensions)
      start(
        line, .outgoing, station.caller(dialled), called: nil, name,
        isOwn ? .ringing : .foreign, now)
    case .connect, .disconnect: break
    }
    report(.ring, line.id, now)
  }

  private mutating func start(
    _ line: FritzBoxLine, _ direction: Direction?, _ caller: Caller, called: String?,
    _ name: String, _ state: FritzBoxCall.State, _ now: Moment
  ) {
    begun += 1
    // The moment makes names of different runs different ones, the date those of different days of the machine.
    let digits = line.date.filter { ("0"..."9").contains($0) }
    calls[line.id] = FritzBoxCall(
      callID: "\(digits)-\(now.milliseconds)-\(begun)", beginning: line, direction: direction,
      caller: caller, called: called, line: name.isEmpty ? nil : name, state: state, began: now,
      told: now)
  }

  private mutating func note(_ own: String, _ isFollowed: Bool) {
    counts.followed += isFollowed ? 1 : 0
    if !isFollowed { counts.otherNumber = own }
  }

  // MARK: - Who has the caller

  private mutating func connect(
    _ line: FritzBoxLine, _ number: Int?, _ other: String, _ now: Moment
  ) {
    if let call = calls[line.id], !call.isAbout(station.caller(other)) { lose(line.id, now) }
    if calls[line.id] == nil {
      // It began before the connection, or its first line was damaged.
      let direction: Direction? = FritzBoxStation.isMachine(number) ? .incoming : nil
      let isFollowed = station.isOwn(number) || direction == .incoming
      start(
        line, direction, station.caller(other), called: nil, "", isFollowed ? .ringing : .foreign,
        now)
    }
    guard let call = calls[line.id] else { return }
    calls[line.id]?.isSuspect = false
    if call.direction != .outgoing { counts.note(answeredAt: number, isOwn: station.isOwn(number)) }
    guard station.isOwn(number) else { return giveAway(line, number, now) }
    switch call.state {
    case .ringing, .recorded: answer(line.id, now)
    case .foreign where station.hasAllExtensions: break
    case .foreign, .gone:
      // Somebody else had the caller, and has given him on; or it was picked up on another number.
      if call.state == .gone {
        start(
          line, call.direction, call.caller, called: call.called, call.line ?? "", .ringing, now)
      }
      answer(line.id, now)
    case .answered: break
    }
  }

  private mutating func answer(_ id: Int, _ now: Moment) {
    calls[id]?.state = .answered(since: now)
    report(.answer, id, now)
  }

  /// Another telephone than the operator's has the other end now.
  private mutating func giveAway(_ line: FritzBoxLine, _ number: Int?, _ now: Moment) {
    guard let call = calls[line.id] else { return }
    switch call.state {
    case .ringing where call.direction == .outgoing: answer(line.id, now)
    case .ringing where FritzBoxStation.isMachine(number):
      finish(line.id, .missed, now)
      calls[line.id]?.state = .recorded
    case .recorded where FritzBoxStation.isMachine(number): break
    case .ringing, .recorded: finish(line.id, .elsewhere, now)
    case .answered where call.direction != .outgoing: finish(line.id, .normal, now)
    case .answered, .foreign, .gone: break
    }
  }

  /// Tells the end of a call that goes on at the box.
  private mutating func finish(_ id: Int, _ reason: EndReason, _ now: Moment) {
    report(.end(reason), id, now)
    calls[id]?.state = .gone
  }

  // MARK: - Ends

  private mutating func end(_ id: Int, _ seconds: Int, _ now: Moment) {
    guard let call = calls[id] else { return }
    let length = Int64(clamping: seconds) * 1_000
    switch call.state {
    case .ringing where seconds == 0:
      report(.end(call.direction == .outgoing ? .normal : .missed), id, now)
    case .ringing: endUnheard(id, since: now - length, now)
    case .answered(let since):
      // What has another length is another call, of which nothing was heard.
      let isSame = !call.isSuspect || abs(now - since - length) <= Self.tolerance
      report(.end(isSame ? .normal : .lost), id, now)
    case .foreign, .gone, .recorded: break
    }
    calls[id] = nil
  }

  /// A call is over that began before this run. Who it was the window knows, if he rang and nobody else rings.
  private mutating func endUnknown(_ seconds: Int, _ now: Moment) {
    let isOnly = calls.values.allSatisfy { [.foreign, .gone, .recorded].contains($0.state) }
    guard seconds == 0, isOnly else { return }
    counts.events += 1
    news.append(
      CallEvent(
        source: source, kind: .end(.missed), at: now, station: station.name,
        caller: Caller(identity: .withheld)))
  }

  /// A call was answered, and nobody heard where.
  private mutating func endUnheard(_ id: Int, since: Moment, _ now: Moment) {
    guard let call = calls[id], since + Self.tolerance >= call.began else { return lose(id, now) }
    if call.direction == .outgoing || station.hasAllExtensions {
      report(.answer, id, max(since, call.began))
      report(.end(.normal), id, now)
    } else {
      report(.end(.elsewhere), id, now)
    }
  }

  /// The call has gone, and nobody told how.
  private mutating func lose(_ id: Int, _ now: Moment) {
    guard let call = calls[id] else { return }
    switch call.state {
    case .ringing where call.direction == .incoming: report(.vanish, id, now)
    case .ringing, .answered: report(.end(.lost), id, now)
    case .foreign, .gone, .recorded: break
    }
    calls[id] = nil
  }

  /// Whether the operator's call of this name goes out.
  func isOutgoing(_ callID: String) -> Bool {
    calls.values.contains {
      $0.callID == callID && $0.direction == .outgoing && $0.state != .foreign
    }
  }

  // MARK: - Connections

  /// There is another connection: what was told while there was none is not known.
  mutating func suspect() { for id in calls.keys { calls[id]?.isSuspect = true } }

  /// There has been no connection for so long that nobody knows what became of the calls.
  mutating func giveUp(at now: Moment) -> [CallEvent] {
    for id in calls.keys.sorted() { lose(id, now) }
    defer { news = [] }
    return news
  }

  /// When a ring is to be told again; nil: none goes on.
  var nextReminder: Moment? {
    calls.values.filter(Self.isReminded).map { $0.told + Self.reminder }.min()
  }

  /// The rings that go on, told again.
  mutating func remind(at now: Moment) -> [CallEvent] {
    for id in calls.keys.sorted() {
      guard let call = calls[id], Self.isReminded(call), now >= call.told + Self.reminder else {
        continue
      }
      report(.ring, id, now)
    }
    defer { news = [] }
    return news
  }

  private static func isReminded(_ call: FritzBoxCall) -> Bool {
    call.state == .ringing && call.direction == .incoming && !call.isSuspect
      && call.told - call.began < ringing
  }

  private mutating func report(_ kind: CallEvent.Kind, _ id: Int, _ now: Moment) {
    guard let call = calls[id], call.state != .foreign else { return }
    calls[id]?.told = now
    counts.events += 1
    news.append(
      CallEvent(
        source: source, kind: kind, at: now, callID: call.callID, station: station.name,
        direction: call.direction, caller: call.caller, called: call.called, line: call.line))
  }
}
