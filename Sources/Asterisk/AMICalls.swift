import PhoneNumbers
import Telephony

/// What the manager's messages say of calls at the followed stations: a fold without I/O.
///
/// The truth of a call is with whom a station's channel is connected now, or who rings it:
/// - A called channel in state 5 (Ringing) rings; in state 6 (Up) it was answered.
/// - A channel that the station begins (state 4, Ring) is an outgoing call, from the moment that it
///   calls a number; a service code (`*8`) that connects it to somebody who called is an incoming one.
/// - A channel that no other one calls, and that gave its call the name (`Uniqueid` is `Linkedid`), is
///   rung for the station by a program (`Originate`): an outgoing call, once it is taken.
/// - Whoever is at the other end of the bridge, through all `Local/…` channels, is the other party: one
///   who was put through, fetched from a parking place or picked up is a new one.
/// - A ring that ends is answered elsewhere when its caller has been given to somebody else.
struct AMICalls {
  /// How many calls are followed at once; a station has a few.
  static let limit = 64
  /// How many rings that ended without an answer are remembered.
  static let missedLimit = 32

  let source: SourceID
  let stations: AMIStations
  let parties: AMIParties
  var channels = AMIChannels()
  /// What was heard of channels, for the doctor.
  private(set) var hearing = AMIHearing()
  /// Oldest first.
  var legs: [AMILeg] = []
  /// Oldest first.
  var episodes: [AMIEpisode] = []
  var missed: [AMIMissedRing] = []
  /// How many episodes of a call there were, of calls that had several.
  var counts: [[UInt8]: Int] = [:]
  var news: [CallEvent] = []
  /// What ``AMIChannels/changes`` was when it was last looked who is connected to whom.
  var reviewed = 0
  /// Whether a list is read: what begins with it is told at its end, when all that it depends on is known.
  private var isListing = false
  /// Whether nothing was listed yet by this connection: when a call ended that was there before is not known.
  private var isNew = true
  private var listed: [String] = []

  /// No call yet at the stations.
  init(source: SourceID, stations: AMIStations, plan: NumberPlan) {
    self.source = source
    self.stations = stations
    parties = AMIParties(stations: stations, plan: plan)
  }

  /// Takes a message in; what is new at the stations.
  mutating func apply(_ message: AMIMessage, at now: Moment) -> [CallEvent] {
    guard case .event(let event) = message.kind else { return [] }
    hearing.note(
      event, message, isOwn: stations.index(ofChannel: message[.channel]) != nil,
      isKnown: event == .coreShowChannel && channels[Array(message[.uniqueid])] != nil)
    isListing = event == .coreShowChannel
    switch event {
    case .newchannel, .newstate, .newConnectedLine, .newCallerid, .coreShowChannel:
      channel(event, message, now)
    case .dialBegin: dialBegin(message, now)
    case .dialState: dialState(message, now)
    case .dialEnd: dialEnd(message, now)
    case .bridgeEnter: bridge(event, message, now)
    case .bridgeLeave: bridge(event, message, now)
    case .pickup: pickup(message, now)
    case .hangup: hangup(message, now)
    case .originateResponse: originateResponse(message, now)
    case .coreShowChannelsComplete: return settle(at: now)
    }
    return drainNews()
  }

  /// The connection is new: until a channel is heard of again, it may have gone meanwhile.
  mutating func doubt() {
    channels.removeAll()
    isNew = true
    hearing.begin()
    suspect()
  }

  /// All channels are going to be listed.
  mutating func suspect() {
    for leg in legs.indices { legs[leg].isSuspect = true }
    hearing.expectList(of: channels)
  }

  /// All channels have been listed, or cannot be: ends what has gone meanwhile. How it ended is not known.
  mutating func settle(at now: Moment) -> [CallEvent] {
    for id in hearing.listed() { channels.remove(id) }
    reportListed(now)
    endSuspects(.end(isNew ? .lost : .normal), now)
    isNew = false
    return drainNews()
  }

  /// The connection has been down for so long that nobody knows what became of the calls.
  mutating func giveUp(at now: Moment) -> [CallEvent] {
    suspect()
    endSuspects(.end(.failed), now)
    return drainNews()
  }

  private mutating func endSuspects(_ answered: CallEvent.Kind, _ now: Moment) {
    for leg in legs.filter(\.isSuspect) {
      remove(leg.id, at: now) { isAnswered, isTaken in
        isTaken ? .end(.elsewhere) : isAnswered ? answered : .vanish
      }
    }
  }

  /// Half a minute has passed.
  mutating func conclude(at now: Moment) -> [CallEvent] {
    hearing.conclude()
    reportListed(now)
    return drainNews()
  }

