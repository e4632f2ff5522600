/// Chooses pieces of a profile for one database; a piece may have others in it, `{table}` or `{phone}`.
struct Fitting {
  private let pieces: [String: [SQLQuestions.Piece]]
  private let profile: String
  private let connection: ODBCConnection
  /// What is being chosen: a piece that has itself in it means nothing.
  private var underWay: Set<String> = []
  private(set) var chosen: [String: String] = [:]
  private(set) var notices: [String] = []

  init(_ pieces: [String: [SQLQuestions.Piece]], _ profile: String, _ connection: ODBCConnection) {
    (self.pieces, self.profile, self.connection) = (pieces, profile, connection)
  }

  /// What stands for a name; nil when the profile has no such piece.
  mutating func text(of name: String) throws(ERPError) -> String? {
    if let known = chosen[name] { return known }
    guard let blocks = pieces[name], underWay.insert(name).inserted else { return nil }
    defer { underWay.remove(name) }
    var denial: String?
    for block in blocks {
      if let probe = block.probe, let objection = try connection.objection(to: filled(probe)) {
        guard let denied = objection.denial else { continue }
        denial = denied
        let notice = "{\(name)}: \(denied): done without"
        if !notices.contains(notice) { notices.append(notice) }
        continue
      }
      let text = try filled(block.sql)
      chosen[name] = text
      return text
    }
    if let denial {
      throw ERPError(
        .denied,
        "\(connection.place): the user may not read what {\(name)} needs, without which nothing is "
          + "copied: \(denial)")
    }
    throw ERPError(
      .badAnswer,
      "\(connection.place): nothing that the profile \(profile) has for {\(name)} fits: "
        + "is this another ERP or another version?")
  }

  private mutating func filled(_ text: String) throws(ERPError) -> String {
    try ERPProfile.filled(text) { name throws(ERPError) in try self.text(of: name) }
  }
}
