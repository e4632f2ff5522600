/// Whose calls are meant: a station, at a site or account when an extension alone is not unique.
///
/// Compared byte for byte, as in Redis, whose names are bytes: two spellings of an accent (NFC and NFD) that
/// Swift takes for one text are two stations, whichever store keeps them.
struct StationKey: Sendable {
  /// Empty when extensions are unique.
  var ident: String
  var station: String
}

extension StationKey: Hashable {
  static func == (a: StationKey, b: StationKey) -> Bool {
    a.ident.isSame(as: b.ident) && a.station.isSame(as: b.station)
  }

  func hash(into hasher: inout Hasher) {
    // 0xFF is in no UTF-8, so that it parts the two.
    for byte in ident.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8(0xFF))
    for byte in station.utf8 { hasher.combine(byte) }
  }
}

extension StationKey {
  /// The longest ident and the longest station [bytes].
  static let longestIdent = 128
  static let longestStation = 64

  /// The station that a request names.
  ///
  /// Throws 400 when it names none; a placeholder that a phone did not replace is none.
  init(_ fields: RequestFields) throws(Refusal) {
    let name = fields.said(.station)
    guard let text = try fields.word(.station, .ofNumber, limit: 256) else {
      throw .badRequest("the parameter \(name) is missing: it names the station")
    }
    guard let station = UserPart.of(text), station.utf8.count <= Self.longestStation else {
      throw .badRequest("the parameter \(name) names no station")
    }
    self.station = station
    ident =
      fields.isUnreplaced(.ident) ? "" : try fields.word(.ident, limit: Self.longestIdent) ?? ""
  }

  /// Whether a text could be a part of a key, or a number: bounded, and without control characters.
  static func isPlain(_ text: String, limit: Int) -> Bool {
    text.utf8.count <= limit && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}
