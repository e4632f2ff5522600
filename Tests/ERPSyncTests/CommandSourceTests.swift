import ERPSync
import Glibc
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// ERPs whose third parties a command prints.
struct CommandSourceTests {
  private let fixture: SyncFixture

  init() throws { fixture = try SyncFixture() }

  /// A program that prints what a shell's script says, and the profile that names it; `rest` is further lines of
  /// `[command]`.
  private func profile(_ script: String, _ rest: String = "") throws -> ERPProfile {
    try program(script)
    return try fixture.profile(
      "[command]\nall = [\"\(fixture.folder.file("export"))\", \"all\"]\n\(rest)")
  }

  private func program(_ script: String) throws {
    let path = try fixture.folder.write("#!/bin/sh\n\(script)\n", to: "export")
    try #require(chmod(path, 0o755) == 0)
  }

  private func access(_ profile: ERPProfile) throws -> ERPAccess {
    try ERPAccess(for: profile, connection: "", password: nil)
  }

  @discardableResult
  private func copy(
    _ profile: ERPProfile, _ extent: PartyCopy.Extent = .full
  ) throws -> (report: ERPCopyReport, notices: [String]) {
    try fixture.copy(profile, from: access(profile), extent)
  }

  private func failure(_ profile: ERPProfile) throws -> ERPError {
    try fixture.failure(profile, from: access(profile))
  }

  static let printed: [(name: String, text: String)] = [
    (
      "CSV",
      """
      id,name,company_id,active,phone,mobile,changed
      1,"Dupont, SA",,1,03 53 01 00 01,,2026-11-22 10:00:00
      2,Marie,1,1,,06 39 98 00 01,2026-11-22 11:00:00
      3,Closed,,0,03 53 01 00 03,,2026-11-22 11:00:00
      """
    ),
    (
      "semicolons and CRLF",
      "\u{FEFF}id;name;company_id;active;phone;mobile\r\n1;\"Dupont, SA\";;1;03 53 01 00 01;\r\n"
        + "2;Marie;1;1;;06 39 98 00 01\r\n"
    ),
    (
      "JSON",
      """
      {"id": 1, "name": "Dupont, SA", "company_id": null, "phone": "03 53 01 00 01", "vip": true}

      {"id": 2, "name": "Marie", "company_id": 1, "active": true, "mobile": 0639980001}
      {"id": 3, "name": "Closed", "active": false, "phone": "03 53 01 00 03"}
      """
    ),
  ]

  @Test(arguments: printed) func whatIsPrintedIsCopied(_ printed: (name: String, text: String))
    throws
  {
    let file = try fixture.folder.write(printed.text, to: "printed")
    try copy(profile("cat '\(file)'"))
    #expect(try fixture.who("0353010001") == ["Dupont, SA"])
    #expect(try fixture.who("0639980001") == ["Dupont, SA/Marie"])
    #expect(try fixture.who("0353010003") == [])
  }

  @Test func columnsAreMadeOfFields() throws {
    let script = """
      echo '{"No": 7, "First": "Anne", "Last": "Weber", "Firm": null, "Tel": ["0353010007", "0353010008"],
      "At": {"City": "Colmar"}}' | tr -d '\\n'; echo
      echo '{"No": 8, "First": "", "Last": "Weber SARL", "Firm": 7, "Tel": [], "At": {}}'
      """
    try copy(
      profile(
        script,
        """
        [command.columns]
        id = "C{No}"
        name = "{First} {Last}"
        company_id = "C{Firm}"
        kind = "customer"
        phone = "{Tel}"
        city = "{At.City}"
        """))
    #expect(try fixture.who("0353010008") == ["Anne Weber"])
    let record = try #require(try fixture.store.party(sourceKey: "C7"))
    #expect(record.kind == .customer)
    #expect(record.city == "Colmar")
    #expect(try fixture.store.party(sourceKey: "C8") == nil)
  }

  @Test func whatDumpsWriteForNothingIsNothing() throws {
    let file = try fixture.folder.write(
      "id,name,company_id,active,phone\n1,Un,\\N,NULL,0353010001\n2,Deux,NULL,\\N,\\N\n", to: "dump"
    )
    #expect(try copy(profile("cat '\(file)'")).notices == [])
    #expect(try fixture.who("0353010001") == ["Un"])
  }

  /// As a database's column of JSON would be read.
  @Test func whatHoldsOthersIsReadAsJSON() throws {
    let file = try fixture.folder.write(
      """
      {"id": 1, "name": {"en": "Harbour Hotel", "fr": null}, "phone": {"home": null, "work": "03 53 01 00 01"}}
      {"id": 2, "name": "Weber", "phone": [{"type": "work", "number": "0353010002"}], "mobile": [], "fax": {}}
      """, to: "printed")
    let notices = try copy(profile("cat '\(file)'")).notices
    #expect(notices.isEmpty)
    #expect(try fixture.who("0353010001") == ["Harbour Hotel"])
    #expect(try fixture.who("0353010002") == ["Weber"])
  }

  @Test func changesAreAskedForSinceTheLastOnes() throws {
    let asked = fixture.folder.file("asked")
    let profile = try profile(
      """
      echo "$@" >> '\(asked)'
      [ "$1" = all ] || exit 0
      echo 'id,name,phone,changed'
      echo '1,Dupont,0353010001,2026-11-22T12:00:00.5+02:00'
      echo '2,Weber,0353010002,2026-11-22T09:30:00Z'
      """, "changes = [\"\(fixture.folder.file("export"))\", \"--since={since}\"]")
    try copy(profile)
    let report = try copy(profile, .changes).report
    #expect(report.extent == .changes)
    #expect(report.rows == 0)
    #expect(contents(ofFile: asked) == "all\n--since=2026-11-22 09:50:00\n")
    #expect(try fixture.who("0353010001") == ["Dupont"])
  }

