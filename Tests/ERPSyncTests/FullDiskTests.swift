import TestSupport
import Testing

/// A disk that fills while third parties are copied: a sentence, the old copy whole, and the space given back.
@Suite(.timeLimit(.minutes(2))) struct FullDiskTests {
  private var place: Workplace
  private let erp: SQLiteERP
  private let disk: SmallDisk
  /// Those whom ``grow(_:)`` adds have notes of 7.5 kB.
  private static let profile = SQLiteERP.profile.replacing(
    "mobile,", with: "mobile, CASE WHEN id > 9 THEN printf('%.7500c', 'x') END AS remarks,")

  init() async throws {
    place = try await Workplace(sample: false)
    erp = try await SQLiteERP(in: place.folder)
    disk = try await SmallDisk(megabytes: 48, at: place.folder.folder("data"))
    place.prefix = disk.words
    try place.configure(erp: erp.connection, profile: Self.profile)
  }

  /// Adds third parties to the ERP, the last of them with the number 05 36 49 and `count`.
  private func grow(_ count: Int) async throws {
    try await erp.run(
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
      INSERT INTO party (id, name, active, phone, changed)
      SELECT 10 + i, 'Party ' || i, 1, printf('05 36 49 %04d', i), '2026-11-22 12:00:00' FROM n;
      """)
  }

  private func who(_ number: String) async throws -> String {
    try await place.screenpop("lookup", number).output
  }

  private func expectRefusal(_ arguments: [String]) async throws {
    let finished = try await place.screenpop(["sync"] + arguments)
    #expect(finished.status == 74)
    #expect(finished.output.contains("parties.sqlite failed: the disk is full; free some space"))
    #expect(finished.output.split(separator: "\n").count == 1, "\(finished.output)")
  }

  /// The disk is full within the first rows, and behind them.
  @Test(arguments: [8_500, 16_000]) func aFirstCopyGivesTheSpaceBack(left: Int) async throws {
    try await grow(1_000)
    try await disk.fill(leaving: left)
    try await expectRefusal([])
    #expect(try await disk.space() > left - 500)
    #expect(try await who("0353010001").contains("no third party"))
    try await disk.empty()
    #expect(try await place.screenpop("sync").status == 0)
    #expect(try await who("0536491000").contains("Party 1000"))
  }

  @Test(arguments: [["--full"], []])
  func aLaterCopyLeavesTheOldOne(arguments: [String]) async throws {
    #expect(try await place.screenpop("sync").status == 0)
    try await grow(1_000)
    try await disk.fill(leaving: 16_000)
    for _ in 1...2 { try await expectRefusal(arguments) }
    #expect(try await disk.space() > 15_500)
    #expect(try await who("0353010001").contains("Dupont SA"))
    try await disk.empty()
    #expect(try await place.screenpop("sync").status == 0)
    #expect(try await who("0536491000").contains("Party 1000"))
  }

  /// The window says so, goes on answering, and copies when there is space again.
  @Test func theWindowShowsItAndTriesAgain() async throws {
    try place.configure(erp: erp.connection, profile: Self.profile, "interval = 1")
    let window = try await place.openWindow(width: 160)
    try await place.knows("0353010001")
    try await place.clicktocall("0353010001", "--call-id", "a")
    try await window.wait(for: "Dupont SA")
    try await place.clicktocall("--event", "end", "--call-id", "a")
    try await disk.fill(leaving: 0)
    try await grow(1_000)
    try await window.wait(until: "a full disk") {
      $0.contains("the disk is full") && $0.contains("next try in")
    }
    try await place.clicktocall("0199000003", "--call-id", "b")
    try await window.wait(for: "Muller")
    try await disk.empty()
    try await window.wait(until: "the ERP without a fault") { !$0.contains("next try in") }
    try await place.knows("0536491000")
    try await place.clicktocall("0536491000", "--call-id", "c")
    try await window.wait(for: "Party 1000")
  }
}
