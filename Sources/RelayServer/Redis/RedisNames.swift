import TextForms

/// What lies in Redis under which name; several relays share it.
///
///     ctirelay:call:/1024    a hash: the station's value, its number and time
///     ctirelay:calls         the stations that have a call, ordered by the time at which it is forgotten; at 0 the
///                            epoch: a word that comes once only, as long as Redis has lost nothing
///     ctirelay:unasked       those that no window has asked for, ordered by the time of the report;
///     ctirelay:unasked:ADDR  the same of one writer
///     ctirelay:writers       a hash: who has reported which station's value
///     ctirelay:sequence      the number of the latest event
///     ctirelay:events        a stream: the events, by their numbers
enum RedisNames {
  static let calls = "ctirelay:calls"
  static let unasked = "ctirelay:unasked"
  static let writers = "ctirelay:writers"
  static let sequence = "ctirelay:sequence"
  static let events = "ctirelay:events"

  /// What the name of every value begins with.
  static let call = "ctirelay:call:"

  static func call(of key: StationKey) -> String {
    "\(call)\(PercentCoding.encode(key.ident))/\(PercentCoding.encode(key.station))"
  }
}
