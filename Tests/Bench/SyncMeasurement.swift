import Glibc
import PhoneNumbers
import Telephony
import ThirdPartyStore

/// Copies from Odoo's tables on PostgreSQL, by the program itself, and lookups beside the queries by which
/// others look callers up in those tables.
@MainActor
func measureSync(_ site: Site) throws -> [Figure] {
  let server = try OdooServer(site, sizes: peerSizes + [manyParties])
  defer { server.stop() }
  let first = try server.sync(site)
  var changes: [Double] = []
  for round in 1...3 {
    try server.sql(
      """
      UPDATE res_partner SET mobile = '+33 6 39 98 00 0\(round)', write_date = now() + interval '1 hour'
      WHERE id % 10000 = \(round)
      """)
    changes.append(try server.sync(site).seconds)
  }
  let question = try server.milliseconds(
    "SELECT id FROM res_partner WHERE write_date >= now() + interval '50 minutes'")
  var figures = [
    Figure(
      name: "first copy of \(manyParties) parties from PostgreSQL", value: first.seconds, unit: "s",
      limit: 60),
    Figure(
      name: "  memory of screenpop, at most", value: first.ended.peakMemory, unit: "MB", limit: 300),
    Figure(
      name: "copy of 100 changes among them, slowest of 3", value: Statistics(changes).maximum,
      unit: "s", limit: 1),
    Figure(name: "  the database's share of it", value: question / 1000, unit: "s"),
  ]
  for size in peerSizes + [manyParties] {
    figures += try peers(server, size, ours: try lookup(site, size))
  }
  return figures
}

/// The sizes of the tables besides the largest.
private let peerSizes = [10_000, 100_000]

/// How long the store takes for a number, median [ms].
@MainActor
private func lookup(_ site: Site, _ size: Int) throws -> Double {
  try site.fill(parties: size)
  let store = try PartyStore(
    path: site.data(parties: size) + "/parties.sqlite", plan: NumberPlan())
  let times = try (0..<2_000).map { index in
    let party = index * 104_729 % size
    let number = PhoneNumber(.complete, "+33" + PartyFile.phone(party).dropFirst())
    let start = ContinuousClock.now
    guard try !store.matches(for: number).isEmpty else {
      throw Failure(because: "a party has not been found")
    }
    return (ContinuousClock.now - start).milliseconds
  }
  return Statistics(times).median
}

/// The queries of others for a caller, and how many times as long as ours each takes.
@MainActor
private func peers(_ server: OdooServer, _ size: Int, ours: Double) throws -> [Figure] {
  let number = "+33 1 " + "82 71 00 00"
  let last = "82710000"
  let stripped = "replace(%, ' ', '')"
  let like = ["phone", "mobile"].map {
    stripped.replacing("%", with: $0) + " ILIKE '%\(last)'"
  }.joined(separator: " OR ")
  let nested = ["-", ".", "(", ")", "/", "+", "_", ",", " "].reduce("phone") {
    "replace(\($0), '\($1)', '')"
  }
  let queries = [
    ("base_phone: ilike on both, blanks replaced", like),
    ("Odoo: phone ilike", "phone ILIKE '%\(number)%'"),
    ("YAAI: nine replaces, a regular expression", "\(nested) ~ '\(last)$'"),
    ("Dolibarr: equality without an index", "phone = '\(number)'"),
  ]
  var figures = [
    Figure(name: "lookup among \(size), ours", value: ours * 1000, unit: "µs")
  ]
  for (name, condition) in queries {
    let theirs = try server.milliseconds("SELECT id FROM partners_\(size) WHERE \(condition)")
    figures.append(Figure(name: "  \(name), times ours", value: theirs / ours, unit: "×"))
  }
  return figures
}
