import CTIBlock

/// The channels that there are, as `show channels as json` prints them: after connecting, nothing that began
/// before is told otherwise.
///
///     {"row_count":2,"rows":[
///       {"uuid":"a304872d-…","direction":"inbound","callstate":"RINGING","cid_num":"0199001111",
///        "initial_dest":"0536491201","call_uuid":"a304872d-…",…},
///       {"uuid":"29c388d6-…","direction":"outbound","callstate":"RINGING","cid_num":"0199001111",
///        "presence_id":"1024@pbx.example","call_uuid":"a304872d-…",…}]}
package struct ListedChannels {
  /// The name of the events that are made of the rows.
  static let eventName = "LISTED"
  /// How many are looked at.
  private static let limit = 20_000

  /// An event for each row, which says of the channel what it would say of itself.
  let events: [ChannelEvent]

  /// Reads the list; nil when it is none.
  package init?(_ printed: [UInt8]) {
    guard let document = try? JSONValue(printed), case .object(let members) = document,
      members["row_count"] != nil
    else { return nil }
    guard case .array(let rows)? = members["rows"] else {
      events = []
      return
    }
    let listed = rows.prefix(Self.limit).compactMap(Self.event)
    let places = Dictionary(
      listed.indices.map { (listed[$0][.id], $0) }, uniquingKeysWith: { first, _ in first })
    events = listed.map { event in
      guard let place = places[event[.call]], listed[place][.id] != event[.id] else { return event }
      var event = event
      event.join(listed[place])
      return event
    }
  }

  private static func event(_ row: JSONValue) -> ChannelEvent? {
    guard case .object(let members) = row else { return nil }
    let text = { (name: String) in String(members[name]?.text?.prefix(512) ?? "") }
    var event = ChannelEvent()
    event[.name] = eventName
    for (name, header) in names { event[header] = text(name) }
    if event[.direction] == "inbound" { event[.user] = text("initial_cid_num") }
    return event[.id].isEmpty ? nil : event
  }

  private static let names: [(String, ChannelEvent.Header)] = [
    ("uuid", .id), ("call_uuid", .call), ("direction", .direction), ("callstate", .state),
    ("name", .channel), ("presence_id", .presence), ("context", .context),
    ("cid_num", .callerNumber), ("cid_name", .callerName), ("initial_cid_num", .firstNumber),
    ("initial_cid_name", .firstName), ("dest", .dialled), ("initial_dest", .redirected),
  ]
}

extension ChannelEvent {
  /// Takes over what the channel says that the other one belongs to.
  fileprivate mutating func join(_ other: ChannelEvent) {
    self[.other] = other[.id]
    self[.otherDirection] = other[.direction]
    self[.otherFirstNumber] = other[.firstNumber]
    self[.otherFirstName] = other[.firstName]
    self[.otherDialled] = other[.dialled]
    // A telephone that is called has its own contact for the number; its caller dialled another one.
    self[.redirected] = other[.redirected]
  }
}
