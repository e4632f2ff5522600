import ArgumentParser
import CommandOutput
import OperatorWindow
import TextForms
import ThirdPartyStore

struct ImportCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Add and update third parties from a file: workbook, CSV, vCards, LDIF, JSON, XML.",
    discussion: """
      Headers as the exports of today's programs have them, in any order; separated by ; , | or tab; UTF-8, \
      UTF-16 or an older character set, told by its letters. vCards 2.1, 3.0 and 4.0, also as jCard and xCard; \
      telephones' books in XML. Parties of the file are added, or updated when their \
      code is known; all others stay. What can be taken is taken; what cannot is named with its line. \
      Exit code 1 when something was left out that has a name and a number, 65 when nothing was taken.
      """)

  @Argument(help: "The file; - for standard input.")
  var file: String

  @Flag(help: "Take the file as a whole or not at all.")
  var allOrNothing = false

  @Flag(help: "Without effect: what can be taken is taken.")
  var keepGoing = false

  @Option(
    help: ArgumentHelp(
      "Say what a column is, by its header; may be repeated.", valueName: "HEADER=COLUMN"))
  var map: [String] = []

  @Option(
    help: ArgumentHelp(
      "Say in which character set the file is written, where it is misread: CP850, ISO-8859-2.",
      valueName: "name"))
  var charset: String?

  @Option(
    help: ArgumentHelp(
      "Show so many rows as they would be taken, and change nothing.", valueName: "rows"))
  var preview: Int?

  @Flag(help: "Fill the machine's store, store.parties, which all users read.")
  var system = false

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if let preview, preview < 1 { throw ValidationError("--preview counts rows: 1 or more") }
    _ = try columns()
    _ = try page()
  }

  private func page() throws -> CodePage? {
    guard let charset else { return nil }
    guard let page = CodePage(named: charset) else {
      throw ValidationError(
        "--charset \(charset.printable): no character set that files of separated values are in has this name"
      )
    }
    return page
  }

  private func columns() throws -> ImportMap {
    var columns = ImportMap()
    for text in map where !columns.add(text) {
      let known = ImportColumn.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--map \(text.printable): say HEADER=COLUMN, with one of \(known)")
    }
    return columns
  }

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    let input = try InputFile(path: file)
    if let preview { return try show(preview, of: input, context, output) }
    let bar = ProgressBar()
    let size = input.size.map { Double(max(1, $0)) }
    let run = PartyImport(
      into: try context.filledParties(isSystem: system), allOrNothing: allOrNothing,
      map: try columns(), page: try page())
    let report: ImportReport
    do {
      report = try await run.run(input) { event in
        if case .progress(let bytes, let rows) = event {
          bar.show(size.map { Double(bytes) / $0 }, rows: rows)
        } else {
          bar.interrupt { Self.report(event) }
        }
      }
      bar.interrupt {}
    } catch {
      bar.interrupt {}
      throw error
    }
    try conclude(report, output)
  }

  private func show(
    _ count: Int, of input: InputFile, _ context: StoreContext, _ output: OutputFile
  ) throws {
    let rows = try PartyImport.preview(
      input, plan: context.plan, map: try columns(), page: try page(), count: count,
      tell: Self.report)
    for row in rows {
      let contact = row.contact.isEmpty ? "" : "  contact \(row.contact)"
      try output.write(
        PartyPreview.text(
          key: "\(row.line)", code: row.code, kind: row.kind, name: row.name + contact, row.numbers)
      )
    }
  }

  private static func report(_ event: ImportEvent) {
    switch event {
    case .progress: break
    case .refused(let line, let why): say("line \(line): \(why)")
    case .notice(let line, let text): say("line \(line): \(text)")
    case .unusedColumns(let names): say("columns not used: \(names.joined(separator: ", "))")
    }
  }

  private func conclude(_ report: ImportReport, _ output: OutputFile) throws {
    let refused = report.refused == 0 ? "" : ", \(report.refused) not taken"
    guard report.isApplied else {
      Self.say(
        report.taken == 0 && report.refused == 0
          ? "nothing imported: there is no row below the header line"
          : report.taken == 0
            ? "nothing imported: no \(report.isVCard ? "card" : "row") can be taken"
            : "nothing imported\(refused); correct them, or take the others without --all-or-nothing"
      )
      throw ExitCode(65)
    }
    try output.write("\(report.taken.counted(report.isVCard ? "card" : "row")) taken\(refused)\n")
    try output.flush()
    if report.lost > 0 { throw ExitCode(1) }
  }
}
