import PhoneNumbers
import Telephony

/// With whom the channels of the followed stations are connected.
extension AMICalls {
  /// The channel shows somebody else's number than before.
  mutating func shows(_ leg: Int, _ message: AMIMessage, _ now: Moment) {
    let number = message[.connectedLineNum]
    guard !number.equals(legs[leg].connected) else { return }
    legs[leg].connected = Array(number)
    let party = parties.connected(legs[leg].station, message)
    guard party.distinction != nil else { return }
    place(leg, party, direction(leg), now)
  }

  /// A variable of a channel that says whether a caller may be shown.
  typealias Presentation = (name: String, channel: String)

  /// What says whether the caller of an event may be shown, and of which channel: the station's own, or where it
  /// shows somebody else, the other end's.
  func presentation(of event: CallEvent) -> Presentation? {
    guard let leg = legs.first(where: { $0.episode == event.callID }),
      let own = channels[leg.id], let key = event.caller.number?.key
    else { return nil }
    let shown = leg.connected.withUnsafeBytes { parties.plan.caller(AMIMessage.text(Array($0))) }
    if shown.number?.key == key { return Self.shows(AMIMessage.text(own.name)) }
    let other = channels.otherEnd(of: leg.id) ?? channels.caller(of: leg.id)
    return other.flatMap { Self.calls(AMIMessage.text($0.name)) }
  }

  /// Whoever calls a station by this message, and what says whether he may be shown: the station's channel, and his own.
  func newCaller(
    _ message: AMIMessage
  ) -> (subject: AMIScreening.Subject, variables: [Presentation])? {
    let called = message.ofDestination
    guard let station = stations.index(ofChannel: called[.channel]),
      let number = parties.connected(station, called).number?.key
    else { return nil }
    let subject = AMIScreening.Subject(call: called.text(.linkedid), number: number)
    let isHis = parties.plan.caller(message.text(.callerIDNum)).number?.key == number
    let variables = [
      Self.shows(called.text(.channel)), isHis ? Self.calls(message.text(.channel)) : nil,
    ].compactMap(\.self)
    return variables.isEmpty ? nil : (subject, variables)
  }

  private static func shows(_ channel: String) -> Presentation? {
    question("CONNECTEDLINE(num-pres)", channel)
  }

  private static func calls(_ channel: String) -> Presentation? {
    question("CALLERID(num-pres)", channel)
  }

  private static func question(_ variable: String, _ channel: String) -> Presentation? {
    channel.isEmpty || !AMIAction.isSafe(channel) ? nil : (variable, channel)
  }

  /// Which way the call goes with whom the channel is connected now.
  private func direction(_ leg: Int) -> Direction {
    if legs[leg].consultation != nil { return .outgoing }
    let present = episode(legs[leg].episode).map { episodes[$0].direction }
    return present ?? (legs[leg].role == .called ? .incoming : .outgoing)
  }

  /// A channel is called, however it began: whoever calls it is at the other end.
  mutating func isCalled(_ leg: Int, _ message: AMIMessage, _ now: Moment) {
    guard channels[legs[leg].id]?.dialler != nil else { return }
    // A program's channel, called by half a `Local` pair behind which nobody is.
    if legs[leg].role == .originated, channels.caller(of: legs[leg].id) == nil { return }
    let wasCalled = legs[leg].role == .called
    legs[leg].role = .called
    guard let place = episode(legs[leg].episode) else { return }
    let isUnknown = episodes[place].caller.distinction == nil
    guard !wasCalled || isUnknown, let caller = channels.caller(of: legs[leg].id) else { return }
    let party = party(leg, caller)
    if wasCalled, party.distinction == nil { return }
    self.place(leg, party, .incoming, now)
  }

  /// The channel calls a number, or is said to.
  mutating func dialled(_ leg: Int, _ message: AMIMessage, _ now: Moment) {
    if isTransferred(leg) { return transferred(leg, message, now) }
    guard let index = episode(legs[leg].episode), episodes[index].direction == .outgoing,
      legs[leg].role != .called, legs[leg].consultation == nil
    else { return }
    let isTold = episodes[index].isTold
    let isUnknown = episodes[index].caller.distinction == nil
    let party = isUnknown ? number(leg, message) : called(leg, message)
    let isNews = party.map { $0.distinction != episodes[index].caller.distinction } ?? false
    if let party, isNews, legs[leg].role == .originated || !isTold {
      episodes[index].caller = party
      report(legs[leg].episode, corrects: !isUnknown, now)
    } else if !isTold {
      report(legs[leg].episode, now)
    }
  }

  /// Whoever is called for the station has answered.
  mutating func reached(_ leg: Int, _ now: Moment) {
    guard let index = episode(legs[leg].episode), !episodes[index].isAnswered else { return }
    episodes[index].isAnswered = true
    report(legs[leg].episode, now)
  }

