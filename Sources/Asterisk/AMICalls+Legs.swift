import Telephony

/// The channels of the followed stations: how they begin, are taken, and end.
extension AMICalls {
  /// A channel of a station is heard of for the first time.
  ///
  /// `isSilent`: it is called, and nobody said that it rings.
  mutating func begin(
    _ station: Int, _ id: [UInt8], _ message: AMIMessage, isSilent: Bool = false, _ now: Moment
  ) {
    isRungBack(id, message)
    guard let channel = channels[id] else { return }
    var leg = AMILeg(
      id: id, call: channel.call, born: channel.born, station: station, role: role(channel))
    leg.connected = Array(message[.connectedLineNum])
    makeRoom(now)
    legs.append(leg)
    let place = legs.count - 1
    switch leg.role {
    case .called:
      if join(place) {
        echoes(place, now)
      } else {
        start(
          place, .incoming, ringer(place, message),
          called: called(id) ?? AMIParties.called(message[.exten]))
        if let index = episode(legs[place].episode) { episodes[index].isSilent = isSilent }
        if channel.state != 6, !isSilent { report(legs[place].episode, now) }
      }
    case .calling:
      let dialled = parties.dialled(message[.exten])
      start(place, .outgoing, dialled ?? parties.connected(station, message), called: nil)
      let isNumber = AMIParties.isNumber(message[.exten])
      if isNumber, channel.state != 6 { report(legs[place].episode, now) }
    case .originated:
      if !isSilent { ringsForItself(place, message, now) }
    }
    if channel.state == 6 { goUp(place, message, now) }
  }

  /// The station is rung for a program's call: no call yet, but other sources take it for one that comes in.
  private mutating func ringsForItself(_ leg: Int, _ message: AMIMessage, _ now: Moment) {
    let station = stations.station(legs[leg].station)
    let ring = CallEvent(
      source: source, kind: .dialled, at: now, callID: name(of: legs[leg].call).text,
      station: station, direction: .outgoing, caller: parties.shown(legs[leg].station, message))
    legs[leg].ownRing = ring
    news.append(ring)
  }

  /// The station is rung for a call that it makes itself, to a group that it is in: other sources take it for one that
  /// comes in.
  private mutating func echoes(_ leg: Int, _ now: Moment) {
    guard let place = episode(legs[leg].episode), episodes[place].isTold,
      episodes[place].direction == .outgoing, channels[legs[leg].id]?.isUp == false
    else { return }
    news.append(event(.dialled, episodes[place], now))
  }

  /// Nobody calls the channel by what the manager says, and it shows somebody who waits: for him it is rung.
  private mutating func isRungBack(_ id: [UInt8], _ message: AMIMessage) {
    guard let channel = channels[id], channel.id == channel.call, channel.state == 5,
      channel.dialler == nil, let caller = channels.waiting(message[.connectedLineNum])
    else { return }
    channels.dial(id, from: caller.id)
  }

  private func role(_ channel: AMIChannel) -> AMILeg.Role {
    switch channel.state {
    case 4: .calling
    case 0...3, 5:
      channels.isMadeByProgram(channel) ? .originated : .called
    case 6 where channel.id == channel.call && channel.dialler == nil: .calling
    // It was taken before anybody said that it rings.
    default: channels.isMadeByProgram(channel) ? .originated : .called
    }
  }

  /// The number that was called: the first one at which the caller's channel was, before the dialplan went on.
  func called(_ id: [UInt8]) -> String? {
    guard let caller = channels.caller(of: id), !caller.isCalled else { return nil }
    return caller.firstNumber.withUnsafeBytes { AMIParties.called($0) }
  }

  /// Who rings the station: whom its channel shows, else the channel that calls it.
  private func ringer(_ leg: Int, _ message: AMIMessage) -> Caller {
    let shown = parties.connected(legs[leg].station, message)
    guard shown.distinction == nil, let caller = channels.caller(of: legs[leg].id) else {
      return shown
    }
    let party = parties.party(
      caller, legs[leg].station, own: Array(message[.callerIDNum]))
    return party.distinction == nil ? shown : party
  }

