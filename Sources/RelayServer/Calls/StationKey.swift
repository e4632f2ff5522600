import NumberForms

/// Whose calls are meant: a station, at a site or account when an extension alone is not unique.
struct StationKey: Hashable, Sendable {
  /// Empty when extensions are unique.
  var ident: String
  var station: String
}

extension StationKey {
  /// The station that a request names.
  ///
  /// Throws 400 when it names none; a placeholder that a phone did not replace is none.
  init(_ fields: RequestFields) throws(Refusal) {
    let name = fields.said(.station)
    guard let text = try fields.word(.station, .ofNumber, limit: 256) else {
      throw .badRequest("the parameter \(name) is missing: it names the station")
    }
    guard let station = UserPart.of(text), station.utf8.count <= 64 else {
      throw .badRequest("the parameter \(name) names no station")
    }
    self.station = station
    ident = try fields.word(.ident) ?? ""
  }
}
