import Glibc

/// Copies from the tables of ERPs by the program itself, calls while one runs, and lookups beside the
/// queries by which others look callers up in Odoo's tables.
@MainActor
func measureSync(_ site: Site) throws -> [Figure] {
  let tables = (peerSizes + [manyParties]).map {
    ERPServer.Tables(profile: "odoo", parties: $0)
  }
  let tryton = ERPServer.Tables(profile: "tryton", parties: manyParties)
  let dolibarr = ERPServer.Tables(profile: "dolibarr", parties: manyParties)
  let server = try ERPServer(site, .postgreSQL, tables + [tryton])
  defer { server.stop() }
  let operators = try tables.map { try ERPOperator(site, server, $0) }
  let (largest, last) = (operators[operators.count - 1], tables[tables.count - 1])

  let first = try largest.sync()
  var figures = [
    Figure(
      name: "first copy of \(manyParties) parties from PostgreSQL (Odoo)", value: first.seconds,
      unit: "s", limit: 60),
    Figure(
      name: "  memory of screenpop, at most", value: first.program.peakMemory, unit: "MB",
      limit: 300),
    Figure(name: "  of its time, PostgreSQL's", value: first.server / 1000, unit: "s"),
  ]
  for seat in operators.dropLast() { _ = try seat.sync() }
  for (tables, seat) in zip(tables, operators) {
    figures += try measurePeers(server, tables, store: seat.store)
  }
  figures += try measureBusyPop(site, largest)
  figures += try changes(server, last, largest, "Odoo, its dates indexed", limit: 1) { round in
    """
    UPDATE res_partner SET mobile = '+33 6 39 98 00 0\(round)', write_date = now() + interval '1 hour'
    WHERE id % 10000 = \(round)
    """
  }

  figures += try computed(site, server, tryton, "Tryton") { round in
    """
    UPDATE party_contact_mechanism SET value = '+33 6 39 98 00 0\(round)', value_compact = NULL,
      write_date = now() + interval '1 hour'
    WHERE party % 10000 = \(round) AND type = 'mobile'
    """
  }
  let maria = try ERPServer(site, .mariaDB, [dolibarr])
  defer { maria.stop() }
  figures += try computed(site, maria, dolibarr, "Dolibarr on MariaDB") { round in
    "UPDATE llx_societe SET phone_mobile = '063998000\(round)' WHERE rowid % 10000 = \(round)"
  }
  return figures
}

/// The sizes of Odoo's tables besides the largest.
private let peerSizes = [10_000, 100_000].filter { $0 < manyParties }

/// A first copy, then changes, of tables that do not hold the date of a change as such: the profile makes
/// it of several columns, which no index holds.
@MainActor
private func computed(
  _ site: Site, _ server: ERPServer, _ tables: ERPServer.Tables, _ name: String,
  _ change: (Int) -> String
) throws -> [Figure] {
  let seat = try ERPOperator(site, server, tables)
  let first = try seat.sync()
  return [
    Figure(name: "first copy of \(manyParties) parties, \(name)", value: first.seconds, unit: "s"),
    Figure(name: "  memory of screenpop, at most", value: first.program.peakMemory, unit: "MB"),
    Figure(name: "  of its time, the database's", value: first.server / 1000, unit: "s"),
  ] + (try changes(server, tables, seat, "\(name), dates computed", limit: nil, change))
}

/// Copies of changes, three times; `change`: the SQL of a round, which changes 100 parties of a million.
@MainActor
private func changes(
  _ server: ERPServer, _ tables: ERPServer.Tables, _ seat: ERPOperator, _ name: String,
  limit: Double?, _ change: (Int) -> String
) throws -> [Figure] {
  let copies = try (1...3).map { round in
    try server.sql(change(round), in: tables)
    return try seat.sync()
  }
  return [
    Figure(
      name: "copy of 100 changes, \(name)",
      value: Statistics(copies.map(\.seconds)).maximum, unit: "s", limit: limit),
    Figure(
      name: "  of its time, the database's", value: Statistics(copies.map(\.server)).maximum,
      unit: "ms"),
  ]
}
