import ArgumentParser
import ThirdPartyStore

struct ImportCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Add and update third parties from a CSV file or vCards.",
    discussion: """
      Headers in French or English, in any order; separated by ; , or tab; UTF-8, UTF-16 or \
      Windows-1252. vCards 2.1, 3.0 and 4.0. Parties of the file are added, or updated when their \
      code is known; all others stay. Rows that cannot be taken are named with their line, and \
      nothing is imported unless --keep-going.
      """)

  @Argument(help: "The file; - for standard input.")
  var file: String

  @Flag(help: "Take the usable rows even when others cannot be taken.")
  var keepGoing = false

  @OptionGroup var options: StoreOptions

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    let input = try InputFile(path: file)
    let bar = ProgressBar()
    let size = input.size.map { Double(max(1, $0)) }
    let run = PartyImport(into: try context.parties(), keepGoing: keepGoing)
    let report: ImportReport
    do {
      report = try await run.run(input) { event in
        switch event {
        case .progress(let bytes, let rows): bar.show(size.map { Double(bytes) / $0 }, rows: rows)
        case .refused(let line, let why): bar.interrupt { Self.say("line \(line): \(why)") }
        case .notice(let line, let text): bar.interrupt { Self.say("line \(line): \(text)") }
        case .unusedColumns(let names):
          bar.interrupt { Self.say("columns not used: \(names.joined(separator: ", "))") }
        }
      }
      bar.interrupt {}
    } catch {
      bar.interrupt {}
      throw error
    }
    try conclude(report, output)
  }

  private func conclude(_ report: ImportReport, _ output: OutputFile) throws {
    let refused = report.refused == 0 ? "" : ", \(report.refused) not taken"
    guard report.isApplied else {
      Self.say(
        report.taken == 0 && report.refused == 0
          ? "nothing imported: there is no row below the header line"
          : report.taken == 0
            ? "nothing imported: no \(report.isVCard ? "card" : "row") can be taken"
            : "nothing imported\(refused); correct them, or take the others with --keep-going")
      throw ExitCode(65)
    }
    try output.write("\(report.taken) \(report.isVCard ? "cards" : "rows") taken\(refused)\n")
    try output.flush()
    if report.refused > 0 { throw ExitCode(1) }
  }
}
