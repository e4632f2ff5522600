import PhoneNumbers
import Telephony
import ThirdPartyStore

/// One lookup against the same SELECT through SQLite alone, in a small store and in a large one.
@MainActor
func measureLookup(_ site: Site) throws -> [Figure] {
  let small = try LookupRun(site, parties: 5_000)
  let large = try LookupRun(site, parties: 5_000_000)
  // Blocks in turn: whatever else the machine does meets all alike.
  for _ in 0..<5 {
    for block in 0..<LookupRun.blocks {
      try small.measure(block)
      try large.measure(block)
    }
  }
  return small.figures + large.figures + [
    Figure(
      name: "lookup: in 10 million / in 10 thousand numbers", value: large.time / small.time,
      unit: "×", limit: 2)
  ]
}

/// Lookups in a store of one size.
@MainActor
private final class LookupRun {
  /// How many blocks of numbers there are.
  static let blocks = 40
  private static let blockSize = 500

  private let size: String
  private let store: PartyStore
  private let directory: StoreDirectory
  private let peer: LookupPeer
  private let numbers: [PhoneNumber]
  /// Those of callers whom nobody knows.
  private let strangers: [PhoneNumber]
  private let importMemory: Double
  /// Looking each number up before its pages have been read [µs].
  private let first: Double
  /// The times of one lookup, block by block [µs]: by the store, by SQLite alone, and as the window
  /// does it, with the operator's choices.
  private var (stores, peers, windows): ([Double], [Double], [Double]) = ([], [], [])
  /// The same of strangers, as the window does it [µs].
  private var unknown: [Double] = []

  init(_ site: Site, parties: Int) throws {
    importMemory = try site.fill(parties: parties).program.peakMemory
    let path = site.data(parties: parties) + "/parties.sqlite"
    size = "\(parties * 2) numbers"
    store = try PartyStore(path: path, plan: NumberPlan())
    peer = try LookupPeer(path: path)
    directory = StoreDirectory(
      parties: store,
      operatorData: try OperatorStore(path: site.data(parties: parties) + "/operator.sqlite"))
    // All over the file, in no order.
    numbers = (0..<Self.blocks * Self.blockSize).map { index in
      let party = index * 104_729 % parties
      let text = index % 2 == 0 ? PartyFile.phone(party) : PartyFile.mobile(party)
      return PhoneNumber(.complete, "+33" + text.dropFirst())
    }
    strangers = numbers.map { PhoneNumber(.complete, "+49" + $0.key.dropFirst(3)) }
    first = try each(of: numbers[...]) { [store] in try store.matches(for: $0).count }
    _ = try each(of: numbers[...]) { [peer] in try peer.matches(for: $0) }
  }

  /// Looks the numbers of a block up in all ways.
  func measure(_ block: Int) throws {
    let numbers = numbers[block * Self.blockSize..<(block + 1) * Self.blockSize]
    stores.append(try each(of: numbers) { try store.matches(for: $0).count })
    peers.append(try each(of: numbers) { try peer.matches(for: $0) })
    windows.append(try each(of: numbers) { try directory.matches(for: $0).count })
    let strangers = strangers[block * Self.blockSize..<(block + 1) * Self.blockSize]
    unknown.append(
      try each(of: strangers, matches: 0) { try directory.matches(for: $0).count })
  }

  /// One lookup by the store [µs].
  var time: Double { Statistics(stores).median }

  var figures: [Figure] {
    let ratio = Statistics(zip(stores, peers).map { $0 / $1 }).median
    return [
      Figure(
        name: "lookup / the same SELECT in SQLite, \(size)", value: ratio, unit: "×", limit: 1.25),
      Figure(name: "  lookup, median", value: time, unit: "µs"),
      Figure(name: "  the SELECT, median", value: Statistics(peers).median, unit: "µs"),
      Figure(name: "  with the operator's own data", value: Statistics(windows).median, unit: "µs"),
      Figure(
        name: "  nobody has the number / somebody has",
        value: Statistics(zip(unknown, windows).map { $0 / $1 }).median, unit: "×", limit: 2),
      Figure(name: "  a number for the first time, mean", value: first, unit: "µs"),
      Figure(name: "  most memory at once of the import", value: importMemory, unit: "MB"),
    ]
  }
}

/// The mean time of looking one of the numbers up [µs]; each has exactly so many matches.
private func each(
  of numbers: ArraySlice<PhoneNumber>, matches wanted: Int = 1,
  _ lookUp: (PhoneNumber) throws -> Int
) throws -> Double {
  var matches = 0
  let start = ContinuousClock.now
  for number in numbers { matches += try lookUp(number) }
  let time = (ContinuousClock.now - start).microseconds
  guard matches == numbers.count * wanted else {
    throw Failure(because: "\(numbers.count) numbers had \(matches) matches")
  }
  return time / Double(numbers.count)
}
