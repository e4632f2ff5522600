/// What an event changed, for whoever shows calls.
public enum CallChange: Hashable, Sendable {
  /// First news of a call, which may be its answer.
  case began(Call.ID)
  /// First news of a call, in a word that nobody knows.
  case mentioned(Call.ID)
  /// More is known: the number (to be looked up now), a name, a direction.
  case identified(Call.ID)
  /// A call that is known already rings for the first time, or again, or its record is asked for.
  case requested(Call.ID)
  /// This line took a call that had been ringing.
  case answered(Call.ID)
  /// It is over, or more is known of how it ended.
  case ended(Call.ID)
}

/// The calls of a station: a fold over events that is harmless when they are repeated, out of order,
/// or told by two sources (R4, R5, R5a).
///
/// - Same source, same call id: the same call, whatever the order of the news. Only a ring long after the call was over,
///   or of somebody else, is another call: some software counts its calls from 1 again. A call that nobody has answered may
///   ring again. The telephone system's own name for a call, which several sources may know, counts as an id.
/// - Without an id: the same number at the same station is the same call while it lives, if its
///   rings are at most 10 s apart. An answer or an end belongs to the newest call that it fits.
/// - Two sources are merged when their rings are at most 5 s apart; of several calls of one caller in their order.
public struct CallList: Sendable {
  /// The longest gap between two rings of one source that are one call, and between two reports of
  /// one answer or one end [ms].
  static let repeatWindow: Int64 = 10_000
  /// The longest gap between two sources' rings of one call [ms].
  static let mergeWindow: Int64 = 5_000
  /// The longest gap between two sources' reports of an answer, where one cannot tell whose it is [ms].
  static let untoldWindow: Int64 = 2_000
  /// How long after a call was over news of it may still be on the way [ms].
  static let lateWindow: Int64 = 600_000
  /// How long an answered call lives without a report [ms].
  public static let answeredLifetime: Int64 = 4 * 3600 * 1000
  /// How many calls are remembered, so that late news finds its call; at times twice as many.
  public static let memory = 2_000

  /// How long a telephone may be out of reach before its calls count as lost [ms]: a program that dials through it takes
  /// its connection for a second or two.
  static let outageWindow: Int64 = 15_000

  private var calls = CallMemory()
  /// The sources that are out of reach, and since when.
  private var outages: [SourceID: Moment] = [:]
  private var ownRings = OwnRings()
  /// The call that the latest event was about; nil when it was about none.
  public private(set) var latest: Call.ID?

  /// No call yet.
  public init() {}

  /// The call, while it is remembered.
  public subscript(id: Call.ID) -> Call? { calls[id] }

  /// The calls going on, oldest first.
  public var live: [Call] { calls.liveIDs.compactMap { calls[$0] } }

  /// Whether any call is going on.
  public var hasLive: Bool { !calls.liveIDs.isEmpty }

  /// Whether the station is on a call other than `id`: an answered one, or one that it made.
  public func isBusy(station: String?, except id: Call.ID? = nil) -> Bool {
    calls.engaged.contains { $0 != id && calls[$0]?.mayBe(at: station) == true }
  }

  /// Takes one event in and says what it changed; nothing for old news. `known` is the call that it is about, where the
  /// journal says so and it need not be found.
  public mutating func apply(_ event: CallEvent, about known: Call.ID? = nil) -> [CallChange] {
    if event.kind == .dialled { return expect(event) }
    ownRings.note(event)
    if isEcho(event) {
      latest = nil
      return []
    }
    var event = event
    let maker = maker(of: event)
    if maker != nil { event.direction = .outgoing }
    let told = known.flatMap { calls[$0] }
    guard var call = maker.flatMap(made) ?? told ?? target(of: event) else {
      latest = nil
      if event.kind == .vanish || event.dialsService { return [] }
      let changes = begin(event)
      if let maker, let id = latest { setMaker(maker, of: id) }
      return changes
    }
    latest = call.id
    if let maker { call.setMaker(maker) }
    if call.isLeft || told != nil, event.callID != call.callIDs[event.source] {
      calls.rename(&call, by: event.source)
    }
    let changes = call.apply(event)
    store(call, event)
    return changes
  }

  /// Ends what nobody told of for too long (R5a), and what nobody can tell of any more; returns those calls.
  public mutating func expire(at now: Moment, ringTimeout: Int) -> [Call.ID] {
    var over = live.filter { $0.expiry(ringTimeout: ringTimeout) <= now }
    silence(over, at: now)
    for var call in live where isOutOfReach(call, at: now) {
      call.lose(at: now)
      calls.store(call)
      over.append(call)
    }
    return over.map(\.id)
  }

