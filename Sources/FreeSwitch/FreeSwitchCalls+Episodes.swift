import PhoneNumbers
import Telephony

/// What goes on at the station's channels, from one other end to the next.
extension FreeSwitchCalls {
  func episode(_ callID: String?) -> Int? {
    callID.flatMap { callID in episodes.firstIndex { $0.callID == callID } }
  }

  // MARK: - Ringing and answering

  /// The telephone rings, or calls.
  mutating func ring(_ leg: Int, _ event: ChannelEvent, _ now: Moment) {
    guard !legs[leg].isUp else { return }
    guard legs[leg].role != .originated else { return ringsForItself(leg, event, now) }
    prepare(leg, event)
    guard let place = episode(legs[leg].episode), !episodes[place].isTold else { return }
    // What a code is for, its bridge says.
    guard legs[leg].role == .called || FreeSwitchStation.isNumber(legs[leg].dialled) else { return }
    report(place, now)
  }

  /// The telephone is rung for a program's call: no call yet, but other sources take it for one that comes in.
  private mutating func ringsForItself(_ leg: Int, _ event: ChannelEvent, _ now: Moment) {
    guard legs[leg].ownRing == nil else { return }
    let caller = station.caller(event)
    let other = legs.lazy.compactMap(\.ownRing).last { ring in
      ring.caller.identity == caller.identity && now - ring.at <= Self.ownRingPatience
    }
    // All its telephones are rung for one call.
    if let other {
      legs[leg].ownRing = other
      return
    }
    var ring = CallEvent(
      source: source, kind: .dialled, at: now, callID: legs[leg].id, station: extensionName,
      direction: .outgoing, caller: caller)
    ring.systemIDs = [legs[leg].id]
    legs[leg].ownRing = ring
    news.append(ring)
  }

  /// The station calls a group that it is in: other sources take the ring at its own telephone for a call that comes in.
  mutating func echoes(_ leg: Int, _ now: Moment) {
    guard legs[leg].role == .called, let caller = self.leg(legs[leg].peer),
      let place = episode(legs[caller].episode), episodes[place].direction == .outgoing
    else { return }
    var ring = event(.dialled, episodes[place], now)
    ring.systemIDs = [legs[leg].id]
    news.append(ring)
  }

  /// The telephone was picked up, or what it called has answered.
  mutating func goUp(_ leg: Int, _ event: ChannelEvent, _ now: Moment) {
    guard !legs[leg].isUp else { return }
    legs[leg].isUp = true
    if legs[leg].role != .called, !legs[leg].isConnected {
      legs[leg].askAt = now + Self.bridgePatience
    }
    guard legs[leg].role != .originated else { return callsNumber(leg, now) }
    prepare(leg, event)
    guard let place = episode(legs[leg].episode), !episodes[place].isAnswered else { return }
    guard legs[leg].role == .called || FreeSwitchStation.isNumber(legs[leg].dialled) else { return }
    episodes[place].isAnswered = true
    report(place, now)
  }

  /// Begins an episode at the channel if none goes on there.
  private mutating func prepare(_ leg: Int, _ event: ChannelEvent) {
    guard legs[leg].episode == nil else { return }
    switch legs[leg].role {
    case .called:
      guard !join(leg) else { return }
      start(leg, .incoming, station.caller(event), called: station.called(event))
    case .calling, .originated:
      start(leg, .outgoing, station.plan.caller(legs[leg].dialled), called: nil)
    }
  }

  /// Joins what rings at another telephone of the station for the same caller; whether it does.
  private mutating func join(_ leg: Int) -> Bool {
    let other = legs.indices.first { place in
      guard place != leg, let episode = episode(legs[place].episode) else { return false }
      // One's own second telephone is nobody else.
      if legs[place].id == legs[leg].peer { return true }
      return legs[place].role == .called && legs[place].call == legs[leg].call
        && (!episodes[episode].isAnswered || !legs[leg].isLate)
    }
    guard let other else { return false }
    legs[leg].episode = legs[other].episode
    return true
  }

  /// A telephone that was called for the station itself is picked up, and the number is known.
  mutating func callsNumber(_ leg: Int, _ now: Moment) {
    guard legs[leg].isUp, legs[leg].episode == nil, !legs[leg].dialled.isEmpty else { return }
    start(leg, .outgoing, station.plan.caller(legs[leg].dialled), called: nil)
    if let place = episode(legs[leg].episode) { report(place, now) }
  }

  // MARK: - Who is at the other end