  /// Looks at a channel again that was listed before those that call it.
  mutating func reconsider(_ leg: Int, _ now: Moment) {
    guard legs[leg].role == .called, let channel = channels[legs[leg].id] else { return }
    let name = legs[leg].episode
    if role(channel) == .originated {
      legs[leg].role = .originated
      legs[leg].episode = nil
    } else if !join(leg) {
      return
    }
    if !legs.contains(where: { $0.episode == name }) { drop(name, now) }
  }

  /// Joins what rings at another telephone of the same station for the same call; whether it does.
  private mutating func join(_ leg: Int) -> Bool {
    let station = stations.station(legs[leg].station)
    let caller = channels.caller(of: legs[leg].id)?.id
    let other = legs.indices.first { place in
      guard place != leg, legs[place].episode != legs[leg].episode,
        let episode = episode(legs[place].episode),
        episodes[episode].station == station
      else { return false }
      // One's own second telephone is nobody else.
      if legs[place].id == caller { return true }
      if caller == nil, legs[place].role == .calling, legs[place].call == legs[leg].call {
        return true
      }
      return episodes[episode].call == legs[leg].call
        && episodes[episode].direction == .incoming
        && (!episodes[episode].isAnswered || wasCalled(leg, with: place))
    }
    guard let other else { return false }
    legs[leg].episode = legs[other].episode
    return true
  }

  /// Whether the channel was called before the other one took the call: both were called together, and the other was
  /// faster.
  private func wasCalled(_ leg: Int, with other: Int) -> Bool {
    guard legs[other].role == .called, let taken = channels[legs[other].id]?.upSince else {
      return false
    }
    return legs[leg].born < taken
  }

  /// Begins an episode at the channel, which is reported later.
  mutating func start(
    _ leg: Int, _ direction: Direction, _ caller: Caller, called: String?
  ) {
    let call = legs[leg].call
    let (callID, count) = name(of: call)
    if counts.count > 8 * Self.limit {
      counts = counts.filter { count in episodes.contains { $0.call == count.key } }
    }
    counts[call] = count
    let episode = AMIEpisode(
      callID: callID, call: call,
      station: stations.station(legs[leg].station), direction: direction, caller: caller,
      called: called)
    episodes.append(episode)
    legs[leg].episode = episode.callID
  }

  /// What the next episode of a call is called, and how many there are then.
  private func name(of call: [UInt8]) -> (text: String, count: Int) {
    let count = (counts[call] ?? 0) + 1
    let name = AMIMessage.text(call)
    return (count == 1 ? name : "\(name)/\(count)", count)
  }

  /// The oldest call is given up when there are too many.
  private mutating func makeRoom(_ now: Moment) {
    guard legs.count >= Self.limit, let oldest = legs.first else { return }
    remove(oldest.id, at: now) { isAnswered, _ in isAnswered ? .end(.normal) : .vanish }
  }

  /// A message of the channel itself.
  mutating func update(_ leg: Int, _ message: AMIMessage, _ now: Moment) {
    if message.number(.channelState) == 6 { goUp(leg, message, now) }
    shows(leg, message, now)
  }

  /// The channel is up: its station took the call, or was taken.
  mutating func goUp(_ leg: Int, _ message: AMIMessage, _ now: Moment) {
    guard !legs[leg].isUp else { return }
    legs[leg].isUp = true
    if legs[leg].episode == nil {
      // A program's call, or a second telephone whose call is over at the first.
      let isCalled = legs[leg].role == .called
      let shown = parties.connected(legs[leg].station, message)
      start(leg, isCalled ? .incoming : .outgoing, shown, called: nil)
    }
    // Whom a program calls for the station has not answered yet.
    if legs[leg].role == .originated { return }
    if legs[leg].role == .calling { fetches(leg, message, now) }
    guard let place = episode(legs[leg].episode), !episodes[place].isAnswered else { return }
    episodes[place].isAnswered = true
    report(legs[leg].episode, now)
  }

