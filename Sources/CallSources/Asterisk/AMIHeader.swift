/// A header of the manager's messages that is read here; all others are passed over.
enum AMIHeader: Int, CaseIterable {
  case event, response, actionID, message
  case channel, channelState, uniqueid, linkedid, exten
  case callerIDNum, connectedLineNum, connectedLineName
  case destChannel, destUniqueid, destLinkedid, dialStatus
  case cause, reason

  /// The header of this name, in any case of its letters: versions differ (`CallerIDNum`, `CallerIDnum`).
  @inline(__always)
  init?(_ name: UnsafeRawBufferPointer) {
    let candidates: (AMIHeader, AMIHeader?, AMIHeader?, AMIHeader?)
    switch name.count {
    case 5: candidates = (.event, .cause, .exten, nil)
    case 6: candidates = (.reason, nil, nil, nil)
    case 7: candidates = (.channel, .message, nil, nil)
    case 8: candidates = (.uniqueid, .linkedid, .response, .actionID)
    case 10: candidates = (.dialStatus, nil, nil, nil)
    case 11: candidates = (.callerIDNum, .destChannel, nil, nil)
    case 12: candidates = (.channelState, .destUniqueid, .destLinkedid, nil)
    case 16: candidates = (.connectedLineNum, nil, nil, nil)
    case 17: candidates = (.connectedLineName, nil, nil, nil)
    default: return nil
    }
    if name.equals(candidates.0.name) {
      self = candidates.0
    } else if let other = candidates.1, name.equals(other.name) {
      self = other
    } else if let other = candidates.2, name.equals(other.name) {
      self = other
    } else if let other = candidates.3, name.equals(other.name) {
      self = other
    } else {
      return nil
    }
  }

  /// The longest name [bytes].
  static let longestName = 17

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
    case .connectedLineNum: "connectedlinenum"
    case .connectedLineName: "connectedlinename"
    case .destChannel: "destchannel"
    case .destUniqueid: "destuniqueid"
    case .destLinkedid: "destlinkedid"
    case .dialStatus: "dialstatus"
    case .cause: "cause"
    case .reason: "reason"
    }
  }
}

/// An event of the manager that is read here.
enum AMIEventName: CaseIterable {
  case newchannel, newstate, newConnectedLine, dialEnd, hangup, originateResponse
  case coreShowChannel, coreShowChannelsComplete

  /// The event of this name, in any case of its letters.
  init?(_ name: UnsafeRawBufferPointer) {
    switch name.count {
    case 6: self = .hangup
    case 7: self = .dialEnd
    case 8: self = .newstate
    case 10: self = .newchannel
    case 15: self = .coreShowChannel
    case 16: self = .newConnectedLine
    case 17: self = .originateResponse
    case 24: self = .coreShowChannelsComplete
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
    case .dialEnd: "dialend"
    case .hangup: "hangup"
    case .originateResponse: "originateresponse"
    case .coreShowChannel: "coreshowchannel"
    case .coreShowChannelsComplete: "coreshowchannelscomplete"
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes are these letters, which are small ones, in any case.
  @inline(__always)
  func equals(_ letters: StaticString) -> Bool {
    guard count == letters.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[index] | 0x20 != letters.utf8Start[index] { return false }
    return true
  }

  /// Whether the bytes are those of the array.
  @inline(__always)
  func equals(_ bytes: [UInt8]) -> Bool { elementsEqual(bytes) }
}
