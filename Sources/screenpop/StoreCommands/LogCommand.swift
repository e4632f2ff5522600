import ArgumentParser
import CommandOutput
import OperatorWindow
import ThirdPartyStore

struct LogCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Print the journal of calls, oldest first.")

  @Flag(help: "One JSON object a line.")
  var json = false

  @Option(help: "Only the latest calls.")
  var last: Int?

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if let last, last < 0 { throw ValidationError("--last counts calls: 0 or more") }
  }

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    for entry in try context.operatorData().journal(limit: last).reversed() {
      let line = JournalLine(entry)
      try output.write(json ? line.object : line.row)
    }
  }
}