  /// A service code that connects the channel with somebody before it has called anybody fetches a call.
  private mutating func fetches(_ leg: Int, _ message: AMIMessage, _ now: Moment) {
    guard let place = episode(legs[leg].episode), !episodes[place].isTold,
      !AMIParties.isNumber(message[.exten]), channels[legs[leg].id]?.hasDialled != true
    else { return }
    let shown = parties.connected(legs[leg].station, message)
    guard shown.distinction != nil else { return }
    legs[leg].role = .called
    let ringing = episodes.first {
      $0.station == episodes[place].station && $0.direction == .incoming && !$0.isAnswered
        && $0.caller.distinction == shown.distinction
    }
    if let ringing {
      // It rang at another telephone of the same operator.
      drop(legs[leg].episode, now)
      legs[leg].episode = ringing.callID
    } else {
      episodes[place].direction = .incoming
      episodes[place].caller = shown
    }
  }

  /// The channel has another name: somebody picked the ringing call up from another telephone.
  mutating func moved(_ leg: Int, _ now: Moment) {
    guard !legs[leg].isUp else { return }
    takenOver(leg, now)
  }

  /// Another telephone has the ringing call.
  mutating func takenOver(_ leg: Int, _ now: Moment) {
    remove(legs[leg].id, at: now) { isAnswered, _ in .end(isAnswered ? .normal : .elsewhere) }
  }

  /// The channel has what the other one has, if both are telephones of one station; whether they are.
  mutating func share(_ leg: Int, with other: Int, _ now: Moment) -> Bool {
    guard let station = episode(legs[other].episode).map({ episodes[$0].station }),
      station == stations.station(legs[leg].station)
    else { return false }
    guard legs[leg].episode != legs[other].episode else { return true }
    drop(legs[leg].episode, now)
    legs[leg].episode = legs[other].episode
    legs[leg].role = .called
    if legs[leg].isUp, let place = episode(legs[leg].episode), !episodes[place].isAnswered {
      episodes[place].isAnswered = true
    }
    return true
  }

  /// Takes a channel away, and ends what went on there when it was the last of it: `kind` says how, by
  /// whether it was answered or outgoing, and whether somebody else was given the call.
  mutating func remove(
    _ id: [UInt8], at now: Moment, _ kind: (_ isAnswered: Bool, _ isTaken: Bool) -> CallEvent.Kind
  ) {
    guard let place = leg(id) else { return }
    let leg = legs[place]
    endHeld(of: id, now) { _ in true }
    legs.remove(at: place)
    guard let name = leg.episode, let index = episode(name) else {
      // The station did not take what a program called for it.
      guard !leg.isUp, var ring = leg.ownRing, !legs.contains(where: { $0.call == leg.call })
      else { return }
      (ring.kind, ring.at) = (.end(.normal), now)
      return news.append(ring)
    }
    let episode = episodes[index]
    let isLeft = legs.contains {
      $0.episode == name && ($0.isUp || !episode.isAnswered)
    }
    guard !isLeft else { return }
    // A program connected the station with nobody who is called: an announcement, a conference.
    if leg.role == .originated, leg.isUp, !episode.isTold { episodes[index].isAnswered = true }
    let isOver = episode.isAnswered || episode.direction == .outgoing
    let diallers = leg.isCallerKnown ? leg.diallers : []
    let end = kind(isOver, !isOver && isTaken(leg, diallers))
    finish(name, end, now)
    guard end == .end(.missed), !isAbandoned(leg, diallers) else { return }
    missed =
      missed.suffix(Self.missedLimit - 1) + [
        AMIMissedRing(episode: episode, diallers: diallers, born: leg.born)
      ]
  }

  /// Ends an episode; one that nobody was told of is told of first.
  mutating func finish(_ name: String, _ kind: CallEvent.Kind, _ now: Moment) {
    guard let index = episode(name) else { return }
    if !episodes[index].isTold, !episodes[index].isSilent { report(name, now) }
    let episode = episodes.remove(at: index)
    news.append(event(kind, episode, now))
    for leg in legs.indices where legs[leg].episode == name { legs[leg].episode = nil }
  }

  /// Forgets an episode, which was another one in truth.
  mutating func drop(_ name: String?, _ now: Moment) {
    guard let name, let index = episode(name) else { return }
    if episodes[index].isTold {
      finish(name, .end(.normal), now)
    } else {
      episodes.remove(at: index)
    }
  }

