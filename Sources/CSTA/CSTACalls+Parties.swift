import PhoneNumbers
import Telephony

/// Who is in the operator's calls, from the beginning of one to its end.
extension CSTACalls {
  // MARK: - Transfers and conferences

  /// The calls of the operator's that become one, the first one first.
  private func places(_ event: CSTAEvent) -> [Int] {
    [event.call, event.secondCall].compactMap { $0.flatMap { place($0) } }
  }

  /// Two calls became one, without who brought them together.
  mutating func transfer(_ event: CSTAEvent, _ now: Moment) {
    guard let kept = join(event, now) else { return }
    let others = event.parties.map(\.device)
      .filter { ($0.isKnown || $0.isRestricted) && !station.isOwn($0) }
    let target = event.target.flatMap { station.isOwn($0) ? nil : $0 }
    guard let party = others.count == 1 ? others[0] : target else { return }
    meet(kept, party, now)
  }

  /// Two calls became one, with everybody in them.
  mutating func confer(_ event: CSTAEvent, _ now: Moment) { _ = join(event, now) }

  /// Takes the calls for one from now on, where the operator is in it; its place.
  private mutating func join(_ event: CSTAEvent, _ now: Moment) -> Int? {
    let names = places(event).map { calls[$0].call }
    guard let first = names.first else { return nil }
    let hasLeft =
      event.local.map { $0 == "null" }
      ?? (event.kind == .transferred && station.isOwn(event.subject))
    for name in hasLeft ? names[...] : names.dropFirst() { finish(name, event.cause, now) }
    guard let place = place(first) else { return nil }
    let party = event.parties.first { $0.old == first } ?? event.parties.first
    if let new = party?.new, self.place(new) == nil { calls[place].call = new }
    return place
  }

  /// Another party than before is at the other end.
  private mutating func meet(_ place: Int, _ device: CSTADevice, _ now: Moment) {
    let caller = station.caller(device)
    guard caller.identity != calls[place].caller.identity, !caller.isWithheld || device.isRestricted
    else { return }
    guard calls[place].state == .answered else {
      calls[place].caller = caller
      return report(.ring, place, now, corrects: calls[place].isTold)
    }
    var next = calls[place]
    end(place, .end(.normal), now)
    next = CSTACall(
      name: unusedName(next.call, now), call: next.call, direction: next.direction, caller: caller,
      state: .answered, device: next.device, began: now, told: now)
    report(.answer, add(next, now), now)
  }

  // MARK: - Beginning and ending

  /// Begins a call, of which nobody is told yet; its place.
  mutating func begin(
    _ event: CSTAEvent, _ direction: Direction, _ state: CSTACall.State, _ now: Moment
  ) -> Int {
    let isIncoming = direction == .incoming
    let target = isIncoming ? event.calling : target(event)
    let isCode = !isIncoming && !(target.map(CSTAStation.isNumber) ?? false)
    let caller = station.caller(isCode ? nil : target)
    var call = CSTACall(
      name: unusedName(event.call, now), call: event.call, direction: direction, caller: caller,
      state: state, device: ownDevice(event) ?? station.device, began: now, told: now)
    if isIncoming { call.called = station.called(event.called, from: caller) }
    return add(call, now)
  }

  /// Follows a call from now on; its place.
  mutating func add(_ call: CSTACall, _ now: Moment) -> Int {
    if calls.count >= Self.limit { end(0, .end(.lost), now) }
    calls.append(call)
    return calls.count - 1
  }

  /// Ends a call so.
  mutating func end(_ place: Int, _ kind: CallEvent.Kind, _ now: Moment) {
    let call = calls.remove(at: place)
    made[call.call] = nil
    if call.isTold || call.isOwnRing { news.append(event(kind, call, now)) }
  }

  /// A switch counts its calls, and begins anew some day.
  mutating func unusedName(_ call: String, _ now: Moment) -> String {
    begun = min(begun + 1, .max - 1)
    return "\(call.prefix(128))-\(now.milliseconds)-\(begun)"
  }

  /// The operator's device as the switch wrote it for this connection; nil: it is somebody else's.
  func ownDevice(_ event: CSTAEvent) -> String? {
    event.device.flatMap { station.isOwn($0) ? $0.raw : nil }
  }

  mutating func report(
    _ kind: CallEvent.Kind, _ place: Int, _ now: Moment, corrects: Bool = false
  ) {
    var news = event(kind, calls[place], now)
    news.corrects = corrects
    calls[place].isTold = true
    calls[place].told = now
    self.news.append(news)
  }

  func event(_ kind: CallEvent.Kind, _ call: CSTACall, _ now: Moment) -> CallEvent {
    CallEvent(
      source: source, kind: kind, at: now, callID: call.name, station: station.name,
      direction: call.direction, caller: call.caller, called: call.called)
  }
}
