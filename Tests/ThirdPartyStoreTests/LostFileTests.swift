import GRDB
import Glibc
import PhoneNumbers
import Telephony
import Testing

@testable import ThirdPartyStore

/// Files that are deleted, replaced, emptied or cut short while they are open, and files that are damaged.
@Suite struct LostFileTests {
  private let fixture: StoreFixture
  private let told = Told()

  init() throws { fixture = try StoreFixture() }

  private func call(_ key: String) -> JournalEntry {
    JournalEntry(
      key: key, at: WallTime(milliseconds: 1_700_000_000_000), number: nil, text: "?",
      outcome: .ringing)
  }

  private func openData(movesDamagedAside: Bool = true) throws -> OperatorStore {
    try OperatorStore(
      path: fixture.path("operator.sqlite"), notices: told.notices(),
      movesDamagedAside: movesDamagedAside)
  }

  private func openParties(movesDamagedAside: Bool = true) throws -> PartyStore {
    try PartyStore(
      path: fixture.path("parties.sqlite"), plan: fixture.plan, notices: told.notices(),
      movesDamagedAside: movesDamagedAside)
  }

  /// A window empties the log when it has forgotten old calls: that is no reason to open the file anew, which
  /// costs more than a lookup, and has the window wake up every second from then on.
  @Test func aLogThatTheStoreItselfHasEmptied() throws {
    let data = try openData()
    try data.record(call("a"))
    let connection = try data.open.connection()
    try data.emptyLog()
    #expect(try StoreFixture.bytes(of: fixture.path("operator.sqlite-wal")).isEmpty)
    #expect(try data.open.connection() === connection)
  }

  /// What is written after that is in the file that is there, for whoever opens it next.
  @Test(arguments: [[""], ["-wal"], ["-shm"], ["", "-wal", "-shm"], ["-wal", "-shm"]])
  func `files deleted while they are open`(suffixes: [String]) throws {
    let data = try openData()
    try data.record(call("a"))
    for suffix in suffixes { fixture.remove("operator.sqlite" + suffix) }
    try data.record(call("b"))
    #expect(told.all.count == 1)
    #expect(told.all.first?.contains("was taken away, emptied or replaced") == true)
    #expect(try data.journal().map(\.key).contains("b"))
    #expect(try fixture.operatorData().journal().map(\.key).contains("b"))
  }

  @Test(arguments: ["", "-wal", "-shm"])
  func `files emptied while they are open`(suffix: String) throws {
    let data = try openData()
    for index in 0..<50 { try data.record(call("\(index)")) }
    try #require(truncate(fixture.path("operator.sqlite" + suffix), 0) == 0)
    try data.record(call("b"))
    #expect(try data.journal().map(\.key).contains("b"))
    #expect(try fixture.operatorData().journal().map(\.key).contains("b"))
  }

  @Test(arguments: ["", "-wal", "-shm"], [true, false])
  func `third parties deleted or emptied while they are open`(
    suffix: String, isDeleted: Bool
  ) async throws {
    let parties = try openParties()
    try await fixture.importing("code;name;phone\nC1;Un;0388202122\n", into: parties)
    let number = try fixture.number("0388202122")
    #expect(try parties.matches(for: number).count == 1)
    let path = fixture.path("parties.sqlite" + suffix)
    let code = if isDeleted { unlink(path) } else { truncate(path, 0) }
    try #require(code == 0)
    _ = try parties.matches(for: number)
    try await fixture.importing("code;name;phone\nC2;Deux;0388202122\n", into: parties)
    #expect(try parties.matches(for: number).map(\.party.name).contains("Deux"))
    #expect(try fixture.parties().matches(for: number).map(\.party.name).contains("Deux"))
  }

