import Telephony

/// A channel of the station.
struct FreeSwitchLeg {
  /// What it is to the station.
  enum Role {
    /// FreeSWITCH calls the telephone.
    case called
    /// The telephone calls.
    case calling
    /// FreeSWITCH calls the telephone for the station itself, which is then connected to somebody.
    case originated
  }

  /// Its name.
  let id: String
  /// The call that it began in: all telephones that ring for one caller have the same.
  let call: String
  let role: Role
  /// The number that it called, or is to call once it was picked up; empty: none yet.
  var dialled: String
  /// The number at which FreeSWITCH calls it: the telephone's own.
  let contact: String
  /// The channel at the other end, or that calls it; empty: none yet.
  var peer: String
  /// The channel that was called for it while it was up: a consultation.
  var consulted: String?
  /// The number that its telephone shows.
  var shown: String
  /// Whether its telephone was picked up.
  var isUp = false
  /// What was told when its telephone was rung for a program's call.
  var ownRing: CallEvent?
  /// Whether it was connected to another channel.
  var isConnected = false
  /// When it is worth asking whom it is connected to; nil: that is known, or was asked.
  var askAt: Moment?
  /// Whether who picks it up is asked for a key, and has nobody on the line before.
  let asksForKey: Bool
  /// Whether another telephone of the station had its call already when it began: it is not one of those that were
  /// called together, of which one was faster.
  let isLate: Bool
  /// Which episode goes on at it.
  var episode: String?
  /// How many went on at it.
  var episodes = 0
  /// When it was last heard of.
  var latest: Moment
  /// It was not heard of since all channels are being listed.
  var isSuspect = false
}

/// A call as the operator has it: one other end, from the ring or the dialling to the end.
struct FreeSwitchEpisode {
  let callID: String
  /// The call of the channel that it began at.
  let call: String
  var direction: Direction
  var caller: Caller
  var called: String?
  var isAnswered = false
  /// Whether somebody else has the call, as one of its telephones was told.
  var isTaken = false
  /// Whether anybody was told.
  var isTold = false

  /// Whether somebody calls who does not wish that his number is shown.
  var isHidden: Bool { direction == .incoming && caller.isWithheld }
}

/// A channel that the station's is connected to.
struct FreeSwitchParty {
  let id: String
  /// It called FreeSWITCH.
  let isInbound: Bool
  /// Its number: as a caller that which it came with, else that which was dialled.
  let number: String
  let name: String
  let isHidden: Bool

  /// The channel of this name in an event of itself, or of the one at its other end.
  init(_ event: ChannelEvent, of id: String) {
    self.id = id
    if event[.id] == id {
      isInbound = event[.direction] == "inbound"
      let first = event[.firstNumber]
      number =
        isInbound
        ? first.isEmpty ? event[.callerNumber] : first : Self.user(ofContact: event[.dialled])
      name = isInbound ? event[.firstName] : ""
      isHidden = isInbound && event[.hidesNumber] == "true"
    } else {
      isInbound = event[.otherDirection] == "inbound"
      let first = event[.otherFirstNumber]
      number =
        isInbound
        ? first.isEmpty ? event[.otherNumber] : first : Self.user(ofContact: event[.otherDialled])
      name = isInbound ? event[.otherFirstName] : ""
      isHidden = isInbound && event[.otherHidesNumber] == "true"
    }
  }

  /// `1025` of `1025-0x55b64f944eb0`, as which a telephone registered.
  private static func user(ofContact number: String) -> String {
    number.firstRange(of: "-0x").map { String(number[..<$0.lowerBound]) } ?? number
  }
}
