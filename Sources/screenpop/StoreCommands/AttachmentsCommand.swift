import ArgumentParser
import CommandOutput
import OperatorWindow
import Telephony
import TextForms
import ThirdPartyStore

struct AttachmentsCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "attachments",
    abstract: "List the numbers that were attached to third parties here.",
    discussion: """
      For who keeps the ERP: a number that an operator attached is found here, and stands nowhere there.
      """)

  @Flag(help: "One JSON object a line.")
  var json = false

  @OptionGroup var options: StoreOptions

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    let parties = try context.allParties()
    for attachment in try context.operatorData().attachments() {
      let party = try parties.party(attachment.party)
      let code = party?.code ?? attachment.party.code
      // In the ERP meanwhile, or not.
      let isKnown = try parties.matches(for: attachment.number).contains {
        $0.party.code == code && $0.strength == .exact
      }
      if json {
        var line = JSONLine()
        line.add("number", attachment.number.key)
        line.add("code", code)
        line.add("name", party?.name)
        line.add("copied", isKnown)
        try output.write(line.text + "\n")
      } else {
        let columns = [
          attachment.number.key.padded(16), code.printable.padded(12),
          isKnown ? "in the ERP too" : "only here     ", (party?.name ?? "not there").printable,
        ]
        try output.write(columns.joined(separator: "  ") + "\n")
      }
    }
  }
}
