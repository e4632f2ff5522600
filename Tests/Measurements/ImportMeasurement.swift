/// Importing a million rows with two numbers each, and a tenth of that for the memory.
///
/// Memory is flat when ten times the rows take nothing like ten times of it; the half that is allowed
/// is SQLite's cache and sorter, of fixed sizes that the smaller file does not fill.
@MainActor
func measureImport(_ site: Site) throws -> [Figure] {
  let small = try site.fill(parties: manyParties / 10)
  let large = try site.fill(parties: manyParties)
  return [
    Figure(
      name: "import of \(manyParties) rows with 2 numbers each", value: large.seconds, unit: "s",
      limit: 40),
    Figure(name: "  processor time of all threads", value: large.program.processorTime, unit: "s"),
    Figure(name: "import of \(manyParties / 10) rows", value: small.seconds, unit: "s"),
    Figure(name: "  processor time of all threads", value: small.program.processorTime, unit: "s"),
    Figure(
      name: "memory: \(manyParties) rows / \(manyParties / 10) rows",
      value: large.program.peakMemory / small.program.peakMemory, unit: "×", limit: 1.5),
    Figure(
      name: "  most memory at once, \(manyParties) rows", value: large.program.peakMemory,
      unit: "MB"),
    Figure(
      name: "  most memory at once, \(manyParties / 10) rows", value: small.program.peakMemory,
      unit: "MB"),
  ]
}
