/// Which events FreeSWITCH sends: those with this header of this value, or that another filter lets pass.
///
/// As `event_handler` of mod_event_socket.c has it: without filters all are sent; a value between `/` is a regular
/// expression, others are compared as they stand, but for signs before them.
///
///     → filter Channel-Presence-ID /^1024(@|$)/    ← +OK filter added. [Channel-Presence-ID]=[…]
///     → filter delete Unique-ID 29c388d6-…         ← +OK filter deleted. […][…]
struct FreeSwitchFilter: Hashable {
  let header: String
  let value: String

  /// The command's words.
  var added: String { "filter \(header) \(value)" }
  /// The words of its contrary.
  var deleted: String { "filter delete \(header) \(value)" }

  /// The events of the station's telephones, and of what we ask for under names that begin so. The first is the one
  /// that matters most. What passes too much is looked at again.
  static func standing(_ station: FreeSwitchStation, idPrefix: String) -> [FreeSwitchFilter] {
    let (user, ids) = (escaped(station.user), escaped(idPrefix))
    let domain = station.domain.map { "(@\(escaped($0)))?$" } ?? "(@|$)"
    return [
      FreeSwitchFilter(header: "Channel-Presence-ID", value: "/^(?i)\(user)\(domain)/"),
      FreeSwitchFilter(header: "Caller-Username", value: "/^\(user)$/"),
      FreeSwitchFilter(header: "variable_dialed_user", value: "/^\(user)$/"),
      FreeSwitchFilter(header: "Channel-Name", value: "/(^|\\/)(sip:)?\(user)(@|-0x)/"),
      FreeSwitchFilter(header: "Unique-ID", value: "/^\(ids)/"),
      FreeSwitchFilter(header: "Job-UUID", value: "/^\(ids)/"),
    ]
  }

  /// The events of a channel of the station, and of those that are connected to it.
  static func channel(_ id: String) -> [FreeSwitchFilter] {
    let headers = [
      "Unique-ID", "Other-Leg-Unique-ID", "Bridge-A-Unique-ID", "Bridge-B-Unique-ID",
    ]
    return headers.compactMap { FreeSwitchFilter($0, named: id) }
  }

  /// The events of all channels of a call.
  static func call(_ id: String) -> [FreeSwitchFilter] {
    [FreeSwitchFilter("Channel-Call-UUID", named: id)].compactMap { $0 }
  }

  private init(header: String, value: String) { (self.header, self.value) = (header, value) }

  /// A filter for a name as it stands; nil when it would be no name in a command, or one with a sign.
  private init?(_ header: String, named name: String) {
    guard FreeSwitchCommand.isName(name), name.utf8.first != UInt8(ascii: "+") else { return nil }
    self.init(header: header, value: name)
  }

  /// A name in a regular expression.
  private static func escaped(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isLetter || $1.isNumber ? String($1) : "\\\($1)" }
  }
}
