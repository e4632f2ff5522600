import ERPSync
import TestSupport
import Testing
import ThirdPartyStore

/// An own profile over FreeTDS, as far as that goes without a SQL Server.
struct SQLServerTests {
  @Test func rowsComeAndTimesAreUnambiguous() throws {
    let peer = try SQLServerPeer(
      columns: ["id", "name", "phone", "changed"],
      rows: [
        ["7", "M\u{fc}ller", "03 53 01 00 07", "2026-11-22 10:00:00.123"].map {
          $0.unicodeScalars.map { UInt8($0.value) }
        }
      ])
    defer { peer.stop() }
    let fixture = try SyncFixture()
    let profile = try fixture.profile(
      """
      select = "SELECT id, name, phone, changed FROM party WHERE {where}"
      all = "1 = 1"
      changes = "changed >= ?"
      """)
    let access = ERPAccess(connection: peer.connection, password: "reader-word")
    #expect(try fixture.copy(profile, from: access).report.rows == 1)
    #expect(try fixture.who("0353010007") == ["Müller"])

    let error = try fixture.failure(profile, from: access, .changes)
    #expect(error.kind == .badAnswer)
    #expect(error.sentence.contains("Invalid object name 'party'"), "\(error.sentence)")
    // In the middle of a French session, 2026-11-22 10:00:00 would be the tenth of a month that there is not.
    #expect(peer.questions.last?.contains("2026-11-22T09:50:00") == true, "\(peer.questions)")
    #expect(try fixture.who("0353010007") == ["Müller"])
  }
}
