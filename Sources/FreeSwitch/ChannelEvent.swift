import CTIBlock
import TextForms

/// What FreeSWITCH tells of a channel, of a bridge of two, or of a job; of some 150 lines the ones that count.
///
///     Event-Name: CHANNEL_CALLSTATE
///     Channel-Call-State: RINGING
///     Call-Direction: outbound
///     Unique-ID: 29c388d6-79a6-4fb3-a181-f6aa60de3139
///     Channel-Presence-ID: 1024%40pbx.example
///     Caller-Caller-ID-Number: %2B33388202122
///
/// `Call-Direction` is FreeSWITCH's view: `outbound` is a telephone that it calls.
package struct ChannelEvent: Hashable {
  /// The lines that count, in FreeSWITCH's own words.
  package enum Header: String, CaseIterable {
    case name = "Event-Name"
    case id = "Unique-ID"
    case call = "Channel-Call-UUID"
    case direction = "Call-Direction"
    case state = "Channel-Call-State"
    case answerState = "Answer-State"
    case channel = "Channel-Name"
    case presence = "Channel-Presence-ID"
    case cause = "Hangup-Cause"
    case user = "Caller-Username"
    case context = "Caller-Context"
    case callerNumber = "Caller-Caller-ID-Number"
    case callerName = "Caller-Caller-ID-Name"
    case firstNumber = "Caller-Orig-Caller-ID-Number"
    case firstName = "Caller-Orig-Caller-ID-Name"
    case dialled = "Caller-Destination-Number"
    case redirected = "Caller-RDNIS"
    case hidesNumber = "Caller-Privacy-Hide-Number"
    case other = "Other-Leg-Unique-ID"
    case otherChannel = "Other-Leg-Channel-Name"
    case otherDirection = "Other-Leg-Direction"
    case otherNumber = "Other-Leg-Caller-ID-Number"
    case otherFirstNumber = "Other-Leg-Orig-Caller-ID-Number"
    case otherFirstName = "Other-Leg-Orig-Caller-ID-Name"
    case otherDialled = "Other-Leg-Destination-Number"
    case otherHidesNumber = "Other-Leg-Privacy-Hide-Number"
    case bridgeA = "Bridge-A-Unique-ID"
    case bridgeB = "Bridge-B-Unique-ID"
    case dialledUser = "variable_dialed_user"
    case login = "variable_sip_auth_username"
    case queueSide = "variable_cc_side"
    case queueMember = "variable_fifo_outbound_uuid"
    case queueCaller = "variable_cc_member_session_uuid"
    case waiting = "variable_fifo_bridge_uuid"
    case originator = "variable_originating_leg_uuid"
    case confirmKey = "variable_group_confirm_key"
    case job = "Job-UUID"
  }

  /// The longest value that is kept [bytes].
  private static let longest = 512
  private static let headers = Dictionary(
    uniqueKeysWithValues: Header.allCases.map { ($0.rawValue, $0) })

  private var values: [Header: String] = [:]
  /// What a job printed.
  package private(set) var output = ""

  /// An event of which nothing is known.
  init() {}

  /// Reads an event, plain or JSON; nil when the message is none.
  package init?(_ message: EventSocketMessage) {
    switch message.contentType {
    case "text/event-plain": readPlain(message.body)
    case "text/event-json":
      guard let document = try? JSONValue(message.body), case .object(let members) = document
      else { return nil }
      for (name, header) in Self.headers {
        self[header] = String(members[name]?.text?.prefix(Self.longest) ?? "")
      }
      output = String(members["_body"]?.text?.prefix(Self.longest) ?? "")
    default: return nil
    }
    guard !self[.name].isEmpty else { return nil }
  }

  /// Whether it is of a way back into the dialplan, or of one to it: a voice mail box may be behind it. A telephone that
  /// is takes the way's place.
  var isByLoopback: Bool {
    self[.channel].hasPrefix("loopback/") || self[.otherChannel].hasPrefix("loopback/")
  }

  /// The line's value; empty without one.
  package internal(set) subscript(header: Header) -> String {
    get { values[header] ?? "" }
    set { values[header] = newValue.isEmpty ? nil : newValue }
  }

  /// Lines whose values are percent-encoded, an empty one, and what a job printed.
  private mutating func readPlain(_ body: [UInt8]) {
    var rest = body[...]
    while !rest.isEmpty {
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest.dropFirst(line.count + 1)
      guard !line.isEmpty else { break }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
        let header = Self.headers[String(decoding: line[..<colon], as: UTF8.self)],
        values[header] == nil
      else { continue }
      let value = line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") }.prefix(Self.longest)
      self[header] = PlainText.decoded(PercentCoding.decode(Array(value)[...]))
    }
    output = String(decoding: rest.prefix(Self.longest), as: UTF8.self)
  }
}
