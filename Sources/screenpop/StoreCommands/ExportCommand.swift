import ArgumentParser
import CommandOutput
import OperatorWindow
import ThirdPartyStore

struct ExportCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the third parties as CSV or vCards that import reads.")

  @Argument(help: "The file to write; - for standard output.")
  var file = "-"

  @Flag(help: "Write vCards 4.0: one for each third party and for each contact person.")
  var vcard = false

  @Flag(name: .customLong("vcard3"), help: "Write vCards 3.0, for older programs.")
  var vcard3 = false

  @OptionGroup var options: StoreOptions

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    let parties = try context.parties()
    let output = file == "-" ? output : try OutputFile(path: file)
    let format: ExportFormat = vcard3 ? .vCard(.three) : vcard ? .vCard(.four) : .csv
    try parties.export(as: format) { try output.write($0) }
    try output.finish()
  }
}