  /// The channel is whom the station called; where no number was told, it says who was called.
  private mutating func answers(_ leg: Int, _ peer: AMIChannel, _ now: Moment) {
    if let index = episode(legs[leg].episode), episodes[index].direction == .outgoing,
      episodes[index].caller.distinction == nil
    {
      place(leg, party(leg, peer), .outgoing, now)
    }
    reached(leg, now)
  }

  /// The number that the channel calls by this message: the extension that it is at, else the latest that was a number,
  /// else what is dialled there: a program may name no extension. That at which it was called itself is none.
  private func number(_ leg: Int, _ message: AMIMessage) -> Caller? {
    let own = channels[legs[leg].id]
    let latest = own.map { $0.latestNumber == $0.number ? [] : $0.latestNumber } ?? []
    return parties.dialled(message[.exten]) ?? latest.withUnsafeBytes { parties.dialled($0) }
      ?? parties.dialled(string: message[.dialString])
  }

  /// The number that is called by this message for certain: the extension that the channel is at, or of the dialplan that
  /// a program's `Local` channel goes on to. What a telephone was shown for it may be the house's own number.
  private func called(_ leg: Int, _ message: AMIMessage) -> Caller? {
    if let number = parties.dialled(message[.exten]) { return number }
    guard legs[leg].role == .originated, AMIChannel.kind(message[.destChannel]) == .local else {
      return nil
    }
    return parties.dialled(string: message[.dialString])
  }

  /// Whether the channel calls although its station does not: whoever it talked to, or who called it, has left it, and put
  /// it through to somebody else.
  private func isTransferred(_ leg: Int) -> Bool {
    guard legs[leg].isUp, !channels.isTalking(legs[leg].id),
      let index = episode(legs[leg].episode)
    else { return false }
    return episodes[index].isAnswered
      && (legs[leg].peer != nil || episodes[index].direction == .incoming)
  }

  /// The station is put through to a number; nobody there has answered yet.
  private mutating func transferred(_ leg: Int, _ message: AMIMessage, _ now: Moment) {
    let party = number(leg, message) ?? Caller(identity: .withheld)
    let present = episode(legs[leg].episode).flatMap { episodes[$0].caller.distinction }
    // The same queue or group finds another one.
    guard present == nil || present != party.distinction else { return }
    split(leg, party, .outgoing, isAnswered: false, now)
  }

  /// Looks at all channels that are up: who is at the other end now? Most of what a manager says changes nothing of
  /// that: it is of others' channels, or does not connect anybody.
  mutating func review(_ message: AMIMessage, _ now: Moment) {
    let isOwn = legs.contains {
      message[.uniqueid].equals($0.id) || message[.destUniqueid].equals($0.id)
    }
    guard isOwn || channels.changes != reviewed else { return }
    defer { reviewed = channels.changes }
    for leg in legs.indices where !legs[leg].isUp {
      let diallers = channels.diallers(of: legs[leg].id)
      guard diallers.count > legs[leg].diallers.count else { continue }
      legs[leg].diallers = diallers.map(\.id)
      legs[leg].isCallerKnown = diallers.last?.kind == .end
      if let place = episode(legs[leg].episode), let called = called(legs[leg].id) {
        episodes[place].called = called
      }
    }
    for leg in legs.indices where legs[leg].isUp {
      consult(leg, now)
      guard let peer = channels.otherEnd(of: legs[leg].id),
        peer.id != legs[leg].peer || legs[leg].held.contains(where: { $0.peer == peer.id })
      else { continue }
      meets(leg, peer, now)
    }
  }

  /// The station has Asterisk call somebody else while the other end waits.
  private mutating func consult(_ leg: Int, _ now: Moment) {
    let channel = channels.consultation(of: legs[leg].id)
    guard channel?.id != legs[leg].consultation else { return }
    guard let channel, legs[leg].peer != nil else {
      if channel == nil { legs[leg].consultation = nil }
      return
    }
    legs[leg].consultation = channel.id
    let dialled = channel.exten.withUnsafeBytes { parties.dialled($0) }
    let party = dialled ?? Caller(identity: .withheld)
    split(leg, party, .outgoing, isAnswered: false, holding: true, now)
  }

  /// The channel is in a room, where nobody is the other end. An agent who was given a caller waits for the next one
  /// there.
  mutating func waits(_ leg: Int, _ now: Moment) {
    if legs[leg].role == .originated { reached(leg, now) }
    if legs[leg].hasWaited, legs[leg].peer != nil, let episode = legs[leg].episode {
      finish(episode, .end(.normal), now)
      legs[leg].peer = nil
    }
    legs[leg].hasWaited = true
  }

