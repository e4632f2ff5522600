import Telephony

/// A channel of a followed station.
struct AMILeg {
  /// Who began it.
  enum Role {
    /// Somebody calls the station.
    case called
    /// The station calls.
    case calling
    /// Asterisk rings the station in order to call somebody for it (`Originate`).
    case originated
  }

  let id: [UInt8]
  /// The call that it was part of when it began.
  let call: [UInt8]
  /// When the channel was first heard of: who was up before did not take what rings here.
  let born: Int
  let station: Int
  var role: Role
  var isUp = false
  /// Whether the caller gave up, or another channel was faster.
  var isCancelled = false
  /// Whether the channel may have gone while the connection was down, or without a word.
  var isSuspect = false
  /// What was told when the station was rung for a program's call.
  var ownRing: CallEvent?
  /// What the channel shows as the other end's number, as it was last told.
  var connected: [UInt8] = []
  /// The channels that call it, as far as they were known: some of them go before it does.
  var diallers: [[UInt8]] = []
  /// Whether the last of them is a telephone or a line. Behind a `Local` channel that was only listed nobody is known.
  var isCallerKnown = false
  /// Whether it has been in a room: an agent waits there for callers, and a conference is no call of one party.
  var hasWaited = false
  /// The channel at the other end, when it was last one.
  var peer: [UInt8]?
  /// The `Local` channel by which a consultation of this station is carried.
  var consultation: [UInt8]?
  /// The episode that goes on here, by its name; nil: nothing that the operator takes for a call.
  var episode: String?
  /// Episodes whose other end waits while this station consults somebody else.
  var held: [(episode: String, peer: [UInt8])] = []
}

/// What the operator takes for one call.
///
/// A queue may ring a station for the same call again and again: each time is an episode of its own.
struct AMIEpisode {
  let callID: String
  /// The call in Asterisk's sense in which it began.
  let call: [UInt8]
  let station: String
  var direction: Direction
  var caller: Caller
  var called: String?
  var isAnswered = false
  /// Whether it was reported.
  var isTold = false
  /// Whether nobody said that it rings: only its end is told.
  var isSilent = false
}

/// A ring that ended without an answer, of which more may become known.
struct AMIMissedRing {
  let episode: AMIEpisode
  /// The channels that called the station.
  let diallers: [[UInt8]]
  /// When its channel was first heard of.
  let born: Int
}

extension Caller {
  /// What tells this party from another; nil: nobody was named.
  var distinction: String? { number?.key ?? (isWithheld || text.isEmpty ? nil : text) }
}