  /// The rings that go on, told again: a window gives up a ring of which nothing is heard (R5a).
  func remind(at now: Moment) -> [CallEvent] {
    episodes.filter { $0.direction == .incoming && !$0.isAnswered && $0.isTold }
      .map { event(.ring, $0, now) }
  }

  // MARK: - Messages

  private mutating func channel(_ event: AMIEventName, _ message: AMIMessage, _ now: Moment) {
    guard let id = channels.hear(message, event) else { return }
    let station = stations.index(ofChannel: message[.channel])
    if let leg = leg(id) {
      legs[leg].isSuspect = false
      if station == nil {
        if message.number(.channelState) == 6 { moved(leg, now) }
      } else {
        update(leg, message, now)
      }
    } else if let station {
      if isBegun(id) { begin(station, id, message, now) }
    } else if event == .newstate || event == .coreShowChannel, let channel = channels[id],
      channel.isUp, channel.isCalled, channel.kind == .end, channel.dialler == nil
    {
      // Nobody says who called it: the call's name has to do.
      endElsewhere(by: id, nil, channel.call, now)
    }
    review(message, now)
  }

  /// Whether the channel calls, rings, or is up.
  private func isBegun(_ id: [UInt8]) -> Bool {
    channels[id].map { (4...6).contains($0.state) } ?? false
  }

  private mutating func dialBegin(_ message: AMIMessage, _ now: Moment) {
    let destination = dial(message)
    if let leg = caller(message) { dialled(leg, message, now) }
    if let leg = leg(destination) { isCalled(leg, message, now) }
    review(message, now)
  }

  /// How far the call to a channel has come. A telephone that plays a tone of its own (183) never says that it rings.
  private mutating func dialState(_ message: AMIMessage, _ now: Moment) {
    let destination = dial(message)
    let rings = ["progress", "ringing"].contains(message.text(.dialStatus).lowercased())
    if rings, leg(destination) == nil { beginCalled(destination, message, isSilent: false, now) }
    review(message, now)
  }

  /// The call to a station's channel is over of which nobody said that it rings: it was missed all the same, by a telephone
  /// that is dead, or that refused it by itself. One that sent it on did not.
  private mutating func dialEndsInSilence(
    _ destination: [UInt8], _ message: AMIMessage, _ now: Moment
  ) {
    guard leg(destination) == nil, message[.forward].isEmpty, !message[.dialStatus].equals("answer")
    else { return }
    beginCalled(destination, message, isSilent: true, now)
  }

  /// A station's channel is called by this message, of which its own messages have not told.
  private mutating func beginCalled(
    _ destination: [UInt8], _ message: AMIMessage, isSilent: Bool, _ now: Moment
  ) {
    let called = message.ofDestination
    guard let station = stations.index(ofChannel: called[.channel]),
      channels.hear(called, .dialState) == destination
    else { return }
    _ = dial(message)
    let dialler = channels[destination]?.dialler
    let call = channels[destination]?.call ?? []
    if isSilent, isToldBesides(destination, stations.station(station), dialler, call) { return }
    begin(station, destination, called, isSilent: isSilent, now)
  }

  private mutating func dialEnd(_ message: AMIMessage, _ now: Moment) {
    let destination = dial(message)
    let isAnswer = message[.dialStatus].equals("answer")
    if let leg = caller(message) {
      dialled(leg, message, now)
      if isAnswer, legs[leg].role == .originated { reached(leg, now) }
    }
    dialEndsInSilence(destination, message, now)
    if let leg = leg(destination) {
      legs[leg].isCancelled = message[.dialStatus].equals("cancel")
      isCalled(leg, message, now)
      if isAnswer, legs[leg].role == .called { goUp(leg, message, now) }
    } else if isAnswer,
      AMIChannel.kind(message[.destChannel]) == .end || channels.hasTaken(destination)
    {
      let isFirst = message[.destUniqueid].elementsEqual(message[.destLinkedid])
      let dialler = message[.uniqueid].isEmpty ? nil : Array(message[.uniqueid])
      if dialler != nil || !isFirst {
        endElsewhere(by: destination, dialler, Array(message[.destLinkedid]), now)
      }
    }
    review(message, now)
  }

  /// Which of the stations' channels calls by this message: it does itself, or a program rang it through `Local`
  /// channels, at whose other end the call goes on.
  private func caller(_ message: AMIMessage) -> Int? {
    legs.firstIndex { message[.uniqueid].equals($0.id) }
      ?? legs.firstIndex {
        $0.role == .originated && channels.farEnd(of: $0.id).map(message[.uniqueid].equals) == true
      }
  }

  /// Takes over who calls whom; the channel that is called.
  private mutating func dial(_ message: AMIMessage) -> [UInt8] {
    let destination = Array(message[.destUniqueid])
    if !message[.uniqueid].isEmpty, !message[.channel].isEmpty {
      _ = channels.hear(message, .dialBegin)
      channels.dial(destination, from: Array(message[.uniqueid]))
    }
    return destination
  }

