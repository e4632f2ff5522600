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
    try place.configure(erp: erp.connection)
  }

  @Test func copiesAndSaysWhatItDid() async throws {
    let first = try await place.screenpop("sync")
    #expect(first.output == "full copy, 4 rows, 2 added, 0 known, 0 gone, 1 contact\n")
    #expect(first.status == 0)
    let second = try await place.screenpop("sync")
    #expect(second.output.hasPrefix("changes, "), "\(second.output)")
    let found = try await place.screenpop("lookup", "0353010001")
    #expect(found.output.contains("Dupont SA"))
  }

  /// A window that reads the machine's file all the while, as somebody who may write nothing there.
  @Test func oneCopyIsForAllWhoMayReadIt() async throws {
    let parties = try place.folder.folder("shared") + "/parties.sqlite"
    try place.configure(erp: erp.connection, "[store]\nparties = \"\(parties)\"")
    let unfilled = try await place.screenpop("lookup", "0353010001")
    #expect(unfilled.output.contains("which screenpop sync --system does"), "\(unfilled.output)")
    let first = try await place.screenpop("sync", "--system")
    #expect(first.output.contains("full copy, 4 rows, 2 added"), "\(first.output)")
    let window = try await place.openWindow()
    try await place.clicktocall("0353010001")
    try await window.wait(for: "Dupont SA")
    try await erp.run(
      "UPDATE party SET name = 'Dupont et fils', changed = '2026-11-23 10:00:00' WHERE id = 1")
    #expect(try await place.screenpop("sync", "--system").status == 0)
    try await place.clicktocall("0353010002")
    try await window.wait(for: "Dupont et fils")
    let found = try await place.screenpop("doctor")
    #expect(found.output.contains("2 third parties in \(parties), for all"), "\(found.output)")
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

    // It is Muller's whatever the ERP calls him, and nobody's who gets his code.
    try await erp.run(
      """
      UPDATE party SET code = 'D3', changed = '2026-11-23 10:00:00' WHERE id = 3;
      INSERT INTO party VALUES (5, 'C3', 'Weber', NULL, 1, 'FR', '01 99 00 00 05', NULL,
        '2026-11-23 10:00:00');
      """)
    _ = try await place.screenpop("sync")
    #expect(
      try await place.screenpop("lookup", "--json", "0199000077").output.hasSuffix(
        #""matches":[{"code":"D3","name":"Muller","kind":"other","strength":"exact"}]}"# + "\n"))
    #expect(
      try await place.screenpop("attachments", "--json").output
        == #"{"number":"+33199000077","code":"D3","name":"Muller","copied":false}"# + "\n")
  }

  @Test func anExceptionNumberOfTheERPsIsRemovedThere() async throws {
    try await erp.run(
      "CREATE TABLE quiet (n TEXT, who TEXT); INSERT INTO quiet VALUES ('0800*', NULL)")
    try place.folder.write(
      SQLiteERP.profile + "\nexceptions = \"SELECT n AS number, who AS collaborator FROM quiet\"",
      to: "own.toml")
    _ = try await place.screenpop("sync")
    let entry = #"{"number":"+33800*","collaborator":null,"comment":"","list":"erp"}"# + "\n"
    #expect(try await place.screenpop("exception", "list", "--json").output == entry)

    let removed = try await place.screenpop("exception", "remove", "0800*")
    #expect(removed.status == 77)
    #expect(removed.output.contains("comes from the ERP"), "\(removed.output)")
    #expect(try await place.screenpop("exception", "list", "--json").output == entry)

    // In the window, too; what is removed there goes with the next copy.
    let window = try await place.openWindow()
    try await window.press("X", until: "+33800*")
    try await window.press("d", until: "can only be removed there")
    try await erp.run("DELETE FROM quiet")
    _ = try await place.screenpop("sync")
    #expect(try await place.screenpop("exception", "list").output == "")
    #expect(try await place.screenpop("exception", "remove", "0800*").status == 1)
  }

  @Test func theListOfAnEarlierProfileDoesNotStay() async throws {
    try place.folder.write(
      SQLiteERP.profile + "\nexceptions = \"SELECT '0800*' AS number\"", to: "own.toml")
    _ = try await place.screenpop("sync")
    #expect(try await place.screenpop("exception", "list").output.contains("+33800*"))
    try place.folder.write(SQLiteERP.profile, to: "own.toml")
    _ = try await place.screenpop("sync")
    #expect(try await place.screenpop("exception", "list").output == "")
  }

  @Test func whatIsConfiguredWronglyIsNamed() async throws {
    try place.configure(erp: erp.connection + ";Pwd=secret-word")
    let password = try await place.screenpop("sync")
    #expect(password.status == 78)
    #expect(password.output.contains("erp.password_file"))
    #expect(!password.output.contains("secret-word"))

    let file = try place.folder.write("secret-word", to: "password")
    try #require(chmod(file, 0o644) == 0)
    try place.configure(erp: erp.connection, "password_file = \"\(file)\"")
    let open = try await place.screenpop("sync")
    #expect(open.status == 78)
    #expect(open.output.contains("chmod 0600"))

    try place.configure(
      erp: erp.connection,
      "url = \"https://erp.example\"\nnew_url = \"{base}/new?tel={nix}\"")
    let page = try await place.screenpop("sync")
    #expect(page.status == 78)
    #expect(page.output.contains("erp.new_url: unknown placeholder {nix}"), "\(page.output)")

    try place.configure("")
    #expect(try await place.screenpop("sync").output.contains("no ERP is configured"))
  }

  @Test func whoIsDownIsNamed() async throws {
    try place.configure(erp: "Driver=PostgreSQL Unicode;Server=/nowhere;Database=erp;Uid=u")
    let finished = try await place.screenpop("sync")
    #expect(finished.status == 69)
    #expect(finished.output.contains("connecting to PostgreSQL Unicode, /nowhere, database erp"))
  }
}
