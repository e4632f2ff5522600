import Glibc
import TestSupport
import Testing

/// What `screenpop doctor` says of the ERP.
struct DoctorTests {
  private let place: Workplace
  private let erp: SQLiteERP

  init() async throws {
    place = try await Workplace(sample: false)
    erp = try await SQLiteERP(in: place.folder)
    try configure(SQLiteERP.profile)
  }

  private func configure(_ profile: String, connection: String? = nil) throws {
    try place.configure(erp: connection ?? erp.connection, profile: profile)
  }

  /// The findings on the ERP: `verdict sentence → advice`.
  private func findings() async throws -> [String] {
    let doctor = try await place.screenpop("doctor", "--json")
    return doctor.output.split(separator: "\n").filter { $0.hasPrefix(#"{"check":"erp""#) }.map {
      $0.split(separator: "\"").map { String($0) }.joined(separator: " ")
    }
  }

  private func expect(_ words: [String], _ says: SourceLocation = #_sourceLocation) async throws {
    let all = try await findings()
    for text in words {
      #expect(all.contains { $0.contains(text) }, "\(text): \(all)", sourceLocation: says)
    }
  }

  /// Sets what the store knows of the copies.
  private func remember(_ sql: String) async throws {
    try await place.state("UPDATE copy SET \(sql)")
  }

  @Test func anERPThatIsWellSaysSo() async throws {
    _ = try await place.screenpop("sync")
    try await expect([
      "The database answers: SQLite3, database \(erp.path)", "The profile own fits it.",
      "2 third parties. Last full copy: 20", "last copy of changes: none yet",
    ])
    #expect(try await findings().allSatisfy { $0.contains("verdict : well") })
    try place.configure("")
    try await expect(["Not configured.", "[erp] profile and connection"])
  }

  @Test func whatIsNotCopiedYetIsNamedAndNothingIsMade() async throws {
    try await expect(["Nothing has been copied yet.", "screenpop sync"])
    #expect(access(place.folder.file("data/screenpop/parties.sqlite"), F_OK) != 0)
  }

  @Test func whoDoesNotAnswerIsNamed() async throws {
    try configure(SQLiteERP.profile, connection: "Driver=/nowhere/driver.so;Server=erp.example")
    try await expect(["the driver is not installed", "Check erp.connection"])
    try configure(SQLiteERP.profile, connection: "DSN=nobody")
    try await expect(["there is no such driver or data source"])
    try configure(
      SQLiteERP.profile, connection: "Driver=PostgreSQL Unicode;Server=/nowhere;Database=e;Uid=u")
    try await expect(["Connecting to PostgreSQL Unicode, /nowhere, database e failed"])
  }

  @Test func aMistakeInTheConfigurationIsNamed() async throws {
    try configure(SQLiteERP.profile, connection: "Driver=SQLite3;Database=x;Pwd=secret-word")
    try await expect(["erp.connection holds a password"])
    try configure("select = 1")
    try await expect(["erp.profile: ", "is unknown or of another type"])
    try place.configure("open = \"erp\"")
    try await expect(["needs erp.profile, and erp.url"])
  }

  @Test(arguments: [
    ("code, name,", "code, label AS name,", "label"),
    ("SELECT id, code, name,", "SELECT id, code, name AS title,", "lacks these columns: name;"),
    ("changed >= ?", "touched >= ?", "touched"),
    ("replace(phone,", "replace(telephone,", "telephone"),
    ("record_url", "exceptions = \"SELECT number FROM quiet\"\nrecord_url", "quiet"),
  ])
  func aProfileThatDoesNotFitIsNamed(_ good: String, _ bad: String, _ words: String) async throws {
    _ = try await place.screenpop("sync")
    try configure(SQLiteERP.profile.replacing(good, with: bad))
    try await expect(["The database answers", words, "correct the profile"])
    #expect(try await findings().filter { $0.contains("verdict : mend") }.count == 1)
  }

  @Test func anOldCopyIsNamed() async throws {
    _ = try await place.screenpop("sync")
    let minute = 60_000
    try await remember("full_at = full_at - \(60 * minute)")
    try await expect(["The last copy is older than it should be."])
    try await remember("changed_at = full_at + \(59 * minute)")
    #expect(try await findings().allSatisfy { $0.contains("verdict : well") })
    try await remember("full_at = full_at - \(26 * 60 * minute)")
    try await expect(["The day's full copy is missing", "screenpop sync --full"])
  }

  @Test func aRefusedFullCopyIsNamedUntilItIsAccepted() async throws {
    _ = try await place.screenpop("sync")
    try await erp.run("DELETE FROM party")
    _ = try await place.screenpop("sync", "--full")
    let refused = ["The full copy of 20", "was refused: the copy brings no third party at all"]
    try await expect(refused + ["--accept-fewer"])
    _ = try await place.screenpop("sync")
    try await expect(refused)
    _ = try await place.screenpop("sync", "--full", "--accept-fewer")
    #expect(try await findings().allSatisfy { !$0.contains("refused") })
  }

  @Test func datesThatCannotBeReadAreNamed() async throws {
    try await erp.run("UPDATE party SET changed = '22/11/2026'")
    let copied = try await place.screenpop("sync")
    #expect(
      copied.output.contains(
        "no value of the column changed is a time or a count (the first is \"22/11/2026\"): every copy "
          + "will be a full one"))
    #expect(try await place.screenpop("sync").output.contains("full copy"))
    try await expect(["No value of the column changed could be read"])
    try await erp.run("UPDATE party SET changed = NULL")
    #expect(try await place.screenpop("sync").output.contains("(all are empty)"))
    // A profile that says so is not warned of.
    try configure(SQLiteERP.profile.replacing("changes = \"changed >= ?\"\n", with: ""))
    #expect(!(try await place.screenpop("sync").output.contains("no value")))
    try await expect(["The profile has no condition changes: every copy is a full one."])
  }

  @Test func eachMistakeStandsUnderItsOwnSource() async throws {
    try place.configure(
      """
      [asterisk]
      address = "pbx.example"
      [sip]
      server = "not a name"
      watch = "1024"
      [dial]
      through = "asterisk"
      [erp]
      profile = "nothing"
      """)
    let doctor = try await place.screenpop("doctor", "--json")
    #expect(doctor.status == 1)
    let subjects = doctor.output.split(separator: "\n").filter { $0.contains("no window opens") }
      .compactMap { $0.split(separator: "\"").dropFirst(3).first.map { String($0) } }
    #expect(subjects == ["erp", "asterisk", "sip", "dial"], "\(doctor.output)")
  }
}
