import Glibc
import TestSupport
import Testing

/// `screenpop sync` as an administrator meets it.
struct SyncCommandTests {
  private let place: Workplace
  private let erp: SQLiteERP

  init() async throws {
    place = try await Workplace(sample: false)
    erp = try await SQLiteERP(in: place.folder)
    try place.folder.write(SQLiteERP.profile, to: "own.toml")
    try configure("Driver=SQLite3;Database=\(erp.path)")
  }

  private func configure(_ connection: String, _ rest: String = "") throws {
    try place.configure(
      """
      [erp]
      profile = "\(place.folder.file("own.toml"))"
      connection = "\(connection)"
      \(rest)
      """)
  }

  @Test func copiesAndSaysWhatItDid() async throws {
    let first = try await place.screenpop("sync")
    #expect(first.output == "full copy, 4 rows, 2 added, 0 updated, 0 gone, 1 contacts\n")
    #expect(first.status == 0)
    let second = try await place.screenpop("sync")
    #expect(second.output.hasPrefix("changes, "), "\(second.output)")
    let found = try await place.screenpop("lookup", "0353010001")
    #expect(found.output.contains("Dupont SA"))
  }

  @Test func aPreviewShowsRawAndNormalNumbers() async throws {
    let shown = try await place.screenpop("sync", "--preview", "2")
    #expect(shown.output.contains("\"03 53 01 00 01 / 03 53 01 00 02\"  +33353010002 (complete)"))
    #expect(shown.output.contains("Marie Dupont  contact of 1"))
    #expect(try await place.screenpop("lookup", "0353010001").output.contains("no third party"))
  }

  @Test func aCopyThatBringsTooLittleIsRefusedUntilItIsAccepted() async throws {
    _ = try await place.screenpop("sync")
    try await erp.run("DELETE FROM party")
    let refused = try await place.screenpop("sync", "--full")
    #expect(refused.status == 65)
    #expect(refused.output.contains("--accept-fewer"), "\(refused.output)")
    #expect(try await place.screenpop("lookup", "0353010001").output.contains("Dupont SA"))
    #expect(try await place.screenpop("sync", "--full", "--accept-fewer").status == 0)
  }

  @Test func aNumberAttachedHereOutlivesACopy() async throws {
    _ = try await place.screenpop("sync")
    let window = try await place.openWindow()
    try await place.clicktocall("0199000077")
    try await window.wait(for: "unknown")
    try await window.press("a", until: "Name, city or code")
    try await window.type("Mull")
    try await window.wait(for: "C3")
    try await window.press("Enter")
    try await waitUntil("the attached number") {
      try await place.screenpop("attachments").output.contains("only here")
    }
    _ = try await place.screenpop("sync", "--full")
    let listed = try await place.screenpop("attachments", "--json")
    #expect(
      listed.output
        == #"{"number":"+33199000077","code":"C3","name":"Muller","copied":false}"# + "\n")
    #expect(try await place.screenpop("lookup", "0199000077").output.contains("Muller"))
  }

  @Test func whatIsConfiguredWronglyIsNamed() async throws {
    try configure("Driver=SQLite3;Database=\(erp.path);Pwd=secret-word")
    let password = try await place.screenpop("sync")
    #expect(password.status == 78)
    #expect(password.output.contains("erp.password_file"))
    #expect(!password.output.contains("secret-word"))

    let file = try place.folder.write("secret-word", to: "password")
    try #require(chmod(file, 0o644) == 0)
    try configure("Driver=SQLite3;Database=\(erp.path)", "password_file = \"\(file)\"")
    let open = try await place.screenpop("sync")
    #expect(open.status == 78)
    #expect(open.output.contains("chmod 0600"))

    try place.configure("")
    #expect(try await place.screenpop("sync").output.contains("no ERP is configured"))
  }

  @Test func whoIsDownIsNamed() async throws {
    try configure("Driver=PostgreSQL Unicode;Server=/nowhere;Database=erp;Uid=u")
    let finished = try await place.screenpop("sync")
    #expect(finished.status == 69)
    #expect(finished.output.contains("connecting to PostgreSQL Unicode, /nowhere, database erp"))
  }
}
