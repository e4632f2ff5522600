import ERPSync
import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// Tables of an ERP after its published schema, with rows as real databases have them: deleted, closed, without a name,
/// contacts without a company, several numbers in one column, no value, days that there are not.
struct SampleERP: Sendable {
  /// The profile that it is for.
  let profile: String
  /// What makes the tables, for MariaDB.
  let tables: String
  /// The encoding that they are in.
  var encoding = "utf8mb4"
  /// Columns that are named by hand.
  var columns: [String: String] = [:]
  /// Who has a number, as ``SyncFixture/who(_:)`` tells it; empty: nobody.
  let known: [(number: String, who: String)]

  /// What makes the tables, for PostgreSQL.
  var forPostgreSQL: String {
    tables.replacing("`", with: "\"").replacing("datetime", with: "timestamp")
  }
}

extension SyncFixture {
  /// Copies everybody, then what has changed, and asks for one number that the store has forgotten.
  func expect(_ erp: SampleERP, _ access: ERPAccess) throws {
    let profile = try ERPProfile.named(erp.profile).naming(erp.columns)
    func expectAll() throws {
      for (number, who) in erp.known {
        let found = try self.who(number).sorted().joined(separator: " + ")
        // A contact person may have the number of the company.
        let isThere = found == who || found.split(separator: "+").first?.dropLast() == who[...]
        #expect(isThere, "\(erp.profile): \(number) is \(found), not \(who)")
      }
    }
    #expect(try copy(profile, from: access, .full).report.refused == 0)
    try expectAll()
    let changes = try copy(profile, from: access, .changes).report
    try expectAll()
    // Weavy's tables bear no date in this shape.
    #expect(changes.extent == (erp.profile == "weavy" ? .full : .changes))
    _ = try access.check(profile, mark: "2026-11-22 10:00:00")

    let empty = try SyncFixture()
    let question = try #require(
      ERPQuestion(profile, to: access, for: empty.store, plan: empty.plan))
    let asked = try #require(empty.plan.number("0353010001"))
    #expect(try question.ask(asked) == .copied, "\(erp.profile)")
    #expect(try empty.who("0353010001").contains("Café Dupont"), "\(erp.profile)")
  }
}
