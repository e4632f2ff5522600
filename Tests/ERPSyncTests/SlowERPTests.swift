import Glibc
import TestSupport
import Testing

/// Calls that the copy does not know, while a real PostgreSQL takes its time or says nothing at all.
@Suite(.postgreSQL, .serialized) struct SlowERPTests {
  private let server: PostgreSQLServer

  init() throws { server = try #require(PostgreSQLTrait.server) }

  /// A window whose copy knows nobody but Dupont. Questions for single numbers take so long [s].
  private func place(_ database: String, pause: String) async throws -> Workplace {
    try await server.database(
      database,
      """
      CREATE TABLE party (id INTEGER PRIMARY KEY, code TEXT, name TEXT, phone TEXT);
      INSERT INTO party VALUES (1, 'C1', 'Dupont SA', '0353010001');
      """)
    let place = try await Workplace(sample: false)
    let profile = try place.folder.write(
      """
      select = "SELECT id, code, name, phone FROM party WHERE {where} ORDER BY id"
      all = "TRUE"
      lookup = '''
      phone LIKE '%' || CAST(? AS varchar) AND (SELECT COUNT(*) FROM pg_sleep(\(pause))) = 1
      '''
      """, to: "own.toml")
    let password = try place.folder.write("reader-word\n", to: "password")
    try #require(chmod(password, 0o600) == 0)
    // The window asks, and copies nothing by itself.
    try place.configure(
      """
      [erp]
      profile = "\(profile)"
      connection = "\(server.connection(database))"
      password_file = "\(password)"
      interval = 0
      """)
    let copied = try await place.screenpop("sync")
    try #require(copied.status == 0, "\(copied.output)")
    return place
  }

  /// Enters somebody in the ERP of whom the copy knows nothing.
  private func enter(_ database: String, _ id: Int, _ name: String, _ phone: String) async throws {
    try await server.sql(
      "INSERT INTO party VALUES (\(id), NULL, '\(name)', '\(phone)')", in: database)
  }

  @Test func twoUnknownCallsAtOnceBothGetTheirNames() async throws {
    let place = try await place("slow", pause: "1.2")
    try await enter("slow", 2, "Garage Muller", "0199000002")
    try await enter("slow", 3, "Weber", "0199000003")
    let window = try await place.openWindow()
    try await place.clicktocall("0199000002")
    try await place.clicktocall("0199000003")
    let screen = try await window.wait(until: "both names") {
      $0.contains("Garage Muller") && $0.contains("Weber")
    }
    #expect(!screen.contains("unknown"))
    try await window.press("q")
  }

  @Test func threeUnknownCallsWhileTheERPHangsAreShownAndHoldNothingUp() async throws {
    let place = try await place("silent", pause: "0")
    try await enter("silent", 2, "Weber", "0639980002")
    let window = try await place.openWindow()
    try await place.clicktocall("0639980001")
    try await window.wait(for: "unknown")
    let before = threads(of: window.program)

    server.hang(true)
    defer { server.hang(false) }
    let numbers = ["01 99 00 00 01", "01 99 00 00 02", "01 99 00 00 03"]
    for number in numbers { try await place.clicktocall(number) }
    try await window.wait(until: "the three numbers") { screen in
      numbers.allSatisfy { screen.contains($0) }
    }
    try await window.wait(until: "the three as unknown, and the ERP's silence") { screen in
      let lines = screen.split(separator: "\n")
      return isSilent(screen)
        && numbers.allSatisfy { number in
          lines.contains { $0.contains(number) && $0.contains("unknown") }
        }
    }
    // One question hangs, and one look whether the ERP is back.
    #expect(threads(of: window.program) <= before + 2)
    let doctor = try await place.screenpop("doctor", "--station", "1024")
    #expect(doctor.output.contains("did not answer"), "\(doctor.output)")
    #expect(doctor.output.contains("The window says: "), "\(doctor.output)")
    // Who is in the copy has a name all the same.
    try await place.clicktocall("0353010001")
    try await window.wait(for: "Dupont SA")

    server.hang(false)
    try await window.wait(until: "the ERP's return") { !isSilent($0) }
    try await place.clicktocall("0639980002")
    try await window.wait(for: "Weber")
    try await window.press("q")
  }

  private func isSilent(_ screen: String) -> Bool {
    screen.contains("no answer within") || screen.contains("did not answer in time")
  }

  private func threads(of program: Int32) -> Int {
    contents(ofFile: "/proc/\(program)/status").split(separator: "\n")
      .first { $0.hasPrefix("Threads:") }
      .flatMap { Int($0.dropFirst("Threads:".count).filter(\.isNumber)) } ?? 0
  }
}
