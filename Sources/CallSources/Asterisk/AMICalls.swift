import PhoneNumbers
import Telephony

/// What the manager's messages say of calls at the followed stations: a fold without I/O.
///
/// - A called channel that reaches state 5 (Ringing) rings; one that reaches state 6 (Up) was answered.
/// - A channel that the station begins (state 4, Ring) is an outgoing call. So is one that Asterisk rings
///   for the station (`Originate`), from the moment that the station takes it.
/// - A ring that ends is answered elsewhere when another called channel of the same call went up
///   meanwhile: a caller's own channel goes up as soon as a queue or an announcement takes it.
/// - `Local/…` channels are plumbing of queues and groups.
struct AMICalls {
  /// How many calls are followed at once; a station has a few.
  static let limit = 64
  /// The longest name of a channel or of a call that is taken [bytes].
  private static let longestID = 150
  /// How many rings of one call that ended without an answer are remembered.
  private static let missedLimit = 8

  private let source: SourceID
  private let stations: AMIStations
  private let parties: AMIParties
  /// Oldest first.
  private var calls: [AMICall] = []
  private var news: [CallEvent] = []

  /// No call yet at the stations.
  init(source: SourceID, stations: AMIStations, plan: NumberPlan) {
    self.source = source
    self.stations = stations
    parties = AMIParties(stations: stations, plan: plan)
  }

  /// Takes a message in; what is new at the stations.
  mutating func take(_ message: AMIMessage, at now: Moment) -> [CallEvent] {
    guard case .event(let event) = message.kind else { return [] }
    switch event {
    case .newchannel, .newstate, .newConnectedLine, .coreShowChannel: channel(event, message, now)
    case .dialEnd: dialEnd(message, now)
    case .hangup: hangup(message, now)
    case .originateResponse: originateResponse(message, now)
    case .coreShowChannelsComplete: return settle(at: now)
    }
    return takeNews()
  }

  /// The connection is new: until a channel is heard of again, it may have gone meanwhile.
  mutating func doubt() {
    calls.removeAll { $0.legs.isEmpty }
    for call in calls.indices {
      for leg in calls[call].legs.indices { calls[call].legs[leg].isSuspect = true }
    }
  }

  /// All channels have been listed: ends what has gone meanwhile. How a ring ended is not known then.
  mutating func settle(at now: Moment) -> [CallEvent] {
    for call in calls.indices {
      for leg in calls[call].legs where leg.isSuspect {
        remove(leg: leg.uniqueid, of: call, at: now) {
          $0.isTakenElsewhere ? .end(.elsewhere) : .vanish
        }
      }
      calls[call].isTakenElsewhere = false
    }
    calls.removeAll { $0.legs.isEmpty }
    return takeNews()
  }

  /// The rings that go on, told again: a window gives up a ring of which nothing is heard (R5a).
  func remind(at now: Moment) -> [CallEvent] {
    calls.compactMap(\.episode).filter { $0.direction == .incoming && !$0.isAnswered }
      .map { event(.ring, $0, now) }
  }

  // MARK: - Messages

  private mutating func channel(_ event: AMIEventName, _ message: AMIMessage, _ now: Moment) {
    let isUp = message.number(.channelState) == 6
    if let (call, leg) = place(message[.uniqueid]) {
      calls[call].legs[leg].isSuspect = false
      if stations.index(ofChannel: message[.channel]) == nil {
        if isUp { moved(call, leg, now) }
      } else {
        if isUp { goUp(call, leg, message, now) }
        identify(call, leg, message, now)
      }
    } else if let station = stations.index(ofChannel: message[.channel]) {
      begin(station, message, now)
    } else if isUp, event == .newstate || event == .coreShowChannel,
      let call = call(message[.linkedid]),
      AMIParties.isCalled(message[.channel], message[.uniqueid], message[.linkedid])
    {
      takeElsewhere(call, now)
    }
  }

  private mutating func dialEnd(_ message: AMIMessage, _ now: Moment) {
    let isAnswer = message[.dialStatus].equals("answer")
    if let (call, leg) = place(message[.destUniqueid]) {
      calls[call].legs[leg].isCancelled = message[.dialStatus].equals("cancel")
      if isAnswer, calls[call].legs[leg].role == .called { goUp(call, leg, message, now) }
    } else if isAnswer, let call = call(message[.destLinkedid]),
      AMIParties.isCalled(message[.destChannel], message[.destUniqueid], message[.destLinkedid])
    {
      takeElsewhere(call, now)
    }
  }

