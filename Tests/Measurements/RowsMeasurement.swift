import GRDBSQLite
import Glibc
import PhoneNumbers
import Telephony
import ThirdPartyStore

/// A copy of ten million rows, a row for each number as Tryton's profile asks for them, and whether all of
/// it is there afterwards.
///
/// BENCH_ROWS in the environment says how many rows instead.
@MainActor
func measureRows(_ site: Site) throws -> [Figure] {
  let wanted = environmentNumber("BENCH_ROWS") ?? 10_000_000
  let tables = ERPServer.Tables(profile: "tryton", parties: max(10_000, wanted / 2))
  let server = try ERPServer(site, .postgreSQL, [tables])
  defer { server.stop() }
  let seat = try ERPOperator(site, server, tables)
  let copy = try seat.sync()
  let (parties, numbers) = try counts(seat.store)
  guard parties == tables.parties, numbers == tables.parties * 2 else {
    throw Failure(because: "of \(tables.parties) parties \(parties) came, \(numbers) numbers")
  }
  let store = try PartyStore(path: seat.store, plan: NumberPlan())
  for index in 0..<10_000 {
    let party = 1 + index * 104_729 % parties
    for text in [PartyFile.phone(party), PartyFile.mobile(party)] {
      let matches = try store.matches(for: PhoneNumber(.complete, "+33" + text.dropFirst()))
      guard matches.contains(where: { $0.party.code == "C\(party)" }) else {
        throw Failure(because: "the party \(party) is not found by \(text)")
      }
    }
  }
  return [
    Figure(name: "first copy of \(numbers) rows, a number each", value: copy.seconds, unit: "s"),
    Figure(name: "  of its time, PostgreSQL's", value: copy.server / 1000, unit: "s"),
    Figure(name: "  memory of screenpop, at most", value: copy.program.peakMemory, unit: "MB"),
    Figure(name: "  third parties in the store, all there are", value: Double(parties), unit: ""),
    Figure(name: "  numbers in it, all there are", value: Double(numbers), unit: ""),
    Figure(name: "  size of the store", value: try size(seat.store), unit: "MB"),
  ]
}

/// How many third parties and numbers a store has.
private func counts(_ path: String) throws -> (parties: Int, numbers: Int) {
  var connection: OpaquePointer?
  var select: OpaquePointer?
  defer {
    sqlite3_finalize(select)
    sqlite3_close(connection)
  }
  let sql = """
    SELECT (SELECT count(*) FROM party), (SELECT count(*) FROM number WHERE key IS NOT NULL)
    """
  guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
    sqlite3_prepare_v2(connection, sql, -1, &select, nil) == SQLITE_OK,
    sqlite3_step(select) == SQLITE_ROW
  else { throw Failure(because: "SQLite does not open \(path) as the store lays it out") }
  return (Int(sqlite3_column_int64(select, 0)), Int(sqlite3_column_int64(select, 1)))
}

/// The size of a file [MB].
private func size(_ path: String) throws -> Double {
  var status = stat()
  guard stat(path, &status) == 0 else { throw Failure("read the size of \(path)") }
  return Double(status.st_size) / 1_000_000
}