  /// Notes since when the source is out of reach, nil: it is within reach; returns the calls that were lost with it and go
  /// on.
  ///
  /// A source that comes back tells what has ended meanwhile before this, or right after it.
  public mutating func setOutage(_ source: SourceID, since: Moment?, at now: Moment) -> [Call.ID] {
    outages[source] = since.map { min($0, outages[source] ?? $0) }
    guard since == nil else { return [] }
    var found: [Call.ID] = []
    for var call in calls.lost where call.isKnown(to: source) {
      call.recover(at: now)
      calls.store(call)
      found.append(call.id)
    }
    return found
  }

  private func isOutOfReach(_ call: Call, at now: Moment) -> Bool {
    loss(of: call).map { $0 <= now } ?? false
  }

  /// When the call counts as lost with those that told of it; nil while one of them is within reach that has more to tell.
  private func loss(of call: Call) -> Moment? {
    guard !outages.isEmpty else { return nil }
    let all = call.tellers.subtracting(call.ends.keys).map { outages[$0] }
    guard !all.contains(nil) else { return nil }
    return all.compactMap(\.self).max().map { $0 + Self.outageWindow }
  }

  /// When the first of the calls going on ends if nobody tells of it; nil without any.
  public func nextExpiry(ringTimeout: Int) -> Moment? {
    live.lazy.map { call in
      let expiry = call.expiry(ringTimeout: ringTimeout)
      return loss(of: call).map { min($0, expiry) } ?? expiry
    }.min()
  }

  /// Gives up the answered calls of which other sources than these told. These still tell of the ends that came while nobody
  /// listened; the others tell anew of what goes on, some under other ids.
  public mutating func giveUp(besides sources: Set<SourceID>) {
    for var call in live where !call.isTold(onlyBy: sources) {
      call.isLeft = true
      if call.state == .answered { call.silence(at: call.lastNews) }
      calls.store(call)
    }
  }

  // MARK: - Calls that a program makes

  /// The station is rung for a call of its own, as another source may have told already, or tells in a moment.
  private mutating func expect(_ event: CallEvent) -> [CallChange] {
    latest = nil
    let isEcho = made(by: event).map { $0.isOutgoing && $0.isLive } ?? false
    ownRings.expect(event, isEcho: isEcho)
    if isEcho { return [] }
    let ring = calls.recentLive().first { call in
      !call.isOutgoing && !call.isKnown(to: event.source)
        && call.mayBe(at: event.station) && abs(event.at - call.began) <= Self.untoldWindow
        && OwnRings.isSame(call.caller, event.caller)
    }
    guard let ring else { return [] }
    latest = ring.id
    setMaker(event, of: ring.id)
    return [.identified(ring.id)]
  }

  /// The call for which the station was rung so, if its source has told of it already.
  private func made(by maker: CallEvent) -> Call? {
    maker.callID.flatMap { calls.call($0, of: maker.source) }
  }

  /// The call of a program that the event reports as one that comes in.
  ///
  /// A telephone may show nobody for it, but only once: a further withheld caller is a real one, and so is one that the
  /// telephone system tells of, too.
  private func maker(of event: CallEvent) -> CallEvent? {
    guard let maker = ownRings.maker(of: event) else { return nil }
    if event.caller.number != nil || event.isNamed(as: maker) { return maker }
    let known = event.callID.flatMap { calls.call($0, of: event.source) }
    if let made = self.made(by: maker), made.isKnown(to: event.source), made.id != known?.id {
      return nil
    }
    return isAnothers(event, besides: maker.source) ? nil : maker
  }

  /// Whether the event tells of an echo; see ``OwnRings``.
  private mutating func isEcho(_ event: CallEvent) -> Bool {
    guard ownRings.hasEchoes, !event.isRinging || !isAnothers(event, besides: nil) else {
      return false
    }
    return ownRings.isEcho(event)
  }

  /// Whether a withheld caller rings of whom another source has told, `teller` where one is named, and the event's own
  /// source not yet.
  private func isAnothers(_ event: CallEvent, besides teller: SourceID?) -> Bool {
    calls.recentLive().contains { call in
      call.state == .ringing && !call.isOutgoing && call.caller.number == nil
        && (teller.map(call.isKnown) ?? true) && !call.isKnown(to: event.source)
        && call.mayBe(at: event.station) && abs(event.at - call.began) <= Self.mergeWindow
    }
  }

  /// The call is the one that a program makes, by the name that its source has for it.
  private mutating func setMaker(_ maker: CallEvent, of id: Call.ID) {
    guard var call = calls[id] else { return }
    call.setMaker(maker)
    store(call, maker)
  }

  // MARK: - Which call an event is about

