import Telephony

/// One call, in Asterisk's sense, that has or had legs at the followed stations: all channels of one
/// `Linkedid`.
///
/// A queue may ring a station for the same call again and again: each time is a call of its own for the
/// operator, an ``Episode``.
struct AMICall {
  /// A channel of a followed station.
  struct Leg {
    /// Who began it.
    enum Role {
      /// Somebody calls the station.
      case called
      /// The station calls.
      case calling
      /// Asterisk rings the station in order to call somebody for it (`Originate`).
      case originated
    }

    let uniqueid: [UInt8]
    let station: Int
    let role: Role
    var isUp = false
    /// Whether the caller gave up, or another channel was faster.
    var isCancelled = false
    /// Whether the channel may have gone while the connection was down.
    var isSuspect = false
  }

  /// What the operator takes for one call.
  struct Episode {
    let callID: String
    let station: String
    let direction: Direction
    var caller: Caller
    var called: String?
    var isAnswered = false
  }

  let linkedid: [UInt8]
  var legs: [Leg] = []
  /// What goes on at the stations now.
  var episode: Episode?
  /// The latest episodes that ended without an answer.
  var missed: [Episode] = []
  /// Whether another station took the call while it rang here.
  var isTakenElsewhere = false
  /// Whether the caller's own channel has gone.
  var isAbandoned = false
  private var episodes = 0

  /// A call without legs.
  init(linkedid: [UInt8]) { self.linkedid = linkedid }

  /// A name for the next episode: the first one has the call's own.
  mutating func claimID() -> String {
    episodes += 1
    let name = String(decoding: linkedid, as: UTF8.self)
    return episodes == 1 ? name : "\(name)/\(episodes)"
  }

  /// Ends the episode; it, if there was one.
  mutating func endEpisode() -> Episode? {
    defer {
      episode = nil
      isTakenElsewhere = false
    }
    return episode
  }
}
