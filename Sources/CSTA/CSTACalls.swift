package import PhoneNumbers
package import Telephony

/// What a switch's events say of calls at the operator's device: a fold without I/O.
///
/// - What an event means to the operator is in the state of his own connection (`localConnectionInfo`); a switch that
///   leaves it out is understood by the devices.
/// - A call is known by its `callID`, which a transfer or a conference changes.
/// - Who comes on the line after another one is a new call; who comes while it rings is the one who calls.
/// - Of a ring that ends, a cause that says so, or a colleague's answer before it, tells that it was taken elsewhere;
///   everything else that was not answered was missed.
/// - Where the operator calls a code (`*8`), who answers says what for.
package struct CSTACalls {
  /// How many calls are followed at once, and how many calls to be made are remembered; a device has a few.
  static let limit = 64

  let source: SourceID
  var station: CSTAStation
  /// Oldest first.
  var calls: [CSTACall] = []
  /// The numbers that the switch was asked to call, by what it calls the calls.
  var made: [String: String] = [:]
  /// How many events came.
  private(set) var heard = 0
  /// How many calls were begun.
  var begun = 0
  var news: [CallEvent] = []

  /// No call yet of this device; `name` is the operator's extension, if it has another name.
  package init(source: SourceID, device: String, name: String = "", plan: NumberPlan) {
    self.source = source
    station = CSTAStation(device: device, name: name, plan: plan)
  }

  /// Takes an event in; what is new at the device.
  package mutating func apply(_ event: CSTAEvent, at now: Moment) -> [CallEvent] {
    heard = min(heard + 1, .max - 1)
    for call in [event.call, event.secondCall].compactMap({ $0 }) {
      if let place = place(call) { calls[place].isSuspect = false }
    }
    switch event.kind {
    case .serviceInitiated, .held, .queued: break
    case .originated, .networkReached: dial(event, now)
    case .delivered: deliver(event, now)
    case .established, .retrieved: establish(event, now)
    case .diverted, .connectionCleared: leave(event, now)
    case .failed: fail(event, now)
    case .callCleared: finish(event.call, event.cause, now)
    case .transferred: transfer(event, now)
    case .conferenced: confer(event, now)
    }
    return drainNews()
  }

  /// The call of this name, as the switch names it and the device in it; nil: it has ended.
  func connection(of name: String) -> (call: String, device: String)? {
    calls.first { $0.name == name }.map { ($0.call, $0.device) }
  }

  /// The operator ends it from here.
  mutating func refuse(_ name: String) {
    for place in calls.indices where calls[place].name == name { calls[place].isRefused = true }
  }

  /// The switch makes this call to the number.
  mutating func make(_ call: String, calling number: String) {
    if made.count >= Self.limit { made = [:] }
    made[call] = number
    guard let place = place(call), calls[place].caller.isWithheld else { return }
    calls[place].caller = station.caller(CSTADevice(number))
  }

  // MARK: - Calling

  /// Whether the event is about a call of the operator's own making.
  private func isOutgoing(_ event: CSTAEvent) -> Bool {
    if let calling = event.calling, calling.isKnown || calling.isRestricted {
      return station.isOwn(calling)
    }
    if let place = place(event.call) { return calls[place].direction == .outgoing }
    if made[event.call] != nil { return true }
    guard event.kind == .established else {
      return ["initiated", "connected"].contains(event.local)
    }
    return event.subject.map { $0.isKnown && !station.isOwn($0) } ?? false
  }

  /// The operator's telephone calls, or what it calls rings.
  private mutating func dial(_ event: CSTAEvent, _ now: Moment) {
    guard isOutgoing(event) else { return }
    let place = place(event.call) ?? begin(event, .outgoing, .begun, now)
    guard calls[place].direction == .outgoing, calls[place].state == .begun else { return }
    if let target = target(event), CSTAStation.isNumber(target) {
      calls[place].caller = station.caller(target)
    }
    guard !calls[place].caller.isWithheld else { return }
    calls[place].state = .ringing
    report(.ring, place, now)
  }

  /// Whom the operator calls: who was dialled, else whom the switch was asked to call.
  func target(_ event: CSTAEvent) -> CSTADevice? {
    let called = event.called
    if let called, called.isKnown, !station.isOwn(called) { return called }
    return made[event.call].map { CSTADevice($0) } ?? called
  }

  // MARK: - Ringing and answering

  private mutating func deliver(_ event: CSTAEvent, _ now: Moment) {
    let ringsHere = event.local.map { $0 == "alerting" } ?? station.isOwn(event.subject)
    guard ringsHere else { return dial(event, now) }
    if isOutgoing(event) { return ringForItself(event, now) }
    guard let place = place(event.call) else {
      return report(.ring, begin(event, .incoming, .ringing, now), now)
    }
    // Another one of a group rings, too; or who calls is told only now.
    calls[place].device = ownDevice(event) ?? calls[place].device
    identify(place, event, now)
  }

  /// The switch rings the operator's telephone for a call that it was asked to make: no call yet.
  private mutating func ringForItself(_ event: CSTAEvent, _ now: Moment) {
    let place = place(event.call) ?? begin(event, .outgoing, .begun, now)
    guard calls[place].state == .begun, !calls[place].isOwnRing else { return }
    calls[place].isOwnRing = true
    calls[place].caller = station.caller(target(event))
    calls[place].device = ownDevice(event) ?? calls[place].device
    news.append(self.event(.dialled, calls[place], now))
  }

  /// Who calls is told while it rings, and was not before.
  private mutating func identify(_ place: Int, _ event: CSTAEvent, _ now: Moment) {
    guard calls[place].direction == .incoming, calls[place].state == .ringing,
      calls[place].caller.isWithheld
    else { return }
    let caller = station.caller(event.calling)
    guard !caller.isWithheld else { return }
    calls[place].caller = caller
    report(.ring, place, now, corrects: true)
  }

  /// Somebody is connected.
  private mutating func establish(_ event: CSTAEvent, _ now: Moment) {
    let isHere = event.local.map { $0 == "connected" } ?? isConnected(event)
    guard isHere else {
      // A colleague has taken it; how it ends here follows.
      if event.kind == .established, let place = place(event.call) { calls[place].isTaken = true }
      return
    }
    guard let place = place(event.call) else {
      guard event.kind == .established else { return }
      // Picked up for a colleague, or begun before anything was heard.
      let place = begin(event, isOutgoing(event) ? .outgoing : .incoming, .ringing, now)
      guard calls[place].direction == .incoming || !station.isOwn(event.subject) else {
        calls[place].state = .begun
        return
      }
      return answer(place, now)
    }
    calls[place].device = ownDevice(event) ?? calls[place].device
    guard calls[place].direction == .outgoing else {
      identify(place, event, now)
      return answer(place, now)
    }
    if station.isOwn(event.subject) {
      // His own telephone was picked up for it, or fetched somebody by a code.
      guard let caller = event.calling, caller.isKnown || caller.isRestricted,
        !station.isOwn(caller), event.kind == .established
      else { return }
      calls[place].direction = .incoming
      calls[place].caller = station.caller(caller)
      calls[place].state = .answered
      return report(.answer, place, now, corrects: calls[place].isTold)
    }
    if calls[place].caller.isWithheld {
      let target = target(event)
      calls[place].caller = station.caller(target?.isKnown == true ? target : event.subject)
    }
    answer(place, now)
  }

  private func isConnected(_ event: CSTAEvent) -> Bool {
    station.isOwn(event.subject) || isOutgoing(event)
  }

  mutating func answer(_ place: Int, _ now: Moment) {
    guard calls[place].state != .answered else { return }
    calls[place].state = .answered
    report(.answer, place, now)
  }

  // MARK: - Ends

  /// Somebody has left the call, or it was sent on.
  private mutating func leave(_ event: CSTAEvent, _ now: Moment) {
    let isOwn =
      event.local.map { $0 == "null" }
      ?? (station.isOwn(event.device) || station.isOwn(event.subject))
    if isOwn { finish(event.call, event.cause, now) }
  }

  private mutating func fail(_ event: CSTAEvent, _ now: Moment) {
    let isOwn = event.local.map { $0 == "fail" || $0 == "null" } ?? station.isOwn(event.subject)
    if let place = place(event.call) {
      let isUnheard = calls[place].direction == .outgoing && calls[place].state != .answered
      // Of a call with several, one may fail.
      if isOwn || isUnheard { finish(event.call, event.cause, now, hasFailed: true) }
    } else if isOwn, !isOutgoing(event) {
      // A telephone that is busy never rang.
      let place = begin(event, .incoming, .ringing, now)
      calls[place].isTold = true
      finish(event.call, event.cause, now)
    }
  }

  /// Causes of a ring that somebody else has taken.
  private static let pickups: Set<String> = ["callPickup", "multipleAlerting", "distributed"]
  /// Causes of a call that could not be brought about.
  private static let failures: Set<String> = [
    "busy", "trunksBusy", "doNotDisturb", "destNotObtainable", "destOutOfOrder",
    "networkCongestion", "networkNotObtainable", "networkOutOfOrder", "incompatibleDestination",
    "invalidNumberFormat", "numberUnallocated", "reorderTone", "resourcesNotAvailable", "blocked",
    "selectedTrunkBusy", "callNotAnswered", "noAvailableAgents",
  ]

  /// Ends a call for the operator.
  mutating func finish(
    _ call: String, _ cause: String?, _ now: Moment, hasFailed: Bool = false
  ) {
    guard let place = place(call) else { return }
    let entry = calls[place]
    let cause = cause ?? ""
    let reason: EndReason =
      if entry.state == .answered || !entry.isTold {
        .normal
      } else if entry.direction == .outgoing {
        hasFailed || Self.failures.contains(cause) ? .failed : .normal
      } else if entry.isRefused {
        .rejected
      } else {
        entry.isTaken || Self.pickups.contains(cause) ? .elsewhere : .missed
      }
    end(place, .end(reason), now)
  }

  func place(_ call: String) -> Int? { calls.firstIndex { $0.call == call } }

  mutating func drainNews() -> [CallEvent] {
    defer { news = [] }
    return news
  }
}
