/// A channel in the words of the manager, for stories that nobody recorded.
struct Leg: Sendable {
  var channel: String
  /// The channel's own name, and that of its call.
  var id: String
  var call: String
  /// Who is at the channel, and to whom it is connected.
  var number = "1024"
  var connected = "<unknown>"
  var name = "<unknown>"
  var exten = "1024"

  /// The caller's channel: it began the call.
  static func trunk(_ call: String) -> Leg {
    Leg(channel: "PJSIP/trunk-000000a0", id: call, call: call, number: "0388202122")
  }

  /// A channel of a station that is called.
  static func station(
    _ id: String, in call: String, at station: String = "1024",
    from connected: String = "0388202122", name: String = "Dupont SA"
  ) -> Leg {
    Leg(
      channel: "PJSIP/\(station)-000000b\(id.suffix(1))", id: id, call: call, number: station,
      connected: connected, name: name)
  }

  /// An event of the channel.
  func event(_ name: String, state: Int, _ more: String...) -> String {
    let lines =
      [
        "Event: \(name)", "Privilege: call,all", "Channel: \(channel)", "ChannelState: \(state)",
        "CallerIDNum: \(number)", "CallerIDName: Accueil", "ConnectedLineNum: \(connected)",
        "ConnectedLineName: \(self.name)", "Exten: \(exten)", "Uniqueid: \(id)",
        "Linkedid: \(call)",
      ] + more
    return lines.joined(separator: "\r\n") + "\r\n\r\n"
  }

  var rings: String { event("Newstate", state: 5) }
  var goesUp: String { event("Newstate", state: 6) }
  var begins: String { event("Newchannel", state: 4) }

  func hangsUp(cause: Int = 16) -> String { event("Hangup", state: 5, "Cause: \(cause)") }

  /// The end of the attempt to reach this channel.
  func dialEnds(_ status: String) -> String {
    let lines = [
      "Event: DialEnd", "DestChannel: \(channel)", "DestUniqueid: \(id)", "DestLinkedid: \(call)",
      "DialStatus: \(status)",
    ]
    return lines.joined(separator: "\r\n") + "\r\n\r\n"
  }
}
