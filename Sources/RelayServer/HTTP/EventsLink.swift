import TextForms

/// Where a station's events are, for the answers of `getevent` (R29, RFC 8288):
///
///     Link: </DhDivaltoServerCTI/api/cti/events?ident=&telorg=1024>; rel="events"
struct EventsLink: Sendable {
  private let beforeIdent: String
  private let beforeStation: String

  /// - Parameter path: The path of the events.
  init(path: String, names: ParameterNames) {
    let ident = String(decoding: names[.ident], as: UTF8.self)
    let station = String(decoding: names[.station], as: UTF8.self)
    beforeIdent = "<\(path)?\(PercentCoding.encode(ident))="
    beforeStation = "&\(PercentCoding.encode(station))="
  }

  /// The value of the header for a station.
  func value(for key: StationKey) -> String {
    beforeIdent + PercentCoding.encode(key.ident) + beforeStation
      + PercentCoding.encode(key.station)
      + ">; rel=\"events\""
  }
}