  private func target(of event: CallEvent) -> Call? {
    if let callID = event.callID, let call = calls.call(callID, of: event.source),
      !call.isOver(before: event)
    {
      return living(insteadOf: call, event) ?? call
    }
    let named = event.systemIDs?.sorted().compactMap { calls.call($0) } ?? []
    if let call = named.first(where: { !$0.isOver(before: event) }) { return call }
    if let call = answeredUntold(event) { return call }
    let recent = calls.recent(of: event.caller).filter { $0.fits(event) }
    return firstUntold(recent, event) ?? recent.first(where: \.isLive) ?? nameless(event)
      ?? callWithoutNumber(event) ?? recent.first
  }

  /// Nobody answers a call that is over: of several calls of one caller, the source means the one that goes on.
  private func living(insteadOf call: Call, _ event: CallEvent) -> Call? {
    guard event.kind == .answer, call.isReportedEnded, call.answered == nil else { return nil }
    return calls.recent(of: call.caller).first {
      $0.isLive && !$0.isKnown(to: event.source) && $0.mayBe(at: event.station)
    }
  }

  /// Of several calls of one caller that ring, each source tells in their order: it means the oldest that it has not told
  /// of yet.
  private func firstUntold(_ recent: [Call], _ event: CallEvent) -> Call? {
    guard event.isRinging else { return nil }
    return recent.last { $0.state == .ringing && !$0.isKnown(to: event.source) }
  }

  /// The call of which one source says who rings, and another cannot: the oldest that the event's has not told of. One that
  /// is told of without a name may have been answered since; beside one that was, a ring may be another.
  private func nameless(_ event: CallEvent) -> Call? {
    guard event.isRinging, event.isNameless || !event.caller.isWithheld else { return nil }
    return calls.recentLive().last { call in
      !call.isOutgoing && call.isNameless != event.isNameless
        && (call.isNameless || call.state == .ringing) && !call.isKnown(to: event.source)
        && call.agrees(with: event) && abs(event.at - call.began) <= Self.mergeWindow
    }
  }

  /// The call that a source means that cannot tell whose call was answered: the latest that another source says was, just
  /// now, or that this source knows only to have rung.
  private func answeredUntold(_ event: CallEvent) -> Call? {
    guard event.kind == .answer, event.caller.identity == .untold else { return nil }
    let known = calls.newest().filter { call in
      guard let answered = call.answered, call.answers[event.source] == nil else { return false }
      let isJustNow = abs(event.at - answered) <= Self.untoldWindow
      let isOver = call.ended.map { event.at - $0 > Self.untoldWindow } ?? false
      return call.mayBe(at: event.station) && !isOver
        && (isJustNow || call.rings[event.source] != nil)
    }
    return known.max { ($0.answered ?? $0.began) < ($1.answered ?? $1.began) }
  }

  /// A phone that reports an end or an answer without a number means its own call.
  private func callWithoutNumber(_ event: CallEvent) -> Call? {
    guard event.tellsNoNumber else { return nil }
    let own = calls.recentLive().filter {
      $0.isKnown(to: event.source) && $0.agrees(with: event)
    }
    let ringing = own.first { $0.state == .ringing }
    return event.kind == .answer ? ringing ?? own.first : own.first
  }

  // MARK: - Keeping calls

  private mutating func begin(_ event: CallEvent) -> [CallChange] {
    let replaced = calls.recent(of: event.caller).filter { $0.isReplaced(by: event) }
    silence(replaced, at: event.at)
    let call = Call(id: calls.claimID(), event: event)
    latest = call.id
    store(call, event)
    let forgotten = calls.forget(keeping: Self.memory)
    silence(forgotten, at: event.at)
    return (replaced + forgotten).map { .ended($0.id) } + firstNews(call, event)
  }

  /// What the first event of a call is news of. An end that nothing came before is none unless it
  /// says how the call ended: the call was over before the window started, or its ring is still on
  /// the way. One that a program made, and for which the station was rung in vain, is one.
  private func firstNews(_ call: Call, _ event: CallEvent) -> [CallChange] {
    switch event.kind {
    case .end(.normal): ownRings.hasExpected(event) ? [.ended(call.id)] : []
    // A source that gives the direction has not just left the number out at the end: the caller is withheld.
    case .end: event.tellsNoNumber && event.direction == nil ? [] : [.ended(call.id)]
    case .other: [.mentioned(call.id)]
    case .ring, .request, .answer, .vanish:
      event.isDemand ? [.began(call.id), .requested(call.id)] : [.began(call.id)]
    }
  }

  private mutating func store(_ call: Call, _ event: CallEvent) {
    var call = call
    if let callID = event.callID, call.callIDs[event.source] == nil {
      call.callIDs[event.source] = callID
      calls.name(call.id, callID, by: event.source)
    }
    for name in event.systemIDs ?? [] where call.systemIDs.insert(name).inserted {
      calls.name(call.id, name)
    }
    calls.store(call)
  }

  private mutating func silence(_ over: [Call], at now: Moment) {
    for var call in over {
      call.silence(at: now)
      calls.store(call)
    }
  }
}