  /// Ends episodes whose other end waits at this channel.
  mutating func endHeld(
    of id: [UInt8], _ now: Moment, _ isOver: ((episode: String, peer: [UInt8])) -> Bool
  ) {
    guard let place = leg(id) else { return }
    let over = legs[place].held.filter(isOver)
    legs[place].held.removeAll(where: isOver)
    for held in over { finish(held.episode, .end(.normal), now) }
  }

  // MARK: - Answered elsewhere

  /// Whether somebody else has the caller, now that the ring at this channel ends.
  private func isTaken(_ leg: AMILeg, _ diallers: [[UInt8]]) -> Bool {
    let own = legs.filter { $0.episode == leg.episode }.map(\.id) + [leg.id]
    if !diallers.isEmpty {
      return channels.isTaken(from: diallers, besides: own + diallers, since: leg.born)
    }
    return channels.all.contains {
      $0.isUp && $0.upSince > leg.born && $0.isCalled && $0.kind == .end && $0.call == leg.call
        && !own.contains($0.id)
    }
  }

  /// Whether the caller is known to have gone.
  private func isAbandoned(_ leg: AMILeg, _ diallers: [[UInt8]]) -> Bool {
    diallers.last.map { channels[$0] == nil } ?? false
  }

  /// A call was taken by somebody else; rings that ended before were not missed: the caller had not
  /// given up. `taker`: the channel that took it; `dialler`: the one that made the call, nil when only the call's name is
  /// known.
  mutating func endElsewhere(
    by taker: [UInt8], _ dialler: [UInt8]?, _ call: [UInt8], _ now: Moment
  ) {
    let upSince = channels[taker]?.upSince
    let taken = missed.filter { ring in
      if let upSince, upSince <= ring.born { return false }
      guard let dialler, !ring.diallers.isEmpty else { return ring.episode.call == call }
      return ring.diallers.contains(dialler)
    }
    guard !taken.isEmpty else { return }
    missed.removeAll { ring in taken.contains { $0.episode.callID == ring.episode.callID } }
    // The station that took it is not elsewhere: its queue had rung it before.
    for ring in taken where !hasTaken(ring.episode.station, dialler, call) {
      news.append(event(.end(.elsewhere), ring.episode, now))
    }
  }

  /// Whether a telephone of the station itself has the call.
  func hasTaken(_ station: String, _ dialler: [UInt8]?, _ call: [UInt8]) -> Bool {
    legs.contains { leg in
      leg.isUp && leg.role == .called && stations.station(leg.station) == station
        && (dialler.map(leg.diallers.contains) ?? (leg.call == call))
    }
  }

  /// Whether a silent call to a channel is told of by another of the station's: it has the call, is still being called, or
  /// missed it before. A queue tries again and again.
  func isToldBesides(
    _ id: [UInt8], _ station: String, _ dialler: [UInt8]?, _ call: [UInt8]
  ) -> Bool {
    hasTaken(station, dialler, call)
      || missed.contains { $0.episode.station == station && $0.episode.call == call }
      || channels.all.contains { channel in
        channel.id != id && channel.call == call && channel.isCalled && channel.state < 5
          && leg(channel.id) == nil
          && channel.name.withUnsafeBytes { stations.index(ofChannel: $0) }.map(stations.station)
            == station
      }
  }

  /// A channel has come into a bridge: whoever missed its call before was not called in vain.
  mutating func connected(_ id: [UInt8], _ now: Moment) {
    guard !missed.isEmpty, leg(id) == nil, let channel = channels[id], channel.kind == .end else {
      return
    }
    for (caller, other) in channels.ends(of: id).flatMap({ [($0, channel), (channel, $0)] })
    where leg(other.id) == nil && missed.contains(where: { isOf($0, caller) }) {
      endElsewhere(by: other.id, caller.id, caller.call, now)
    }
  }

  /// Whether the caller's was the missed ring. One whose caller was not known is known by its call.
  private func isOf(_ ring: AMIMissedRing, _ caller: AMIChannel) -> Bool {
    (ring.diallers.last ?? ring.episode.call) == caller.id
  }
}