  @Test func oneNumberAndTheExceptionsAreAskedFor() throws {
    let path = fixture.folder.file("export")
    let profile = try profile(
      """
      case "$1" in
      all) echo 'id,name,phone'; echo '1,Dupont,0353010001' ;;
      quiet) echo 'number;collaborator;comment'; echo '0800*;;free' ;;
      *) echo "{\\"id\\": 9, \\"name\\": \\"New\\", \\"phone\\": \\"0$1\\"}" ;;
      esac
      """,
      """
      exceptions = ["\(path)", "quiet"]
      lookup = ["\(path)", "{digits}"]
      """)
    #expect(try copy(profile).report.exceptions == 1)
    let question = try #require(
      ERPQuestion(profile, to: access(profile), for: fixture.store, plan: fixture.plan))
    #expect(try question.ask(#require(fixture.plan.number("03 53 01 00 09"))) == .copied)
    #expect(try fixture.who("0353010009") == ["New"])
  }

  /// Half an answer, no answer, a wrong one: each is a sentence, and changes nothing.
  static let failures: [(script: String, kind: ERPError.Kind, words: String)] = [
    (
      "echo 'id,name,phone'; echo '1,New,0353010009'; echo 'a\nb\u{1b}[2Jdown' >&2; exit 3",
      .failed,
      "failed with status 3: bdown"
    ),
    ("kill -TERM $$", .failed, "was ended by signal 15"),
    ("echo '{\"id\": 1, \"name\": \"New\", \"pho'", .badAnswer, "line 1 of what"),
    (
      "echo '{\"id\": 1, \"name\": \"New\", \"phone\": 1}'; echo '[1]'", .badAnswer,
      "line 2 of what"
    ),
    ("printf 'id,name,phone\\n1,\"New,0353010009\\n'", .badAnswer, "line 2 of what"),
    ("echo '[{\"id\": 1}]'", .badAnswer, "neither CSV nor JSON"),
    ("echo '<html>'", .badAnswer, "neither CSV nor JSON"),
    ("echo 'id,nom,phone'; echo '1,New,0353010009'", .badProfile, "lacks these columns: name"),
    ("echo '{\"id\": 1, \"nom\": \"New\"}'", .badProfile, "lacks these columns: name"),
    ("true", .store(.badInput), "--accept-fewer"),
    ("echo 'id,name,phone'", .store(.badInput), "--accept-fewer"),
  ]

  @Test func aFailureChangesNothing() throws {
    try copy(profile("echo 'id,name,phone'; echo '1,Dupont,0353010001'"))
    for row in Self.failures {
      let error = try failure(profile(row.script))
      #expect(error.kind == row.kind, "\(row.script): \(error.sentence)")
      #expect(error.sentence.contains(row.words), "\(row.script): \(error.sentence)")
      #expect(try fixture.who("0353010001") == ["Dupont"], "\(row.script)")
      #expect(try fixture.who("0353010009") == [], "\(row.script)")
    }
  }

  @Test func aCommandThatIsNotThereIsNamed() throws {
    let profile = try fixture.profile("[command]\nall = [\"/nowhere/export\"]")
    #expect(try failure(profile).sentence.contains("/nowhere/export was not found"))
    let access = try access(profile)
    #expect(throws: ERPError.self) { try access.check() }
    #expect(access.place == "/nowhere/export")
  }

  @Test func aCommandThatTakesTooLongIsEnded() throws {
    let profile = try profile("sleep 60")
    let copy = ERPCopy(
      profile, from: try access(profile), into: fixture.store, plan: fixture.plan, timeLimit: 1)
    let error = try #require(throws: ERPError.self) {
      try copy.run(.full, at: WallTime(milliseconds: 0)) { _ in }
    }
    #expect(error.sentence.contains("1 s"), "\(error.sentence)")
  }

  static let badProfiles: [(toml: String, words: String)] = [
    ("[command]", "all is missing"),
    ("[command]\nall = \"export\"", "of another type than it must be"),
    ("[command]\nall = [\"./export\"]", "looked for in PATH, or an absolute path"),
    ("[command]\nall = [\"export\"]\nsince = 1", "\"since\" is unknown here"),
    ("[command]\nall = [\"export\"]\n[command.columns]\nnom = \"{a}\"", "no column \"nom\""),
    ("[command]\nall = [\"export\"]\n[command.columns]\nname = \"{a\"", "fields in braces"),
    ("[[odata]]\nset = \"A\"", "the column id is missing"),
    ("odata = []", "[[odata]] is empty"),
    ("[[odata]]\n[odata.columns]\nid = \"{a}\"", "set is missing"),
  ]

  @Test(arguments: badProfiles.indices) func aProfileThatCannotBeUsedIsNamed(_ index: Int) throws {
    let row = Self.badProfiles[index]
    let error = try #require(throws: ERPError.self) { try fixture.profile(row.toml) }
    #expect(error.kind == .badProfile)
    #expect(error.sentence.contains(row.words), "\(error.sentence)")
  }

  @Test func columnsAreNamedByHand() throws {
    let profile = try profile(
      "echo 'id,name,phone,TEL2'; echo '1,Dupont,,0353010002'",
      "[command.columns]\nid = \"{id}\"\nname = \"{name}\"\nphone = \"{phone}\"")
    try copy(profile.naming(["phone": "{TEL2}"]))
    #expect(try fixture.who("0353010002") == ["Dupont"])
    #expect(throws: ERPError.self) { try profile.naming(["telephone": "{TEL2}"]) }
  }
}
