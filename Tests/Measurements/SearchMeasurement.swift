import PhoneNumbers
import ThirdPartyStore

/// Searching a million parties as one types: after each key, and for each length of what was typed.
@MainActor
func measureSearch(_ site: Site) throws -> [Figure] {
  let store = try PartyStore(path: "\(site.folder)/searched.sqlite", plan: NumberPlan())
  _ = try CopySource.fill(store, parties: manyParties)
  let texts = [
    "garage muller", "muller stras", "dupont saint etienne", "c1000", "strasbourg", "ecl",
    "le havre lefevre", "societe noel", "zz nobody", "m g s", "établissements f",
  ]
  var byLength: [Int: [Double]] = [:]
  for _ in 0..<3 {
    for text in texts {
      for length in 1...text.count {
        let start = ContinuousClock.now
        _ = try store.search(String(text.prefix(length)), limit: 20)
        byLength[length, default: []].append((ContinuousClock.now - start).milliseconds)
      }
    }
  }
  let all = Statistics(byLength.values.flatMap { $0 })
  var figures = [
    Figure(
      name: "search among \(manyParties) parties, slowest key", value: all.maximum, unit: "ms",
      limit: 50),
    Figure(name: "  median", value: all.median, unit: "ms"),
  ]
  for length in 1...4 {
    let statistics = Statistics(byLength[length] ?? [0])
    figures.append(
      Figure(name: "  key \(length), slowest", value: statistics.maximum, unit: "ms"))
  }
  return figures
}