  private mutating func hangup(_ message: AMIMessage, _ now: Moment) {
    if let (call, leg) = place(message[.uniqueid]) {
      let isCancelled = calls[call].legs[leg].isCancelled
      let cause = message.number(.cause)
      remove(leg: calls[call].legs[leg].uniqueid, of: call, at: now) {
        .end($0.isTakenElsewhere ? .elsewhere : Self.reason(isCancelled, cause))
      }
      forget(call)
    } else if let call = call(message[.linkedid]), message[.uniqueid].equals(calls[call].linkedid) {
      calls[call].isAbandoned = true
      forget(call)
    }
  }

  /// Why a ring ended that nobody took: when the caller gave up, the cause says anything (Q.850 26,
  /// "answered elsewhere", with an option of Dial).
  private static func reason(_ isCancelled: Bool, _ cause: Int?) -> EndReason {
    if isCancelled { return .missed }
    return switch cause {
    case 17, 21: .rejected
    case 26: .elsewhere
    default: .missed
    }
  }

  /// The station has taken a call that Asterisk makes for it; now the number is known.
  private mutating func originateResponse(_ message: AMIMessage, _ now: Moment) {
    guard let (call, leg) = place(message[.uniqueid]) else { return }
    identify(call, leg, message, now)
  }

  // MARK: - Channels of the stations

  private mutating func begin(_ station: Int, _ message: AMIMessage, _ now: Moment) {
    let (uniqueid, linkedid) = (Array(message[.uniqueid]), Array(message[.linkedid]))
    guard (1...Self.longestID).contains(uniqueid.count),
      (1...Self.longestID).contains(linkedid.count),
      let state = message.number(.channelState), (4...6).contains(state)
    else { return }
    let isForItself = parties.isOwn(message[.connectedLineNum], station, message)
    let role: AMICall.Leg.Role =
      switch state {
      case 4: .calling
      case 5 where isForItself: .originated
      case 5 where uniqueid == linkedid && AMIParties.isUnknown(message[.connectedLineNum]):
        .originated
      case 6 where isForItself || uniqueid == linkedid: .calling
      default: .called
      }
    let call = follow(linkedid, now)
    calls[call].legs.append(AMICall.Leg(uniqueid: uniqueid, station: station, role: role))
    if role != .originated, calls[call].episode == nil {
      let direction: Direction = role == .called ? .incoming : .outgoing
      start(call, station, direction, message)
      if state != 6 { report(.ring, call, now) }
    }
    if state == 6 { goUp(call, calls[call].legs.count - 1, message, now) }
  }

  private mutating func start(
    _ call: Int, _ station: Int, _ direction: Direction, _ message: AMIMessage
  ) {
    calls[call].episode = AMICall.Episode(
      callID: calls[call].claimID(), station: stations.station(station), direction: direction,
      caller: parties.other(direction, station, message),
      called: direction == .incoming ? AMIParties.dialled(message) : nil)
  }

  /// The channel is up: its station took the call, or was taken.
  private mutating func goUp(_ call: Int, _ leg: Int, _ message: AMIMessage, _ now: Moment) {
    guard !calls[call].legs[leg].isUp else { return }
    calls[call].legs[leg].isUp = true
    if calls[call].episode == nil {
      let (station, role) = (calls[call].legs[leg].station, calls[call].legs[leg].role)
      start(call, station, role == .called ? .incoming : .outgoing, message)
    }
    guard calls[call].episode?.isAnswered == false else { return }
    calls[call].episode?.isAnswered = true
    report(.answer, call, now)
  }

  /// More is known of the other end, or it is somebody else now: a colleague has put a caller through.
  private mutating func identify(
    _ call: Int, _ leg: Int, _ message: AMIMessage, _ now: Moment
  ) {
    guard let episode = calls[call].episode else { return }
    let party = parties.other(episode.direction, calls[call].legs[leg].station, message)
    guard let number = party.number, number.key != episode.caller.number?.key else { return }
    if episode.caller.number == nil {
      calls[call].episode?.caller = party
    } else if episode.direction == .incoming {
      report(episode.isAnswered ? .end(.normal) : .vanish, call, now)
      calls[call].episode = AMICall.Episode(
        callID: calls[call].claimID(), station: episode.station, direction: .incoming,
        caller: party, called: episode.called, isAnswered: episode.isAnswered)
    } else {
      return
    }
    report(episode.isAnswered ? .answer : .ring, call, now)
  }

