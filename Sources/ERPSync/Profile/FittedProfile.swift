/// A profile whose pieces have been chosen for one database.
struct FittedProfile: Sendable {
  let profile: ERPProfile
  private let chosen: [String: String]
  /// What does without a table or a column because the user may not read it.
  let notices: [String]

  /// Asks the database which pieces fit.
  init(_ profile: ERPProfile, to connection: ODBCConnection) throws(ERPError) {
    self.profile = profile
    var chosen: [String: String] = [:]
    var notices: [String] = []
    var denials: [String: String] = [:]
    for (name, pieces) in profile.pieces.sorted(by: { $0.key < $1.key }) {
      for piece in pieces where chosen[name] == nil {
        guard let probe = piece.probe else {
          chosen[name] = piece.sql
          continue
        }
        guard let objection = try connection.objection(to: probe) else {
          chosen[name] = piece.sql
          continue
        }
        if let denial = objection.denial {
          denials[name] = denial
          let notice = "{\(name)}: \(denial): done without"
          if !notices.contains(notice) { notices.append(notice) }
        }
      }
      guard chosen[name] != nil else {
        if let denial = denials[name] {
          throw ERPError(
            .denied,
            "\(connection.place): the user may not read what {\(name)} needs, without which nothing is "
              + "copied: \(denial)")
        }
        throw ERPError(
          .badAnswer,
          "\(connection.place): nothing that the profile \(profile.name) has for {\(name)} fits: "
            + "is this another ERP or another version?")
      }
    }
    self.chosen = chosen
    self.notices = notices
  }

  /// The SELECT of all third parties.
  func full() throws(ERPError) -> String { try select(profile.all) }

  /// The SELECT of what has changed, nil when the ERP cannot tell.
  func changes() throws(ERPError) -> String? {
    profile.changes.isEmpty ? nil : try select(profile.changes)
  }

  /// The SELECT of the third parties with a number, nil when there is none.
  func lookup() throws(ERPError) -> String? {
    profile.lookup.isEmpty ? nil : try select(profile.lookup)
  }

  /// The SELECT of the exception numbers, nil when there is none.
  func exceptions() throws(ERPError) -> String? {
    profile.exceptions.isEmpty ? nil : try filled(profile.exceptions)
  }

  /// The SELECT that counts the third parties, nil when there is none.
  func count() throws(ERPError) -> String? {
    profile.count.isEmpty ? nil : try filled(profile.count)
  }

  /// Asks for nobody by each question; throws when the database does not take one, or a column is missing.
  func check(on connection: ODBCConnection, since mark: String?) throws(ERPError) {
    try Self.naming("no third party is copied") { () throws(ERPError) in
      let columns = try connection.ask(select("1 = 0")).columns
      _ = try ERPColumns(columns, profile: profile.name, marked: !profile.changes.isEmpty)
    }
    if let mark, !profile.changes.isEmpty {
      try Self.naming("what changes in the ERP is not copied") { () throws(ERPError) in
        _ = try connection.ask(select("(\(profile.changes)) AND 1 = 0"), mark)
      }
    }
    if !profile.lookup.isEmpty {
      try Self.naming("a caller who is not copied yet is not found") { () throws(ERPError) in
        _ = try connection.ask(select("(\(profile.lookup)) AND 1 = 0"), "00000000")
      }
    }
    if let sql = try exceptions() {
      try Self.naming("no full copy comes about, for want of its exception numbers") {
        () throws(ERPError) in
        _ = try connection.ask(sql)
      }
    }
    if let sql = try count() {
      try Self.naming("no full copy comes about, for want of its size") {
        () throws(ERPError) in
        _ = try connection.ask(sql)
      }
    }
  }

  /// Asks; who may not is told what is lost by it.
  private static func naming(
    _ loss: String, _ ask: () throws(ERPError) -> Void
  ) throws(ERPError) {
    do throws(ERPError) {
      try ask()
    } catch {
      guard error.kind == .denied else { throw error }
      throw ERPError(.denied, "\(error.sentence); as it is, \(loss)")
    }
  }

  private func select(_ condition: String) throws(ERPError) -> String {
    let condition = try filled(condition)
    return try ERPProfile.filled(profile.select) { name throws(ERPError) in
      name == "where" ? condition : chosen[name]
    }
  }

  private func filled(_ text: String) throws(ERPError) -> String {
    try ERPProfile.filled(text) { name throws(ERPError) in chosen[name] }
  }
}