  private mutating func bridge(_ event: AMIEventName, _ message: AMIMessage, _ now: Moment) {
    guard let id = channels.hear(message, event) else { return }
    if event == .bridgeEnter {
      // A conference or a parking place connects nobody with one other end.
      let isTalk = message[.bridgeType].isEmpty || message[.bridgeType].equals("basic")
      channels.move(id, to: Array(message[.bridgeUniqueid]), isRoom: !isTalk)
      if !isTalk, let leg = leg(id) { waits(leg, now) }
    } else {
      channels.leave(id)
    }
    if let leg = leg(id) {
      update(leg, message, now)
    } else if let station = stations.index(ofChannel: message[.channel]), isBegun(id) {
      begin(station, id, message, now)
    }
    if event == .bridgeEnter { connected(id, now) }
    review(message, now)
  }

  /// Somebody takes a ringing call over from another telephone.
  private mutating func pickup(_ message: AMIMessage, _ now: Moment) {
    let (taker, target) = (Array(message[.uniqueid]), Array(message[.targetUniqueid]))
    _ = channels.hear(message, .pickup)
    channels.dial(taker, from: channels[target]?.dialler)
    let isOwn = leg(taker).map { taker in
      leg(target).map { share(taker, with: $0, now) } ?? false
    }
    if let leg = leg(target) { takenOver(leg, now) }
    if isOwn != nil, let leg = leg(taker) {
      update(leg, message, now)
      isCalled(leg, message, now)
    }
    review(message, now)
  }

  private mutating func hangup(_ message: AMIMessage, _ now: Moment) {
    let id = Array(message[.uniqueid])
    if let leg = leg(id) {
      let (isCancelled, cause) = (legs[leg].isCancelled, message.number(.cause))
      let isSilent = episode(legs[leg].episode).map { episodes[$0].isSilent } ?? false
      remove(id, at: now) { isAnswered, isTaken in
        .end(
          isTaken ? .elsewhere : isAnswered ? .normal : Self.reason(isCancelled || isSilent, cause))
      }
    }
    for leg in legs where leg.held.contains(where: { $0.peer == id }) {
      endHeld(of: leg.id, now) { $0.peer == id }
    }
    channels.remove(id)
    hearing.hungUp(id)
    missed.removeAll { $0.diallers.last == id || $0.episode.call == id }
    review(message, now)
  }

  /// Why a ring ended that nobody took: when the caller gave up, the cause says anything (Q.850 26,
  /// "answered elsewhere", with an option of Dial); and where nothing rang, nobody refused it by hand.
  private static func reason(_ isNobodys: Bool, _ cause: Int?) -> EndReason {
    if isNobodys { return .missed }
    return switch cause {
    case 17, 21: .rejected
    case 26: .elsewhere
    default: .missed
    }
  }

  /// The station has taken a call that Asterisk makes for it; now the number is known.
  private mutating func originateResponse(_ message: AMIMessage, _ now: Moment) {
    if let leg = caller(message) { dialled(leg, message, now) }
  }

  // MARK: - Keeping calls

  func leg(_ id: [UInt8]) -> Int? { legs.firstIndex { $0.id == id } }

  func episode(_ callID: String?) -> Int? {
    callID.flatMap { callID in episodes.firstIndex { $0.callID == callID } }
  }

  mutating func report(_ callID: String?, corrects: Bool = false, _ now: Moment) {
    guard let callID, let place = episode(callID) else { return }
    if isListing, !episodes[place].isTold { return listed.append(callID) }
    let kind: CallEvent.Kind = episodes[place].isAnswered ? .answer : .ring
    var event = event(kind, episodes[place], now)
    event.corrects = corrects && episodes[place].isTold
    episodes[place].isTold = true
    news.append(event)
  }

  /// All channels have been listed: tells what goes on, and nobody was told of.
  private mutating func reportListed(_ now: Moment) {
    isListing = false
    defer { listed = [] }
    for name in listed {
      if let leg = legs.firstIndex(where: { $0.episode == name }) { reconsider(leg, now) }
      if let place = episode(name), !episodes[place].isTold { report(name, now) }
    }
  }

  func event(_ kind: CallEvent.Kind, _ episode: AMIEpisode, _ now: Moment) -> CallEvent {
    CallEvent(
      source: source, kind: kind, at: now, callID: episode.callID, station: episode.station,
      direction: episode.direction, caller: episode.caller, called: episode.called)
  }

  private mutating func drainNews() -> [CallEvent] {
    guard !news.isEmpty else { return [] }
    defer { news = [] }
    return news
  }
}