  /// The channel has another name: somebody picked the ringing call up from another telephone.
  private mutating func moved(_ call: Int, _ leg: Int, _ now: Moment) {
    guard !calls[call].legs[leg].isUp else { return }
    remove(leg: calls[call].legs[leg].uniqueid, of: call, at: now) { _ in .end(.elsewhere) }
  }

  private mutating func takeElsewhere(_ call: Int, _ now: Moment) {
    if let episode = calls[call].episode, episode.direction == .incoming, !episode.isAnswered {
      calls[call].isTakenElsewhere = true
    }
    // Rings that ended before: the caller had not given up.
    for episode in calls[call].missed { report(.end(.elsewhere), episode, now) }
    calls[call].missed = []
  }

  /// Takes a channel away, and ends the episode when it was the last of it; an answered or outgoing one
  /// is over then, another one ended as `unanswered` says.
  private mutating func remove(
    leg uniqueid: [UInt8], of call: Int, at now: Moment,
    unanswered: (AMICall) -> CallEvent.Kind
  ) {
    calls[call].legs.removeAll { $0.uniqueid == uniqueid }
    if uniqueid == calls[call].linkedid { calls[call].isAbandoned = true }
    let isAnswered = calls[call].episode?.isAnswered == true
    guard !calls[call].legs.contains(where: { $0.isUp || !isAnswered }) else { return }
    let isOver = isAnswered || calls[call].episode?.direction == .outgoing
    let kind = isOver ? .end(.normal) : unanswered(calls[call])
    guard let episode = calls[call].endEpisode() else { return }
    report(kind, episode, now)
    if kind == .end(.missed) {
      calls[call].missed = calls[call].missed.suffix(Self.missedLimit - 1) + [episode]
    }
  }

  // MARK: - Keeping calls

  private func place(_ uniqueid: UnsafeRawBufferPointer) -> (call: Int, leg: Int)? {
    for (call, known) in calls.enumerated() {
      if let leg = known.legs.firstIndex(where: { uniqueid.equals($0.uniqueid) }) {
        return (call, leg)
      }
    }
    return nil
  }

  private func call(_ linkedid: UnsafeRawBufferPointer) -> Int? {
    calls.firstIndex { linkedid.equals($0.linkedid) }
  }

  /// The place of the call with this name, which is new unless it is known.
  private mutating func follow(_ linkedid: [UInt8], _ now: Moment) -> Int {
    if let known = calls.firstIndex(where: { $0.linkedid == linkedid }) { return known }
    if calls.count == Self.limit {
      let oldest = calls.firstIndex { $0.legs.isEmpty } ?? 0
      if let episode = calls[oldest].endEpisode() {
        report(episode.isAnswered ? .end(.normal) : .vanish, episode, now)
      }
      calls.remove(at: oldest)
    }
    calls.append(AMICall(linkedid: linkedid))
    return calls.count - 1
  }

  /// Forgets a call of which nothing more can come.
  private mutating func forget(_ call: Int) {
    if calls[call].isAbandoned, calls[call].legs.isEmpty { calls.remove(at: call) }
  }

  private mutating func report(_ kind: CallEvent.Kind, _ call: Int, _ now: Moment) {
    if let episode = calls[call].episode { report(kind, episode, now) }
  }

  private mutating func report(
    _ kind: CallEvent.Kind, _ episode: AMICall.Episode, _ now: Moment
  ) {
    news.append(event(kind, episode, now))
  }

  private func event(
    _ kind: CallEvent.Kind, _ episode: AMICall.Episode, _ now: Moment
  ) -> CallEvent {
    CallEvent(
      source: source, kind: kind, at: now, callID: episode.callID, station: episode.station,
      direction: episode.direction, caller: episode.caller, called: episode.called)
  }

  private mutating func takeNews() -> [CallEvent] {
    guard !news.isEmpty else { return [] }
    defer { news = [] }
    return news
  }
}
