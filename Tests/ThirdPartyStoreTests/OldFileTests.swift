import GRDB
import Telephony
import Testing
import ThirdPartyStore

/// Files as earlier releases left them.
@Suite struct OldFileTests {
  @Test func `a file of 0.1.0 opens, and takes imports and copies`() async throws {
    let fixture = try StoreFixture()
    try writeFirstRelease(to: fixture.path("parties.sqlite"))
    let store = try fixture.parties()
    let match = try #require(try store.matches(for: try fixture.number("0388202122")).first)
    #expect(match.party.code == "C1")
    #expect(match.party.sourceKey == "")
    #expect(match.contact == "Marie")
    #expect(try store.search("dup", limit: 5).map(\.code) == ["C1"])
    #expect(try store.copies().isEmpty)

    try await fixture.importing("code;name;phone\nC2;Deux;0199000002\n")
    let copy = try PartyCopy(into: store, from: "erp", .full)
    try copy.add([CopiedRow(key: "1", code: "C1", name: "Dupont SA")])
    _ = try copy.finish(mark: nil, at: nil)
    #expect(try store.party("C1")?.id == match.party.id)
    #expect(try store.party("C1")?.sourceKey == "1")
    #expect(try store.party("C2") != nil)
    #expect(try fixture.parties().count() == 2)
  }

  @Test func `what can be kept of a file with wrong cells is kept, the rest is counted`()
    async throws
  {
    let fixture = try StoreFixture()
    try writeFirstRelease(to: fixture.path("parties.sqlite"))
    try await DatabaseQueue(path: fixture.path("parties.sqlite")).write { db in
      try db.execute(
        sql: """
          UPDATE party SET city = x'4C796F6E', address = x'C3';
          INSERT INTO party VALUES (2, x'00', 'customer', 'Muller', '', '', '', '', '', '');
          INSERT INTO number VALUES
            (2, 2, '+33199000002', 1, 99000002, 'phone', '', ''),
            (3, 1, '+33199000003', 'one', 99000003, 'phone', '', ''),
            (4, 1, '+33199000004', 1, 99000004, x'70686F6E65', '', '');
          """)
    }
    let told = Told()
    let store = try PartyStore(
      path: fixture.path("parties.sqlite"), plan: fixture.plan, notices: told.notices())
    #expect(try store.record("C1")?.summary.city == "Lyon")
    #expect(
      try store.record("C1")?.numbers.compactMap(\.number?.key) == ["+33388202122", "+33199000004"])
    #expect(try store.count() == 1)
    #expect(try store.matches(for: try fixture.number("0199000002")).isEmpty)
    #expect(try store.search("lyo", limit: 5).map(\.code) == ["C1"])
    #expect(
      told.all == [
        "\(fixture.path("parties.sqlite")) had cells that ScreenPop never writes: 3 cells were mended, "
          + "2 rows could not be read and were left out"
      ])
    #expect(try store.faults().isEmpty)
    try await fixture.importing("code;name;phone\nC2;Deux;0199000002\n", into: store)
    #expect(try fixture.parties().count() == 2)
  }

  @Test(arguments: ["parties.sqlite", "operator.sqlite"])
  func `SQLite keeps wrong cells out of a new file`(name: String) throws {
    let fixture = try StoreFixture()
    _ = try fixture.directory()
    try DatabaseQueue(path: fixture.path(name)).read { db in
      let loose = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict
            AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
          """)
      #expect(loose.isEmpty)
    }
  }

  /// What release 0.1.0 makes of an import of one party, the fifth import of this file.
  private func writeFirstRelease(to path: String) throws {
    try DatabaseQueue(path: path).writeWithoutTransaction { db in
      try db.execute(
        sql: """
          PRAGMA application_id = 0x53506F70;
          PRAGMA journal_mode = WAL;
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          INSERT INTO grdb_migrations VALUES ('parties 1');
          CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
          INSERT INTO counter VALUES ('party', 2), ('generation', 5);
          CREATE TABLE party (
            id INTEGER PRIMARY KEY, code TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
            address TEXT NOT NULL, zip TEXT NOT NULL, city TEXT NOT NULL, country TEXT NOT NULL,
            email TEXT NOT NULL, remarks TEXT NOT NULL);
          CREATE UNIQUE INDEX party_by_code_5 ON party (code);
          CREATE TABLE number (
            id INTEGER PRIMARY KEY, party INTEGER NOT NULL, key TEXT, kind INTEGER, tail INTEGER,
            use TEXT NOT NULL, contact TEXT NOT NULL, text TEXT NOT NULL);
          CREATE INDEX number_by_party_5 ON number (party, key);
          CREATE VIRTUAL TABLE party_search USING fts5 (
            name, city, code, content='', columnsize=0, detail=none, prefix='1 2 3',
            tokenize="unicode61 remove_diacritics 2");
          CREATE INDEX number_by_key_5 ON number (key, kind, party, contact)
            WHERE key IS NOT NULL;
          CREATE INDEX number_complete_5 ON number (tail) WHERE kind = 1;
          CREATE INDEX number_incomplete_5 ON number (tail) WHERE kind >= 2;
          INSERT INTO party VALUES (1, 'C1', 'customer', 'Dupont', '', '', 'Lyon', '', '', '');
          INSERT INTO number VALUES
            (1, 1, '+33388202122', 1, 88202122, 'phone', 'Marie', '');
          INSERT INTO party_search (rowid, name, city, code) VALUES (1, 'Dupont', 'Lyon', 'C1');
          """)
    }
  }
}
