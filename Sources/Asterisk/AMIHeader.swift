/// A header of the manager's messages that is read here; all others are passed over.
enum AMIHeader: Int, CaseIterable {
  case event, response, actionID, message
  case channel, channelState, uniqueid, linkedid, exten
  case callerIDNum, callerIDName, connectedLineNum, connectedLineName
  case destChannel, destUniqueid, destLinkedid, dialStatus, dialString, forward
  case destChannelState, destCallerIDNum, destCallerIDName, destExten
  case destConnectedLineNum, destConnectedLineName
  case targetChannel, targetUniqueid, targetLinkedid
  case bridgeUniqueid, bridgeID, bridgeType, duration, application
  case cause, reason, value

  /// The header of this name, in any case of its letters: versions differ (`CallerIDNum`, `CallerIDnum`).
  @inline(__always)
  init?(_ name: UnsafeRawBufferPointer) {
    guard let first = name.first else { return nil }
    let candidates: (AMIHeader, AMIHeader?)
    switch (name.count, first | 0x20) {
    case (5, UInt8(ascii: "e")): candidates = (.event, .exten)
    case (5, UInt8(ascii: "c")): candidates = (.cause, nil)
    case (5, UInt8(ascii: "v")): candidates = (.value, nil)
    case (6, UInt8(ascii: "r")): candidates = (.reason, nil)
    case (7, UInt8(ascii: "c")): candidates = (.channel, nil)
    case (7, UInt8(ascii: "m")): candidates = (.message, nil)
    case (7, UInt8(ascii: "f")): candidates = (.forward, nil)
    case (8, UInt8(ascii: "u")): candidates = (.uniqueid, nil)
    case (8, UInt8(ascii: "l")): candidates = (.linkedid, nil)
    case (8, UInt8(ascii: "r")): candidates = (.response, nil)
    case (8, UInt8(ascii: "a")): candidates = (.actionID, nil)
    case (8, UInt8(ascii: "b")): candidates = (.bridgeID, nil)
    case (8, UInt8(ascii: "d")): candidates = (.duration, nil)
    case (9, UInt8(ascii: "d")): candidates = (.destExten, nil)
    case (10, UInt8(ascii: "d")): candidates = (.dialStatus, .dialString)
    case (10, UInt8(ascii: "b")): candidates = (.bridgeType, nil)
    case (11, UInt8(ascii: "c")): candidates = (.callerIDNum, nil)
    case (11, UInt8(ascii: "d")): candidates = (.destChannel, nil)
    case (11, UInt8(ascii: "a")): candidates = (.application, nil)
    case (12, UInt8(ascii: "c")): candidates = (.channelState, .callerIDName)
    case (12, UInt8(ascii: "d")): candidates = (.destUniqueid, .destLinkedid)
    case (13, UInt8(ascii: "t")): candidates = (.targetChannel, nil)
    case (14, UInt8(ascii: "t")): candidates = (.targetUniqueid, .targetLinkedid)
    case (15, UInt8(ascii: "d")): candidates = (.destCallerIDNum, nil)
    case (16, UInt8(ascii: "d")): candidates = (.destChannelState, .destCallerIDName)
    case (20, UInt8(ascii: "d")): candidates = (.destConnectedLineNum, nil)
    case (21, UInt8(ascii: "d")): candidates = (.destConnectedLineName, nil)
    case (14, UInt8(ascii: "b")): candidates = (.bridgeUniqueid, nil)
    case (16, UInt8(ascii: "c")): candidates = (.connectedLineNum, nil)
    case (17, UInt8(ascii: "c")): candidates = (.connectedLineName, nil)
    default: return nil
    }
    if name.equals(candidates.0.name) {
      self = candidates.0
    } else if let other = candidates.1, name.equals(other.name) {
      self = other
    } else {
      return nil
    }
  }

  /// The longest name [bytes].
  static let longestName = 21

