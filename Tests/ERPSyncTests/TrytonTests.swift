import ERPSync
import Glibc
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// A real Tryton 6.0 on a real PostgreSQL, its third parties entered by Tryton's own code.
@Suite(.postgreSQL, .serialized) struct TrytonTests {
  private let server: PostgreSQLServer

  init() throws { server = try #require(PostgreSQLTrait.server) }

  @Test func aNumberTypedIntoTrytonRingsWithItsName() async throws {
    let tryton = try await Tryton(on: server)
    try await tryton.enter("fill")
    // Those of modules that are not there fail.
    for right in rights(of: "tryton") { _ = try? await server.sql(right, in: "tryton") }

    let fixture = try SyncFixture()
    let (report, notices) = try fixture.copy(
      try ERPProfile.named("tryton"), from: server.access("tryton"))
    #expect(notices == [])
    #expect(report.store.contacts == 1)
    #expect(try fixture.who("0353010002") == ["Éts Dupont & Fils"])
    #expect(try fixture.who("0639980001") == ["Éts Dupont & Fils/Marie Dupont"])
    #expect(try fixture.who("0465710001") == ["Weber"])
    for number in ["0199000008", "0199000009"] { #expect(try fixture.who(number) == []) }
    #expect(try fixture.store.record("C00123")?.summary.kind == .customer)
    #expect(try fixture.store.record("C00125")?.summary.kind == .supplier)

    var place = try await Workplace(sample: false)
    let opener = try place.folder.folder("bin") + "/xdg-open"
    try place.folder.write(
      "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"$0.new\"; mv \"$0.new\" \"$0.said\"\n",
      to: "bin/xdg-open")
    try #require(chmod(opener, 0o700) == 0)
    place.environment["PATH"]?.insert(
      contentsOf: opener.dropLast("/xdg-open".count) + ":", at: "".startIndex)
    try configure(place)
    let copied = try await place.screenpop("sync")
    #expect(copied.status == 0, "\(copied.output)")
    #expect(copied.output.contains("full copy"))
    let window = try await place.openWindow()
    try await place.clicktocall("0353010001", "popup")
    try await window.wait(for: "Éts Dupont & Fils")

    // The record's page opens, at Tryton's own key.
    let key = try #require(try fixture.store.record("C00123")?.summary.sourceKey)
    let page = try await waitFor("the opener's words") {
      let said = contents(ofFile: opener + ".said")
      return said.isEmpty ? nil : said
    }
    #expect(page == "https://erp.example:8000/#tryton/model/party.party/\(key)\n")

    // What is typed later is asked for when it rings, and joins the copy.
    try await tryton.enter("change")
    try await place.clicktocall("0639980009")
    try await window.wait(for: "Weber")

    // With Tryton silent, the copy answers all the same, and the window says so.
    server.hang(true)
    defer { server.hang(false) }
    try await place.clicktocall("0199000077")
    try await window.wait(until: "the ERP's silence") {
      $0.contains("no answer within 2 s") || $0.contains("did not answer in time")
    }
    try await place.clicktocall("0639980001")
    try await window.wait(for: "06 39 98 00 01  Éts Dupont")
  }

  private func configure(_ place: Workplace) throws {
    try place.configure(
      """
      open = "erp"
      [erp]
      profile = "tryton"
      connection = "\(server.connection("tryton"))"
      \(place.passwordFile())
      url = "https://erp.example:8000/#tryton"
      """)
  }
}

/// A Tryton whose database is `tryton`.
private struct Tryton {
  private let folder: TemporaryFolder
  private let environment: [String: String]

  /// Activates the modules of the parties: tens of seconds.
  init(on server: PostgreSQLServer) async throws {
    folder = try TemporaryFolder()
    try await server.database("tryton", "")
    let password = try folder.write("admin-word", to: "password")
    environment = server.environment.merging(["TRYTONPASSFILE": password]) { $1 }
    try folder.write("[database]\nuri = postgresql:///\nlanguage = fr\n", to: "trytond.conf")
    try await run(
      "trytond-admin",
      [
        "-c", folder.file("trytond.conf"), "-d", "tryton", "--email", "admin@example.test", "-u",
        "party", "party_relationship", "--activate-dependencies",
      ])
  }

  /// Enters third parties; see `Tryton/parties.py`.
  func enter(_ what: String) async throws {
    let script = #filePath.dropLast("TrytonTests.swift".count) + "Tryton/parties.py"
    try await run(
      "/usr/bin/python3", [String(script), folder.file("trytond.conf"), "tryton", what])
  }

  private func run(_ program: String, _ arguments: [String]) async throws {
    let output = folder.file("output")
    let child = try Child(program, arguments, environment: environment, output: output)
    let status = try await child.status(deadline: .seconds(300))
    try #require(status == 0, "\(contents(ofFile: output))")
  }
}
