package import PhoneNumbers
package import Telephony

/// What FreeSWITCH's events say of calls at the station: a fold without I/O.
///
/// - A telephone that FreeSWITCH calls (`outbound`) rings in state RINGING or EARLY, and has taken the call in
///   state ACTIVE. State RINGING of one that calls FreeSWITCH (`inbound`) says that it dials.
/// - A telephone that was called and never said that it rings has missed the call, too, unless it sent it on.
/// - All telephones of the station that ring for one caller are one call. It ends with the last of them.
/// - A telephone whose operator is asked for a key (`group_confirm_key`) has taken the call when it is connected.
/// - A telephone that is called for nobody (`originate`) is rung for the station itself: an outgoing call, once it
///   is picked up and a number is called; an incoming one when it is connected to somebody who called.
/// - Whoever is bridged to the station is the other party. Who comes after another one is a new call, and a code
///   (`*8`) or a parking place that connects the station with somebody who called is an incoming one.
package struct FreeSwitchCalls {
  /// How many channels are followed at once; a station has a few.
  static let limit = 64
  /// How many rings that ended without an answer are remembered, and how many channels that ended.
  static let memory = 64
  /// How long it may take to be told whom a telephone that called is connected to [ms].
  static let bridgePatience: Int64 = 500
  /// How far apart the telephones of the station are told to ring for one call of a program's [ms].
  static let ownRingPatience: Int64 = 2_000
  /// A channel so young may not be in a list yet, which is written behind the events [ms].
  private static let youth: Int64 = 5_000

  let source: SourceID
  let station: FreeSwitchStation
  /// The extension for which calls are reported.
  let extensionName: String
  /// Oldest first.
  var legs: [FreeSwitchLeg] = []
  /// Oldest first.
  var episodes: [FreeSwitchEpisode] = []
  /// Rings that nobody took, while their callers may still be on the line; oldest first.
  var missed: [FreeSwitchEpisode] = []
  /// Calls that rang at the station, latest last.
  var heard: [String] = []
  /// The numbers that we have the station call, by the names of its channels.
  private var made: [String: String] = [:]
  /// Channels whose end was told, latest last: a list may still have them.
  private var gone: [String] = []
  /// The channels of others in the latest list.
  private var listed: Set<String> = []
  /// How many channels were heard of: of the station, and of others.
  private(set) var own = 0
  private(set) var others = 0
  var news: [CallEvent] = []

  /// No call yet of this user (`1024`, `1024@pbx.example`); `own` is the operator's extension, if it has another name.
  package init(source: SourceID, user: String, own: String = "", plan: NumberPlan) {
    self.source = source
    station = FreeSwitchStation(user, plan: plan)
    extensionName = own.isEmpty ? station.user : own
  }

  /// Takes an event in; what is new at the station.
  package mutating func apply(_ event: ChannelEvent, at now: Moment) -> [CallEvent] {
    guard !event[.id].isEmpty else { return [] }
    if event[.name] == "CHANNEL_BRIDGE" {
      bridge(event, now)
    } else if isEnd(event) {
      hangUp(event, now)
    } else {
      follow(event, now)
    }
    return drainNews()
  }

  /// The station's channel of this name will be one that is to call the number.
  mutating func make(_ id: String, calling number: String) {
    if made.count >= Self.memory { made = [:] }
    made[id] = number
  }

  /// The channels at which the call goes on, and whether it was answered.
  func channels(of callID: String) -> (ids: [String], isAnswered: Bool) {
    let episode = episodes.first { $0.callID == callID }
    return (legs.filter { $0.episode == callID }.map(\.id), episode?.isAnswered ?? false)
  }

  /// What has to be heard of, beside the station's own channels: who they are connected to, and who takes a call of
  /// theirs.
  var filters: Set<FreeSwitchFilter> {
    let channels = legs.flatMap { FreeSwitchFilter.channel($0.id) + FreeSwitchFilter.call($0.call) }
    return Set(channels + missed.flatMap { FreeSwitchFilter.call($0.call) })
  }

  /// When it is worth asking whom the station is connected to: what connects at once, such as a code for parking, may
  /// do so before the filters are set by which that is heard.
  var askAt: Moment? { legs.compactMap(\.askAt).min() }

  /// Whether it is time to ask; once.
  mutating func asks(at now: Moment) -> Bool {
    let due = legs.indices.filter { legs[$0].askAt.map { $0 <= now } ?? false }
    for leg in due { legs[leg].askAt = nil }
    return !due.isEmpty
  }

  // MARK: - Lists

  /// All channels are going to be listed.
  mutating func suspect(at now: Moment, isConnectionNew: Bool) {
    for leg in legs.indices {
      guard !legs[leg].isSuspect else { continue }
      legs[leg].isSuspect = isConnectionNew || now - legs[leg].latest >= Self.youth
    }
  }

  /// The channels that there are; what has gone meanwhile ends.
  package mutating func adopt(_ list: ListedChannels, at now: Moment) -> [CallEvent] {
    for event in list.events where !gone.contains(event[.id]) {
      follow(event, now)
      guard let leg = leg(event[.id]), legs[leg].isUp, !event[.other].isEmpty else { continue }
      connect(leg, FreeSwitchParty(event, of: event[.other]), now)
    }
    let strangers = Set(list.events.map { $0[.id] }.filter { leg($0) == nil })
    others = min(others + strangers.subtracting(listed).count, .max - 1)
    listed = strangers
    // Whom a telephone of the station calls says so, not the telephone.
    for event in list.events where leg(event[.id]) == nil {
      guard let leg = leg(event[.call]), legs[leg].isUp, legs[leg].role != .called,
        event[.state] != "RINGING"
      else { continue }
      connect(leg, FreeSwitchParty(event, of: event[.id]), now)
    }
    // Somebody may have picked up who is asked for a key, while the caller waits.
    let waiting = Set(list.events.filter { !isUp($0) }.map { $0[.id] })
    let taken = list.events.filter { event in
      event[.direction] == "outbound" && isUp(event) && !event.isByLoopback
        && leg(event[.id]) == nil && !waiting.contains(event[.call])
    }
    let calls = taken.map { $0[.call] }
    endElsewhere(calls, now)
    return settle(at: now, taken: Set(calls))
  }

  /// All channels have been listed, or cannot be: nobody told how the others ended. `taken`: the calls that a telephone of
  /// somebody else's has.
  mutating func settle(at now: Moment, taken: Set<String> = []) -> [CallEvent] {
    for leg in legs.filter(\.isSuspect) {
      remove(leg.id, now) { episode in
        if Self.isBegun(episode) { return .end(.lost) }
        return taken.contains(leg.call) ? .end(.elsewhere) : .vanish
      }
    }
    return drainNews()
  }

  /// Whether nobody can say of it any more that it rings.
  private static func isBegun(_ episode: FreeSwitchEpisode) -> Bool {
    episode.isAnswered || episode.direction == .outgoing
  }

  /// The connection has been down for so long that nobody knows what became of the calls.
  mutating func giveUp(at now: Moment) -> [CallEvent] {
    suspect(at: now, isConnectionNew: true)
    return settle(at: now)
  }

  /// The rings that go on, told again: a window gives up a ring of which nothing is heard (R5a).
  func remind(at now: Moment) -> [CallEvent] {
    episodes.filter { $0.direction == .incoming && !$0.isAnswered && $0.isTold }
      .map { event(.ring, $0, now) }
  }

  // MARK: - Channels

  private func isEnd(_ event: ChannelEvent) -> Bool {
    event[.name].hasPrefix("CHANNEL_HANGUP") || event[.answerState] == "hangup"
      || event[.state] == "HANGUP"
  }

  /// A channel tells of itself.
  private mutating func follow(_ event: ChannelEvent, _ now: Moment) {
    guard let leg = leg(event[.id]) ?? begin(event, now) else { return followOther(event, now) }
    legs[leg].latest = now
    legs[leg].isSuspect = false
    let dialled = event[.dialled]
    if legs[leg].role == .originated, legs[leg].dialled.isEmpty, dialled != legs[leg].contact,
      FreeSwitchStation.isNumber(dialled)
    {
      legs[leg].dialled = dialled
      callsNumber(leg, now)
    }
    if isUp(event), !legs[leg].asksForKey || legs[leg].isConnected { goUp(leg, event, now) }
    if event[.name] == "CALL_UPDATE", event[.state] == "ACTIVE", legs[leg].role == .calling,
      legs[leg].isUp, !legs[leg].isConnected, !event[.other].isEmpty
    {
      connect(leg, FreeSwitchParty(event, of: event[.other]), now)
    }
    if ["RINGING", "EARLY"].contains(event[.state]) { ring(leg, event, now) }
    if legs[leg].role == .called { shows(leg, event, now) }
  }

  private func isUp(_ event: ChannelEvent) -> Bool {
    event[.name] == "CHANNEL_ANSWER" || event[.answerState] == "answered"
      || ["ACTIVE", "HELD", "UNHELD", "RING_WAIT"].contains(event[.state])
  }

  /// A channel of somebody else's.
  private mutating func followOther(_ event: ChannelEvent, _ now: Moment) {
    if event[.name] == "CHANNEL_CREATE" { others = min(others + 1, .max - 1) }
    if event[.name] == "CHANNEL_CREATE", event[.direction] == "outbound",
      let leg = leg(event[.other]), legs[leg].isConnected
    {
      legs[leg].consulted = event[.id]
    }
    if event[.name] == "CALL_UPDATE", event[.state] == "ACTIVE", let leg = leg(event[.other]),
      legs[leg].isUp, !legs[leg].isConnected
    {
      // They were connected before the filters were set by which that is heard.
      connect(leg, FreeSwitchParty(event, of: event[.id]), now)
    }
    guard event[.direction] == "outbound" else { return }
    if let leg = leg(event[.other]), legs[leg].role == .originated, legs[leg].dialled.isEmpty {
      legs[leg].dialled = FreeSwitchParty(event, of: event[.id]).number
      callsNumber(leg, now)
    }
    // Who is asked for a key has not taken it yet: the bridge says so.
    if event[.name] == "CHANNEL_ANSWER", !event.isByLoopback, event[.confirmKey].isEmpty {
      endElsewhere([event[.call], event[.other]], now)
    }
  }

  /// A channel of the station is heard of for the first time; nil: it is somebody else's.
  private mutating func begin(_ event: ChannelEvent, _ now: Moment) -> Int? {
    let id = event[.id]
    guard made[id] != nil || station.isOwn(event), !gone.contains(id) else { return nil }
    own = min(own + 1, .max - 1)
    if legs.count >= Self.limit, let oldest = legs.first {
      remove(oldest.id, now) { Self.isBegun($0) ? .end(.lost) : .vanish }
    }
    let role = role(event)
    let number = role == .originated ? made[id] ?? "" : role == .calling ? event[.dialled] : ""
    let call = self.call(event)
    let isLate = legs.contains { $0.role == .called && $0.call == call && $0.isUp }
    legs.append(
      FreeSwitchLeg(
        id: id, call: call, role: role, dialled: number,
        contact: event[.dialled], peer: role == .called ? other(event) : "",
        shown: event[.callerNumber], asksForKey: role == .called && !event[.confirmKey].isEmpty,
        isLate: isLate, latest: now))
    echoes(legs.count - 1, now)
    return legs.count - 1
  }

  /// The channel for which another one is called, and the call that it is in: several that are called side by side
  /// (`:_:`), or by a queue, have no other end yet, and calls of their own.
  private func other(_ event: ChannelEvent) -> String {
    event[.other].isEmpty ? event[.originator] : event[.other]
  }

  private func call(_ event: ChannelEvent) -> String {
    let (id, call) = (event[.id], event[.call])
    if !call.isEmpty, call != id { return call }
    // Two kinds of queues call all telephones of a station for who waits, each in a call of its own.
    for caller in [event[.queueCaller], event[.waiting]] where !caller.isEmpty { return caller }
    return event[.direction] == "outbound" && !event[.originator].isEmpty ? event[.originator] : id
  }

  private func role(_ event: ChannelEvent) -> FreeSwitchLeg.Role {
    if made[event[.id]] != nil { return .originated }
    if event[.direction] == "inbound" { return .calling }
    // A queue calls its agents so, and shows them who waits.
    let isAgent = event[.queueSide] == "agent" || !event[.queueMember].isEmpty
    return !isAgent && other(event).isEmpty && call(event) == event[.id] ? .originated : .called
  }

  private mutating func hangUp(_ event: ChannelEvent, _ now: Moment) {
    let (id, cause) = (event[.id], event[.cause])
    if let place = leg(id) {
      let leg = legs[place]
      if leg.role == .originated, leg.isUp, leg.episode == nil {
        // Picked up, and connected to nobody: who it was for is only said by what the telephone showed.
        let caller = station.caller(event)
        if !caller.isWithheld { start(place, .outgoing, caller, called: nil) }
      }
      let isUnheard = isUnheard(leg, cause)
      if isUnheard { missSilently(place, event) }
      remove(id, now) { episode in
        let reason = Self.reason(cause, leg, episode.isAnswered)
        // Where nothing rang, nobody refused it by hand.
        return .end(isUnheard && reason == .rejected ? .missed : reason)
      }
      gone = gone.suffix(Self.memory - 1) + [id]
      made[id] = nil
    }
    missed.removeAll { $0.call == id }
  }

  /// Whether the telephone was called, never said that it rings, and did not send the call on: it is dead, or refused it by
  /// itself; another one of the station may ring yet.
  private func isUnheard(_ leg: FreeSwitchLeg, _ cause: String) -> Bool {
    leg.role == .called && !leg.isUp && leg.episodes == 0 && leg.episode == nil
      && cause != "REDIRECTION_TO_NEW_DESTINATION" && !heard.contains(leg.call)
      && !legs.contains { $0.call == leg.call && $0.id != leg.id }
  }

  /// Why a call ended, by the cause of the channel that was the last one of it.
  private static func reason(
    _ cause: String, _ leg: FreeSwitchLeg, _ isAnswered: Bool
  ) -> EndReason {
    if isAnswered { return .normal }
    guard leg.role == .called else {
      let isQuiet = ["", "NONE", "NORMAL_CLEARING", "ORIGINATOR_CANCEL", "MANAGER_REQUEST"]
      return isQuiet.contains(cause) ? .normal : .failed
    }
    return switch cause {
    case "LOSE_RACE", "PICKED_OFF": .elsewhere
    case "USER_BUSY", "CALL_REJECTED": .rejected
    default: .missed
    }
  }

  func leg(_ id: String) -> Int? { id.isEmpty ? nil : legs.firstIndex { $0.id == id } }

  private mutating func drainNews() -> [CallEvent] {
    defer { news = [] }
    return news
  }
}
