import PhoneNumbers
import Telephony
import ThirdPartyStore

/// Lookups in the store beside the queries by which others look callers up in the tables that it was copied
/// from: the same numbers, each found once by both, all pages read before.
///
/// Theirs is the time inside PostgreSQL alone; ours is all that a window waits for.
@MainActor
func measurePeers(
  _ server: ERPServer, _ tables: ERPServer.Tables, store path: String
) throws -> [Figure] {
  let (first, ours) = try lookups(path, parties: tables.parties)
  var figures = [
    Figure(name: "lookup among \(tables.parties), ours", value: ours * 1000, unit: "µs"),
    Figure(name: "  a number for the first time", value: first * 1000, unit: "µs"),
  ]
  for peer in peers {
    let times = try (1...3).map { third in
      let number = String(PartyFile.phone(tables.parties / 3 * third).dropFirst())
      let query = "FROM res_partner WHERE \(peer.condition(number))"
      guard try server.sql("SELECT count(*) \(query)", in: tables) == "1\n" else {
        throw Failure(because: "\(peer.name): \(number) is not found once")
      }
      return try server.milliseconds("SELECT id \(query)", in: tables)
    }
    figures.append(
      Figure(
        name: "  \(peer.name), times ours", value: Statistics(times).median / ours, unit: "×"))
  }
  return figures
}

/// How long the store takes for a number, median [ms]: when its pages have not been mapped yet, and later.
@MainActor
private func lookups(_ path: String, parties: Int) throws -> (first: Double, later: Double) {
  let store = try PartyStore(path: path, plan: NumberPlan())
  let numbers = (0..<2_000).map { index in
    PhoneNumber(.complete, "+33" + PartyFile.phone(1 + index * 104_729 % parties).dropFirst())
  }
  var (first, later): ([Double], [Double]) = ([], [])
  for round in 0...5 {
    for number in numbers {
      let start = ContinuousClock.now
      let count = try store.matches(for: number).count
      let time = (ContinuousClock.now - start).milliseconds
      guard count == 1 else { throw Failure(because: "\(number.key) has \(count) parties") }
      if round == 0 { first.append(time) } else { later.append(time) }
    }
  }
  return (Statistics(first).median, Statistics(later).median)
}

/// How somebody looks a caller up: a condition for the nine digits of a French number.
private struct Peer: Sendable {
  let name: String
  let condition: @Sendable (String) -> String
}

private let peers = [
  Peer(name: "base_phone: ilike on both, blanks replaced") { number in
    let last = number.suffix(8)
    return ["phone", "mobile"].map { "replace(\($0), ' ', '') ILIKE '%\(last)'" }
      .joined(separator: " OR ")
  },
  Peer(name: "Odoo: phone ilike") { "phone ILIKE '%\(spaced($0))%'" },
  Peer(name: "YAAI: nine replaces, a regular expression") { number in
    let nested = ["-", ".", "(", ")", "/", "+", "_", ",", " "].reduce("phone") {
      "replace(\($0), '\($1)', '')"
    }
    return "\(nested) ~ '\(number.suffix(8))$'"
  },
  Peer(name: "ERPNext: like") { "phone LIKE '%\(spaced($0))'" },
  Peer(name: "Dolibarr: equality without an index") { "phone = '+33 \(spaced($0))'" },
  Peer(name: "nobody: an index on the last digits") { number in
    "right(regexp_replace(phone, '[^0-9]', '', 'g'), 8) = '\(number.suffix(8))'"
  },
]

/// `182710000` as the tables write it: `1 82 71 00 00`.
private func spaced(_ number: String) -> String {
  var text = ""
  for (place, digit) in number.enumerated() {
    if place % 2 == 1 { text += " " }
    text.append(digit)
  }
  return text
}
