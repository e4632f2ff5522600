import GRDB
import PhoneNumbers
import Telephony
import Testing

// For the connection whose size a test limits: SQLite has no limit that a file would keep.
@testable import ThirdPartyStore

@Suite struct BrokenFileTests {
  @Test func `files and folders are the owner's only`() throws {
    let store = try StoreFixture()
    let data = try OperatorStore(path: store.path("a/b/operator.sqlite"))
    #expect(try data.journal().isEmpty)
    #expect(try StoreFixture.mode(store.path("a")) == 0o700)
    #expect(try StoreFixture.mode(store.path("a/b")) == 0o700)
    #expect(try StoreFixture.mode(store.path("a/b/operator.sqlite")) == 0o600)
    try StoreFixture.remove(store.path("a"))
  }

  @Test(arguments: ["no database at all, only text", String(repeating: "x", count: 100_000)])
  func `a file that is no database`(text: String) throws {
    let store = try StoreFixture()
    _ = try store.write(text.utf8, to: "parties.sqlite")
    let error = #expect(throws: StoreError.self) { try store.parties() }
    #expect(error?.kind == .damaged)
    #expect(error?.sentence.contains(store.path("parties.sqlite")) == true)
  }

  @Test func `another program's database is left alone`() throws {
    let store = try StoreFixture()
    try DatabaseQueue(path: store.path("operator.sqlite")).write {
      try $0.execute(sql: "CREATE TABLE theirs (x)")
    }
    #expect(throws: StoreError.self) { try store.operatorData() }
    let tables = try DatabaseQueue(path: store.path("operator.sqlite")).read {
      try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema")
    }
    #expect(tables == ["theirs"])
  }

  @Test func `a file that is damaged in the middle`() async throws {
    let store = try StoreFixture()
    var text = "code;name;phone\n"
    for index in 0..<2_000 { text += "C\(index);Nom;019900\(1_000 + index)\n" }
    try await store.importing(text)
    try StoreFixture.overwrite(store.path("parties.sqlite"), from: 4_096)
    let error = #expect(throws: StoreError.self) {
      let parties = try store.parties()
      for index in 0..<2_000 {
        _ = try parties.matches(for: PhoneNumber(.complete, "+3319900\(1_000 + index)"))
      }
    }
    #expect(error?.kind == .damaged)
  }

  @Test func `a later version's file`() throws {
    let store = try StoreFixture()
    _ = try store.operatorData()
    try DatabaseQueue(path: store.path("operator.sqlite")).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('operator 99')")
    }
    let error = #expect(throws: StoreError.self) { try store.operatorData() }
    #expect(error?.kind == .newer)
  }

  @Test func `a locked file: writing is refused and works afterwards, reading goes on`() throws {
    let store = try StoreFixture()
    let data = try store.operatorData(busyTimeout: 0.05)
    let entry = JournalEntry(
      key: "k", at: WallTime(milliseconds: 1), number: nil, text: "", outcome: .missed)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: store.path("operator.sqlite"), configuration: configuration)
    try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    let error = #expect(throws: StoreError.self) { try data.record(entry) }
    #expect(error?.kind == .busy)
    #expect(try data.journal().isEmpty)
    try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try data.record(entry)
    #expect(try data.journal() == [entry])
  }

  @Test func `a disk without room: the import changes nothing`() async throws {
    let store = try StoreFixture()
    try await store.importing("code;name;phone\nC0;Avant;0388202122\n")
    let parties = try store.parties()
    try parties.open.connection().writer.inDatabase {
      try $0.execute(sql: "PRAGMA max_page_count = 60")
    }
    var text = "code;name;phone\n"
    for index in 0..<8_000 { text += "C\(index);Nom \(index);019900\(1_000 + index)\n" }
    let input = text
    let error = await #expect(throws: StoreError.self) {
      try await store.importing(input, into: parties)
    }
    #expect(error?.kind == .full)
    #expect(try parties.matches(for: try store.number("0388202122")).map(\.party.name) == ["Avant"])
    try await store.importing("code;name;phone\nC0;Après;0388202122\n")
    #expect(try parties.matches(for: try store.number("0388202122")).map(\.party.name) == ["Après"])
  }

  @Test(arguments: ["/proc/nowhere/parties.sqlite", "/dev/null/parties.sqlite"])
  func `a folder that cannot be made`(path: String) {
    let error = #expect(throws: StoreError.self) { try PartyStore(path: path, plan: .init()) }
    #expect(error?.sentence.contains("/") == true)
    #expect([.cannotOpen, .denied].contains(error?.kind))
  }

  @Test func `two imports at once: the second is refused`() async throws {
    let store = try StoreFixture()
    let holder = try ImportHolder(store.path("parties.sqlite.import"))
    let error = await #expect(throws: StoreError.self) {
      try await store.importing("code;name;phone\nC1;Un\n")
    }
    #expect(error?.kind == .busy)
    holder.release()
    #expect(try await store.importing("code;name;phone\nC1;Un\n").report.isApplied)
  }
}
