import ArgumentParser
import CommandOutput
import OperatorWindow
import Telephony
import TextForms
import ThirdPartyStore

struct SearchCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Find third parties by name, city or code.",
    discussion: """
      Words of the name and the city may be beginnings; case and accents do not matter. A code is found \
      by its beginning. The best come first: that code, then names that begin with the text.
      """)

  @Argument(help: "What to look for.")
  var text: [String]

  @Flag(help: "One JSON object a line.")
  var json = false

  @Option(help: ArgumentHelp("At most so many third parties.", valueName: "number"))
  var limit = 50

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit counts third parties: 1 or more") }
  }

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    let found = try context.allParties().search(text.joined(separator: " "), limit: limit)
    for party in found { try output.write(json ? Self.object(party) : Self.row(party)) }
  }

  private static func object(_ party: ThirdPartySummary) -> String {
    var line = JSONLine()
    line.add("code", party.code)
    line.add("name", party.name)
    line.add("kind", party.kind.rawValue)
    line.add("zip", party.zip)
    line.add("city", party.city)
    return line.text + "\n"
  }

  private static func row(_ party: ThirdPartySummary) -> String {
    let place = [party.zip, party.city].filter { !$0.isEmpty }.joined(separator: " ")
    let columns = [
      party.code.printable.padded(12), party.kind.rawValue.padded(14), party.name.printable,
      place.printable,
    ]
    return columns.filter { !$0.isEmpty }.joined(separator: "  ") + "\n"
  }
}
