import Dispatch
import Glibc
import PhoneNumbers
import Synchronization
import Telephony
import ThirdPartyStore

/// Copies of a million parties and of a few hundred changes among them, an import of a small file among
/// them, and lookups meanwhile.
@MainActor
func measureCopy(_ site: Site) throws -> [Figure] {
  let path = "\(site.folder)/copied.sqlite"
  let store = try PartyStore(path: path, plan: NumberPlan())
  let first = try CopySource.fill(store, parties: manyParties)
  let quiet = try lookups(store, until: { $0 == 20 })

  let isDone = Atomic(false)
  let again = Mutex(0.0)
  DispatchQueue.global().async {
    let time = try? CopySource.fill(
      PartyStore(path: path, plan: NumberPlan()), parties: manyParties)
    again.withLock { $0 = time ?? 0 }
    isDone.store(true, ordering: .releasing)
  }
  let meanwhile = try lookups(store, until: { _ in isDone.load(ordering: .acquiring) })

  var changes: [Double] = []
  for round in 0..<5 {
    let copy = try PartyCopy(into: store, from: "bench", .changes)
    let rows = (0..<300).map { index in
      var row = CopySource.row((round * 300 + index) * 577 % manyParties)
      row.name += " bis"
      return row
    }
    let start = ContinuousClock.now
    try copy.add(rows)
    _ = try copy.finish(mark: "2", at: nil)
    changes.append((ContinuousClock.now - start).milliseconds)
  }
  return [
    Figure(
      name: "first copy of \(manyParties) parties with 2 numbers each", value: first, unit: "s",
      limit: 60),
    Figure(
      name: "full copy of them again, with lookups meanwhile", value: again.withLock { $0 },
      unit: "s"),
    Figure(
      name: "copy of 300 changes among them, slowest of 5", value: Statistics(changes).maximum,
      unit: "ms", limit: 1_000),
    Figure(name: "  median", value: Statistics(changes).median, unit: "ms"),
    Figure(
      name: "lookup while a full copy runs / at rest, median",
      value: Statistics(meanwhile).median / Statistics(quiet).median, unit: "×", limit: 2),
    Figure(name: "  at rest", value: Statistics(quiet).median, unit: "µs"),
    Figure(
      name: "  while a copy runs", value: Statistics(meanwhile).median,
      unit: "µs"),
    Figure(name: "  99 of 100", value: Statistics(meanwhile).percentile(0.99), unit: "µs"),
    Figure(name: "  slowest", value: Statistics(meanwhile).maximum, unit: "µs"),
  ]
}

/// Times lookups one by one, in rounds of a thousand, until a round is the last [µs].
private func lookups(_ store: PartyStore, until isLast: (Int) -> Bool) throws -> [Double] {
  var times: [Double] = []
  var round = 0
  while !isLast(round) {
    round += 1
    for index in 0..<1_000 {
      let party = (round * 1_000 + index) * 104_729 % manyParties
      let number = PhoneNumber(.complete, "+33" + PartyFile.phone(party).dropFirst())
      let start = ContinuousClock.now
      guard try store.matches(for: number).count == 1 else {
        throw Failure(because: "a copied party has not been found")
      }
      times.append((ContinuousClock.now - start).microseconds)
    }
    usleep(1_000)
  }
  return times
}