  /// Two channels are connected.
  mutating func bridge(_ event: ChannelEvent, _ now: Moment) {
    var ends = (event[.bridgeA], event[.bridgeB])
    if ends.0.isEmpty || ends.1.isEmpty { ends = (event[.id], event[.other]) }
    for leg in [leg(ends.0), leg(ends.1)].compactMap({ $0 }) where legs[leg].asksForKey {
      goUp(leg, event, now)
    }
    switch (leg(ends.0), leg(ends.1)) {
    case (let leg?, nil): connect(leg, FreeSwitchParty(event, of: ends.1), now)
    case (nil, let leg?): connect(leg, FreeSwitchParty(event, of: ends.0), now)
    case (nil, nil):
      guard !event.isByLoopback else { return }
      endElsewhere([ends.0, ends.1, event[.call]], now)
      // A queue may tell its other telephones only later that the call is over.
      for place in episodes.indices where [ends.0, ends.1].contains(episodes[place].call) {
        episodes[place].isTaken = true
      }
    case (_?, _?): break
    }
  }

  /// The station's channel is connected to another one.
  mutating func connect(_ leg: Int, _ party: FreeSwitchParty, _ now: Moment) {
    let isNew = legs[leg].peer != party.id
    let isFirst = !legs[leg].isConnected
    legs[leg].latest = now
    legs[leg].peer = party.id
    legs[leg].isConnected = true
    legs[leg].askAt = nil
    let caller = station.caller(party.number, party.name, isHidden: party.isHidden)
    guard !caller.isWithheld || party.isHidden || legs[leg].role == .originated else { return }
    switch legs[leg].role {
    case .called where isNew:
      let isConsulted = party.id == legs[leg].consulted
      meet(leg, caller, isConsulted ? .outgoing : .incoming, isFirst: isFirst, now)
    case .called: break
    case .calling where isFirst && party.isInbound: fetch(leg, caller, now)
    case .calling where isFirst: reach(leg, caller, now)
    case .calling: if isNew { meet(leg, caller, party.isInbound ? .incoming : .outgoing, now) }
    case .originated where !isFirst && isNew:
      meet(leg, caller, party.isInbound ? .incoming : .outgoing, now)
    case .originated:
      if legs[leg].episode == nil {
        start(leg, party.isInbound ? .incoming : .outgoing, caller, called: nil)
      } else if party.isInbound {
        return fetch(leg, caller, now)
      }
      answer(leg, corrects: false, now)
    }
  }

  /// Somebody who called is on the line, whatever code or number brought him there.
  private mutating func fetch(_ leg: Int, _ caller: Caller, _ now: Moment) {
    guard let place = episode(legs[leg].episode) else { return }
    episodes[place].direction = .incoming
    episodes[place].caller = caller
    answer(leg, corrects: true, now)
  }

  /// What was called is on the line; who it is, a code did not say.
  private mutating func reach(_ leg: Int, _ caller: Caller, _ now: Moment) {
    guard let place = episode(legs[leg].episode), !episodes[place].isTold else { return }
    episodes[place].caller = caller
    answer(leg, corrects: false, now)
  }

  private mutating func answer(_ leg: Int, corrects: Bool, _ now: Moment) {
    guard let place = episode(legs[leg].episode) else { return }
    guard corrects || !episodes[place].isAnswered else { return }
    episodes[place].isAnswered = true
    report(place, corrects: corrects, now)
  }

  /// Another party than before: who takes the other one's place on the line is a call of his own, who takes it while it
  /// rings, or before anybody else was connected, is the one who calls.
  private mutating func meet(
    _ leg: Int, _ caller: Caller, _ direction: Direction, isFirst: Bool = false, _ now: Moment
  ) {
    guard let place = episode(legs[leg].episode) else { return }
    guard episodes[place].caller.identity != caller.identity else { return }
    guard episodes[place].isAnswered, !isFirst else {
      episodes[place].caller = caller
      return report(place, corrects: true, now)
    }
    finish(episodes[place].callID, .end(.normal), now)
    start(leg, direction, caller, called: nil)
    answer(leg, corrects: false, now)
  }

  /// The telephone shows another number than before.
  mutating func shows(_ leg: Int, _ event: ChannelEvent, _ now: Moment) {
    let number = event[.callerNumber]
    if number == legs[leg].shown { return hides(leg, event, now) }
    guard number != legs[leg].contact, !number.isEmpty else { return }
    legs[leg].shown = number
    let caller = station.caller(event)
    guard !caller.isWithheld, let place = episode(legs[leg].episode),
      episodes[place].caller.identity != caller.identity
    else { return }
    if legs[leg].isConnected, legs[leg].peer == event[.other], legs[leg].episodes > 1 {
      // Its bridge was told of already, with the number that the party came with.
      episodes[place].caller = caller
      return report(place, corrects: true, now)
    }
    if !event[.other].isEmpty { legs[leg].peer = event[.other] }
    meet(leg, caller, .incoming, now)
  }

