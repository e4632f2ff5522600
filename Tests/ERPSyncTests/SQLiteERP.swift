import ERPSync
import TestSupport
import Testing

/// An ERP of one's own: a file that SQLite's ODBC driver reads.
struct SQLiteERP {
  let path: String

  /// A new database in the folder, with a few parties.
  init(in folder: TemporaryFolder) async throws {
    path = folder.file("erp.db")
    try await run(Self.tables)
  }

  var connection: String { "Driver=SQLite3;Database=\(path)" }
  var access: ERPAccess { ERPAccess(connection: connection) }

  /// Changes the ERP.
  func run(_ sql: String) async throws {
    let finished = try await TestSupport.run("sqlite3", [path], input: sql)
    try #require(finished.status == 0, "\(finished.output)")
  }

  /// A table of a few third parties, which PostgreSQL and MariaDB take as well.
  static let tables = """
    CREATE TABLE party (id INTEGER PRIMARY KEY, code TEXT, name TEXT, owner INTEGER, active INTEGER,
      country TEXT, phone TEXT, mobile TEXT, changed TEXT);
    INSERT INTO party VALUES
      (1, 'C1', 'Dupont SA', NULL, 1, 'FR', '03 53 01 00 01 / 03 53 01 00 02', NULL,
        '2026-11-22 10:00:00'),
      (2, NULL, 'Marie Dupont', 1, 1, 'FR', NULL, '06 39 98 00 01', '2026-11-22 10:00:01.5'),
      (3, 'C3', 'Muller', NULL, 1, NULL, '01 99 00 00 03 poste 12', '', '2026-11-22 09:00:00'),
      (4, 'C4', 'Fermé', NULL, 0, 'FR', '01 99 00 00 04', NULL, '2026-11-22 09:00:00');
    """

  /// The profile for it.
  static let profile = """
    select = '''
    SELECT id, code, name, owner AS company_id, active, country, phone, mobile, changed
    FROM party WHERE {where} ORDER BY id
    '''
    all = "1 = 1"
    changes = "changed >= ?"
    lookup = "replace(phone, ' ', '') LIKE '%' || ? || '%'"
    record_url = "{base}/party/{id}"
    """
}