  /// The name in small letters.
  private var name: StaticString {
    switch self {
    case .event: "event"
    case .response: "response"
    case .actionID: "actionid"
    case .message: "message"
    case .channel: "channel"
    case .channelState: "channelstate"
    case .uniqueid: "uniqueid"
    case .linkedid: "linkedid"
    case .exten: "exten"
    case .callerIDNum: "calleridnum"
    case .callerIDName: "calleridname"
    case .connectedLineNum: "connectedlinenum"
    case .connectedLineName: "connectedlinename"
    case .destChannel: "destchannel"
    case .destUniqueid: "destuniqueid"
    case .destLinkedid: "destlinkedid"
    case .dialStatus: "dialstatus"
    case .dialString: "dialstring"
    case .forward: "forward"
    case .destChannelState: "destchannelstate"
    case .destCallerIDNum: "destcalleridnum"
    case .destCallerIDName: "destcalleridname"
    case .destExten: "destexten"
    case .destConnectedLineNum: "destconnectedlinenum"
    case .destConnectedLineName: "destconnectedlinename"
    case .targetChannel: "targetchannel"
    case .targetUniqueid: "targetuniqueid"
    case .targetLinkedid: "targetlinkedid"
    case .bridgeUniqueid: "bridgeuniqueid"
    case .bridgeID: "bridgeid"
    case .bridgeType: "bridgetype"
    case .duration: "duration"
    case .application: "application"
    case .cause: "cause"
    case .reason: "reason"
    case .value: "value"
    }
  }
}

/// An event of the manager that is read here.
enum AMIEventName: CaseIterable {
  case newchannel, newstate, newConnectedLine, newCallerid, dialBegin, dialState, dialEnd
  case bridgeEnter, bridgeLeave, pickup, hangup, originateResponse
  case coreShowChannel, coreShowChannelsComplete

  /// The event of this name, in any case of its letters.
  init?(_ name: UnsafeRawBufferPointer) {
    guard let last = name.last else { return nil }
    switch (name.count, last | 0x20) {
    case (6, UInt8(ascii: "p")): self = name[0] | 0x20 == UInt8(ascii: "p") ? .pickup : .hangup
    case (7, UInt8(ascii: "d")): self = .dialEnd
    case (8, UInt8(ascii: "e")): self = .newstate
    case (9, UInt8(ascii: "n")): self = .dialBegin
    case (9, UInt8(ascii: "e")): self = .dialState
    case (10, UInt8(ascii: "l")): self = .newchannel
    case (11, UInt8(ascii: "r")): self = .bridgeEnter
    case (11, UInt8(ascii: "e")): self = .bridgeLeave
    case (11, UInt8(ascii: "d")): self = .newCallerid
    case (15, UInt8(ascii: "l")): self = .coreShowChannel
    case (16, UInt8(ascii: "e")): self = .newConnectedLine
    case (17, UInt8(ascii: "e")): self = .originateResponse
    case (24, UInt8(ascii: "e")): self = .coreShowChannelsComplete
    default: return nil
    }
    guard name.equals(self.name) else { return nil }
  }

  /// The name in small letters.
  private var name: StaticString {
    switch self {
    case .newchannel: "newchannel"
    case .newstate: "newstate"
    case .newConnectedLine: "newconnectedline"
    case .newCallerid: "newcallerid"
    case .dialBegin: "dialbegin"
    case .dialState: "dialstate"
    case .dialEnd: "dialend"
    case .bridgeEnter: "bridgeenter"
    case .bridgeLeave: "bridgeleave"
    case .pickup: "pickup"
    case .hangup: "hangup"
    case .originateResponse: "originateresponse"
    case .coreShowChannel: "coreshowchannel"
    case .coreShowChannelsComplete: "coreshowchannelscomplete"
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes are these, in any case of letters: small letters, digits, `/` and `-` only.
  @inline(__always)
  func equals(_ letters: StaticString) -> Bool {
    guard count == letters.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[index] | 0x20 != letters.utf8Start[index] { return false }
    return true
  }

  /// Whether the bytes are those of the array.
  @inline(__always)
  func equals(_ bytes: [UInt8]) -> Bool { elementsEqual(bytes) }

  /// Whether the bytes begin with these letters, which are small ones, in any case.
  @inline(__always)
  func begins(_ letters: StaticString) -> Bool {
    count >= letters.utf8CodeUnitCount
      && UnsafeRawBufferPointer(rebasing: self[..<letters.utf8CodeUnitCount]).equals(letters)
  }
}
