import ArgumentParser
import ThirdPartyStore

struct ExportCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the third parties as CSV that import reads.")

  @Argument(help: "The file to write; - for standard output.")
  var file = "-"

  @OptionGroup var options: StoreOptions

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    let parties = try context.parties()
    let output = file == "-" ? output : try OutputFile(path: file)
    try parties.export { try output.write($0) }
    try output.flush()
  }
}