  /// What is used again at once is not looked up by its path again.
  @Test(arguments: ["", "-wal", "-shm"])
  func `files lost in the moment of a use`(suffix: String) throws {
    let data = try openData()
    try data.record(call("a"))
    let path = fixture.path("operator.sqlite" + suffix)
    var identity = try #require(FileIdentity(fixture.path("operator.sqlite")))
    let length = { FileStatus(Array(path.utf8CString))?.length }
    let before = try #require(FileStatus(Array(path.utf8CString)))
    // Until another change shows in the file's time.
    while FileStatus.now - before.changed < .milliseconds(30) {}
    #expect(identity.look() == .inPlace)
    #expect(identity.look() == .inPlace)
    try #require(truncate(path, before.length - 1) == 0)
    #expect(identity.look() == (suffix == "-wal" ? .logCut : .inPlace))
    #expect(length() == before.length - (suffix == "-shm" ? 0 : 1))
    try #require(rename(path, path + ".old") == 0)
    #expect(identity.look() == .lost)
    #expect(identity.look() == .lost)
  }

  @Test func `another file in the place of the open one`() async throws {
    let parties = try openParties()
    let other = try StoreFixture()
    try await other.importing("code;name;phone\nC9;Neuf;0388202122\n")
    try await DatabaseQueue(path: other.path("parties.sqlite")).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    #expect(try parties.count() == 0)
    for suffix in ["-wal", "-shm"] { fixture.remove("parties.sqlite" + suffix) }
    try #require(
      rename(other.path("parties.sqlite"), fixture.path("parties.sqlite")) == 0)
    #expect(
      try parties.matches(for: try fixture.number("0388202122")).map(\.party.name) == ["Neuf"])
  }

  // MARK: - Damage

  @Test func `a damaged file is moved aside, whole, and a new one begun`() throws {
    let nonsense = Array(String(repeating: "no database at all. ", count: 500).utf8)
    _ = try fixture.write(nonsense, to: "operator.sqlite")
    let data = try openData()
    try data.record(call("a"))
    #expect(try StoreFixture.bytes(of: fixture.path("operator.sqlite.damaged")) == nonsense)
    #expect(told.all.count == 1)
    #expect(told.all.first?.contains(fixture.path("operator.sqlite.damaged")) == true)

    // A second one beside the first.
    _ = try fixture.write(nonsense.reversed(), to: "parties.sqlite")
    #expect(try openParties().count() == 0)
    _ = try fixture.write(nonsense, to: "parties.sqlite")
    for suffix in ["-wal", "-shm"] { fixture.remove("parties.sqlite" + suffix) }
    #expect(try openParties().count() == 0)
    #expect(
      try StoreFixture.bytes(of: fixture.path("parties.sqlite.damaged")) == nonsense.reversed())
    #expect(try StoreFixture.bytes(of: fixture.path("parties.sqlite.damaged-2")) == nonsense)
  }

  @Test func `a file that is damaged while it is open`() throws {
    let data = try openData()
    for index in 0..<400 { try data.record(call("\(index)")) }
    try DatabaseQueue(path: fixture.path("operator.sqlite")).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try StoreFixture.overwrite(fixture.path("operator.sqlite"), from: 4_096)
    // Another connection has nothing of it in memory.
    let other = try openData()
    try other.record(call("b"))
    #expect(try other.journal().map(\.key).contains("b"))
    try data.record(call("c"))
    #expect(try data.journal().map(\.key).contains("c"))
    #expect(try other.journal().map(\.key).contains("c"))
    #expect(StoreFixture.names(in: fixture.folder).contains("operator.sqlite.damaged"))
  }

  @Test func `where nobody said so, a damaged file stays where it is`() throws {
    _ = try fixture.write(Array(repeating: 0xA5, count: 9_000), to: "operator.sqlite")
    #expect(throws: StoreError.self) { try openData(movesDamagedAside: false) }
    #expect(!StoreFixture.names(in: fixture.folder).contains("operator.sqlite.damaged"))
    #expect(told.all.isEmpty)
  }

  @Test func `another program's database is not moved`() throws {
    try DatabaseQueue(path: fixture.path("operator.sqlite")).write {
      try $0.execute(sql: "CREATE TABLE theirs (x)")
    }
    let error = #expect(throws: StoreError.self) { try openData() }
    #expect(error?.kind == .foreign)
    #expect(StoreFixture.names(in: fixture.folder).allSatisfy { !$0.contains("damaged") })
  }
}
