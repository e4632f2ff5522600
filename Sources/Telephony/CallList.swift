/// What an event changed, for whoever shows calls.
public enum CallChange: Hashable, Sendable {
  /// First news of a call, which may be its answer.
  case began(Call.ID)
  /// First news of a call, in a word that nobody knows.
  case mentioned(Call.ID)
  /// More is known: the number (to be looked up now), a name, a direction.
  case identified(Call.ID)
  /// The telephony side asks for the record.
  case requested(Call.ID)
  /// This line took a call that had been ringing.
  case answered(Call.ID)
  /// It is over, or more is known of how it ended.
  case ended(Call.ID)
}

/// The calls of a station: a fold over events that is harmless when they are repeated, out of order,
/// or told by two sources (R4, R5, R5a).
///
/// - Same source, same call id: the same call, whatever the order of the news.
/// - Without an id: the same number at the same station is the same call while it lives, if its
///   rings are at most 10 s apart. An answer or an end belongs to the newest call that it fits.
/// - Two sources are merged when their rings are at most 5 s apart.
public struct CallList: Sendable {
  /// The longest gap between two rings of one source that are one call [ms].
  public static let repeatWindow: Int64 = 10_000
  /// The longest gap between two sources' rings of one call [ms].
  public static let mergeWindow: Int64 = 5_000
  /// How long an answered call lives without a report [ms].
  public static let answeredLifetime: Int64 = 4 * 3600 * 1000
  /// How many calls are remembered, so that late news finds its call.
  public static let memory = 2_000

  private struct SourceCallID: Hashable {
    var source: SourceID
    var callID: String
  }

  private var byID: [Call.ID: Call] = [:]
  private var order: [Call.ID] = []
  private var bySource: [SourceCallID: Call.ID] = [:]
  /// Calls whose end nobody reported, newest last.
  private var open: [Caller.Identity: [Call.ID]] = [:]
  /// Live calls that occupy the station.
  private var engaged: Set<Call.ID> = []
  private var nextSerial = 1

  /// No call yet.
  public init() {}

  /// The call, while it is remembered.
  public subscript(id: Call.ID) -> Call? { byID[id] }

  /// The calls going on, oldest first.
  public var live: [Call] {
    open.values.joined().compactMap { byID[$0] }.filter(\.isLive).sorted { $0.id < $1.id }
  }

  /// Whether any call is going on.
  public var hasLive: Bool { open.values.joined().contains { byID[$0]?.isLive == true } }

  /// Whether the station is on a call other than `id`: an answered one, or one that it made.
  public func isBusy(station: String?, except id: Call.ID) -> Bool {
    engaged.contains { $0 != id && byID[$0]?.mayBe(at: station) == true }
  }

  /// Takes one event in and says what it changed; nothing for old news.
  public mutating func apply(_ event: CallEvent) -> [CallChange] {
    if let id = target(of: event), var call = byID[id] {
      let changes = call.take(event)
      store(call, event)
      return changes
    }
    switch event.kind {
    case .vanish: return []
    case .ring, .request, .other, .answer: return begin(event)
    case .end(let reason): return beginEnded(event, reason)
    }
  }

  /// Ends what nobody told of for too long (R5a); returns those calls.
  public mutating func expire(at now: Moment, ringTimeout: Int) -> [Call.ID] {
    let over = live.filter { call in
      let patience = call.state == .answered ? Self.answeredLifetime : Int64(ringTimeout) * 1000
      return now - call.lastNews >= patience
    }
    for call in over { silence(call.id, at: now) }
    return over.map(\.id)
  }

  // MARK: - Which call an event is about

  private func target(of event: CallEvent) -> Call.ID? {
    if let callID = event.callID,
      let id = bySource[SourceCallID(source: event.source, callID: callID)]
    {
      return id
    }
    let same = (open[event.caller.identity] ?? []).last { byID[$0]?.fits(event) == true }
    if same != nil || !event.tellsNoNumber { return same }
    // A phone that reports an end or an answer without a number means its own call.
    return open.values.joined().filter {
      byID[$0].map { $0.isLive && $0.rings[event.source] != nil && $0.fits(event) } == true
    }.max()
  }

  private mutating func begin(_ event: CallEvent) -> [CallChange] {
    let superseded = (open[event.caller.identity] ?? []).filter {
      byID[$0].map { $0.state == .ringing && $0.isReplaced(by: event) } == true
    }
    for id in superseded { silence(id, at: event.at) }
    let answered = event.kind == .answer
    var call = Call(id: claimID(), event: event, state: answered ? .answered : .ringing)
    if answered { call.answered = event.at } else { call.rings[event.source] = event.at }
    store(call, event)
    let first: CallChange = event.isOther ? .mentioned(call.id) : .began(call.id)
    return superseded.map { .ended($0) } + [first] + (event.isDemand ? [.requested(call.id)] : [])
  }

  /// An end that nothing came before: news only if it says how the call ended; otherwise the
  /// call was over before the window started, or its ring is still on the way.
  private mutating func beginEnded(_ event: CallEvent, _ reason: EndReason) -> [CallChange] {
    var call = Call(id: claimID(), event: event, state: .ended(reason))
    call.ended = event.at
    store(call, event)
    return reason == .normal || event.tellsNoNumber ? [] : [.ended(call.id)]
  }

  // MARK: - Keeping the indexes

  private mutating func claimID() -> Call.ID {
    defer { nextSerial += 1 }
    return Call.ID(serial: nextSerial)
  }

  private mutating func silence(_ id: Call.ID, at now: Moment) {
    byID[id]?.state = .silent
    byID[id]?.ended = now
    engaged.remove(id)
  }

  private mutating func store(_ call: Call, _ event: CallEvent) {
    var call = call
    if let callID = event.callID, call.callIDs[event.source] == nil {
      call.callIDs[event.source] = callID
      bySource[SourceCallID(source: event.source, callID: callID)] = call.id
    }
    let before = byID.updateValue(call, forKey: call.id)
    if before == nil { order.append(call.id) }
    if call.isEngaged { engaged.insert(call.id) } else { engaged.remove(call.id) }
    if let before, before.caller.identity != call.caller.identity || call.isReportedEnded {
      close(before)
    }
    if !call.isReportedEnded, open[call.caller.identity]?.contains(call.id) != true {
      open[call.caller.identity, default: []].append(call.id)
    }
    if order.count > Self.memory * 2 { forgetOldest() }
  }

  private mutating func close(_ call: Call) {
    open[call.caller.identity]?.removeAll { $0 == call.id }
    if open[call.caller.identity]?.isEmpty == true { open[call.caller.identity] = nil }
  }

  private mutating func forgetOldest() {
    let keep = Set(order.suffix(Self.memory))
    for id in order where !keep.contains(id) {
      guard let call = byID[id], !call.isLive else { continue }
      close(call)
      byID[id] = nil
      for (source, callID) in call.callIDs {
        bySource[SourceCallID(source: source, callID: callID)] = nil
      }
    }
    order.removeAll { byID[$0] == nil }
  }
}