  /// Another channel is at the other end than before.
  private mutating func meets(_ leg: Int, _ peer: AMIChannel, _ now: Moment) {
    let before = legs[leg].peer
    legs[leg].peer = peer.id
    // One's own second telephone is nobody else.
    if let other = self.leg(peer.id),
      stations.station(legs[other].station) == stations.station(legs[leg].station)
    {
      return
    }
    guard let index = episode(legs[leg].episode) else {
      if legs[leg].hasWaited { split(leg, party(leg, peer), .incoming, isAnswered: true, now) }
      return
    }
    if let held = legs[leg].held.first(where: { $0.peer == peer.id }) {
      return resume(leg, held.episode, now)
    }
    let isCalled = channels.isCalled(peer.id, by: legs[leg].id)
    if isCalled, legs[leg].consultation != nil || !episodes[index].isAnswered {
      return answers(leg, peer, now)
    }
    // Whoever rang here, or was called from here, is the party already.
    if before == nil, isCalled || rang(leg, peer) { return }
    let present = episodes[index].direction
    let isCall = peer.isCalled && !fetches(leg, peer)
    let direction: Direction = isCalled ? .outgoing : isCall ? present : .incoming
    // The first channel that a call from here reaches is what was called, unless it called itself.
    if before == nil, direction == .outgoing, episodes[index].caller.distinction != nil { return }
    let party = party(leg, peer)
    // Whoever was called has put the station through to somebody else, were it known who it was.
    if direction == .outgoing, present == .outgoing, let met = party.distinction,
      met != episodes[index].caller.distinction
    {
      guard episodes[index].caller.distinction == nil else {
        return split(leg, party, .outgoing, isAnswered: true, now)
      }
      return answers(leg, peer, now)
    }
    place(leg, party, direction, now)
  }

  /// Whether the station has called nobody, and meets somebody who was there before it called: he waited, and it fetches
  /// him, were he called by a colleague.
  private func fetches(_ leg: Int, _ peer: AMIChannel) -> Bool {
    guard legs[leg].role == .calling, let own = channels[legs[leg].id] else { return false }
    return !own.hasDialled && !own.isListed && peer.born < own.born
  }

  /// Whether it was this channel that rang the leg.
  private func rang(_ leg: Int, _ peer: AMIChannel) -> Bool {
    guard legs[leg].role == .called else { return false }
    return peer.id == legs[leg].call || channels.caller(of: legs[leg].id)?.id == peer.id
  }

  /// Who is at the other channel: what ours shows, if that is the same number, has the better name.
  private func party(_ leg: Int, _ peer: AMIChannel) -> Caller {
    let own = channels[legs[leg].id]?.number ?? []
    let party = parties.party(peer, legs[leg].station, own: own)
    guard let index = episode(legs[leg].episode) else { return party }
    return party.distinction == episodes[index].caller.distinction
      ? episodes[index].caller : party
  }

  /// The party is the other end now.
  private mutating func place(
    _ leg: Int, _ party: Caller, _ direction: Direction, _ now: Moment
  ) {
    guard let index = episode(legs[leg].episode) else { return }
    let present = episodes[index]
    let isSame = party.distinction == present.caller.distinction
    if direction == present.direction {
      guard party.distinction != nil, !isSame else { return }
      if present.caller.distinction == nil {
        episodes[index].caller = party
        report(legs[leg].episode, corrects: true, now)
      } else if direction == .incoming {
        if present.isAnswered {
          split(leg, party, direction, isAnswered: true, now)
        } else {
          episodes[index].caller = party
          report(legs[leg].episode, corrects: true, now)
        }
      } else if legs[leg].consultation != nil, !present.isAnswered {
        episodes[index].caller = party
        report(legs[leg].episode, corrects: true, now)
      }
    } else if isSame, party.distinction != nil {
      // A list does not say who called whom.
      episodes[index].direction = direction
      report(legs[leg].episode, corrects: true, now)
    } else if direction == .incoming, channels[legs[leg].id]?.hasDialled != true,
      legs[leg].held.isEmpty, !legs[leg].hasWaited
    {
      // What was dialled was a service, or a place where somebody waits: this is the call.
      episodes[index].direction = .incoming
      episodes[index].caller = party
      episodes[index].isAnswered = legs[leg].isUp
      report(legs[leg].episode, corrects: true, now)
    } else if party.distinction != nil {
      split(leg, party, direction, isAnswered: true, now)
    }
  }

  /// Another call goes on at the channel from here. The other end of the present one has gone, or waits.
  private mutating func split(
    _ leg: Int, _ party: Caller, _ direction: Direction, isAnswered: Bool, holding: Bool = false,
    _ now: Moment
  ) {
    if let present = legs[leg].episode {
      if holding, let peer = legs[leg].peer, channels[peer]?.isUp == true {
        legs[leg].held.append((present, peer))
      } else {
        finish(present, .end(.normal), now)
      }
    }
    start(leg, direction, party, called: nil)
    if let index = episode(legs[leg].episode) { episodes[index].isAnswered = isAnswered }
    report(legs[leg].episode, now)
  }

  /// The other end that waited is there again.
  private mutating func resume(_ leg: Int, _ name: String, _ now: Moment) {
    if let present = legs[leg].episode { finish(present, .end(.normal), now) }
    legs[leg].held.removeAll { $0.episode == name }
    legs[leg].episode = name
  }
}
