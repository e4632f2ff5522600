/// What lies in Redis under which name; several relays share it.
///
///     ctirelay:call:/1024    a hash: the station's value, its number and time
///     ctirelay:calls         the stations that have a call, ordered by the time at which it is forgotten
///     ctirelay:sequence      the number of the latest event
///     ctirelay:events        a stream: the events, by their numbers
enum RedisNames {
  static let calls = "ctirelay:calls"
  static let sequence = "ctirelay:sequence"
  static let events = "ctirelay:events"

  static func call(of key: StationKey) -> String {
    "ctirelay:call:\(key.ident.percentEncoded)/\(key.station.percentEncoded)"
  }
}