  /// A list of channels has the number of a caller who does not wish that it is shown, and does not say so.
  private mutating func hides(_ leg: Int, _ event: ChannelEvent, _ now: Moment) {
    guard event[.hidesNumber] == "true", !legs[leg].isConnected, legs[leg].episodes == 1,
      let place = episode(legs[leg].episode), !episodes[place].caller.isWithheld
    else { return }
    episodes[place].caller = station.caller(event)
    report(place, corrects: true, now)
  }

  // MARK: - Beginning and ending

  /// Begins an episode at the channel, which is told of later.
  mutating func start(_ leg: Int, _ direction: Direction, _ caller: Caller, called: String?) {
    legs[leg].episodes += 1
    let (id, count) = (legs[leg].id, legs[leg].episodes)
    let callID = count == 1 ? legs[leg].ownRing?.callID ?? id : "\(id)/\(count)"
    episodes.append(
      FreeSwitchEpisode(
        callID: callID, call: legs[leg].call, direction: direction, caller: caller, called: called))
    legs[leg].episode = callID
    heard = heard.suffix(Self.memory - 1) + [legs[leg].call]
  }

  /// Begins an episode of which only the end is told.
  mutating func missSilently(_ leg: Int, _ event: ChannelEvent) {
    start(leg, .incoming, station.caller(event), called: station.called(event))
    if let place = episode(legs[leg].episode) { episodes[place].isTold = true }
  }

  /// Takes a channel away, and ends what went on there when it was the last of it: `kind` says how.
  mutating func remove(
    _ id: String, _ now: Moment, _ kind: (FreeSwitchEpisode) -> CallEvent.Kind
  ) {
    guard let place = leg(id) else { return }
    let leg = legs.remove(at: place)
    guard let name = leg.episode, let index = episode(name) else {
      // The station did not take what a program called for it, or nothing came of it.
      guard leg.episodes == 0, var ring = leg.ownRing,
        !legs.contains(where: { $0.ownRing?.callID == ring.callID })
      else { return }
      (ring.kind, ring.at) = (.end(.normal), now)
      return news.append(ring)
    }
    let episode = episodes[index]
    let isLeft = legs.contains { $0.episode == name && ($0.isUp || !episode.isAnswered) }
    var end = kind(episode)
    if end == .end(.elsewhere) { episodes[index].isTaken = true }
    guard !isLeft else { return }
    if episode.isTaken, end == .end(.missed) { end = .end(.elsewhere) }
    finish(name, end, now)
    guard end == .end(.missed), leg.call != id else { return }
    missed = missed.suffix(Self.memory - 1) + [episode]
  }

  /// Ends an episode; one that nobody was told of is told of first.
  private mutating func finish(_ callID: String, _ kind: CallEvent.Kind, _ now: Moment) {
    guard let index = episode(callID) else { return }
    if !episodes[index].isTold { report(index, now) }
    news.append(event(kind, episodes.remove(at: index), now))
    for leg in legs.indices where legs[leg].episode == callID { legs[leg].episode = nil }
  }

  /// A call was taken by somebody else; rings that ended before were not missed: the caller had not given up.
  mutating func endElsewhere(_ calls: [String], _ now: Moment) {
    let taken = missed.filter { calls.contains($0.call) }
    missed.removeAll { calls.contains($0.call) }
    for episode in taken { news.append(event(.end(.elsewhere), episode, now)) }
  }

  private mutating func report(_ place: Int, corrects: Bool = false, _ now: Moment) {
    var event = event(episodes[place].isAnswered ? .answer : .ring, episodes[place], now)
    // Another door may show the code that fetched the call, or the number of somebody who wishes that it is not shown.
    event.corrects = corrects || episodes[place].isHidden
    episodes[place].isTold = true
    news.append(event)
  }

  func event(_ kind: CallEvent.Kind, _ episode: FreeSwitchEpisode, _ now: Moment) -> CallEvent {
    var event = CallEvent(
      source: source, kind: kind, at: now, callID: episode.callID, station: extensionName,
      direction: episode.direction, caller: episode.caller, called: episode.called)
    event.systemIDs = systemIDs(of: episode)
    return event
  }

  /// Dialog state names a call by the channel of the telephone of which it tells first, and a channel by its first call.
  private func systemIDs(of episode: FreeSwitchEpisode) -> Set<String>? {
    guard !episode.callID.contains("/") else { return nil }
    let rung = legs.filter { leg in
      episode.direction == .incoming && leg.role == .called && leg.call == episode.call
        && leg.episodes == 0
    }
    return Set(rung.map(\.id) + [episode.callID])
  }
}
