import PhoneNumbers
import Telephony
import ThirdPartyStore

/// One lookup against the same SELECT through SQLite alone, in a small store and in a large one.
@MainActor
func measureLookup(_ site: Site) throws -> [Figure] {
  let small = try LookupRun(site, parties: 5_000)
  let large = try LookupRun(site, parties: 5_000_000)
  return small.figures + large.figures + [
    Figure(
      name: "lookup: in 10 million / in 10 thousand numbers", value: large.time / small.time,
      unit: "×", limit: 2)
  ]
}

/// Lookups in a store of one size.
@MainActor
private struct LookupRun {
  /// One lookup [µs].
  let time: Double
  let figures: [Figure]

  init(_ site: Site, parties: Int) throws {
    try site.fill(parties: parties)
    let path = site.data(parties: parties) + "/parties.sqlite"
    let store = try PartyStore(path: path, plan: NumberPlan())
    let own = try OperatorStore(path: site.data(parties: parties) + "/operator.sqlite")
    let directory = StoreDirectory(parties: store, operatorData: own)
    let peer = try LookupPeer(path: path)
    // All over the file, in no order.
    let numbers = (0..<20_000).map { index in
      let party = index * 104_729 % parties
      let text = index % 2 == 0 ? PartyFile.phone(party) : PartyFile.mobile(party)
      return PhoneNumber(.complete, "+33" + text.dropFirst())
    }
    let first = try each(of: numbers[...]) { try store.matches(for: $0).count }
    _ = try each(of: numbers[...]) { try peer.matches(for: $0) }

    // Blocks in turn: whatever else the machine does meets all alike.
    var (lookups, peers, whole): ([Double], [Double], [Double]) = ([], [], [])
    for start in Array(repeating: stride(from: 0, to: numbers.count, by: 500), count: 5).joined() {
      let block = numbers[start..<start + 500]
      lookups.append(try each(of: block) { try store.matches(for: $0).count })
      peers.append(try each(of: block) { try peer.matches(for: $0) })
      whole.append(try each(of: block) { try directory.matches(for: $0).count })
    }
    time = Statistics(lookups).median
    let size = "\(parties * 2) numbers"
    figures = [
      Figure(
        name: "lookup / the same SELECT in SQLite, \(size)",
        value: Statistics(zip(lookups, peers).map { $0 / $1 }).median, unit: "×", limit: 1.25),
      Figure(name: "  lookup, median", value: time, unit: "µs"),
      Figure(name: "  the SELECT, median", value: Statistics(peers).median, unit: "µs"),
      Figure(
        name: "  lookup with the operator's own data", value: Statistics(whole).median, unit: "µs"),
      Figure(name: "  lookup of a number for the first time, mean", value: first, unit: "µs"),
    ]
  }
}

/// The mean time of looking one of the numbers up [µs]; each has exactly one match.
private func each(
  of numbers: ArraySlice<PhoneNumber>, _ lookUp: (PhoneNumber) throws -> Int
) throws -> Double {
  var matches = 0
  let start = ContinuousClock.now
  for number in numbers { matches += try lookUp(number) }
  let time = (ContinuousClock.now - start).microseconds
  guard matches == numbers.count else {
    throw Failure(because: "\(numbers.count) numbers had \(matches) matches")
  }
  return time / Double(numbers.count)
}
