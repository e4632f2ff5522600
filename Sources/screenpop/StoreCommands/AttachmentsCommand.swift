import ArgumentParser
import Telephony
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
    let parties = try context.parties()
    for attachment in try context.operatorData().attachments() {
      let party = try parties.party(attachment.code)
      // In the ERP meanwhile, or not.
      let isKnown = try parties.matches(for: attachment.number).contains {
        $0.party.code == attachment.code && $0.strength == .exact
      }
      if json {
        var line = JSONLine()
        line.add("number", attachment.number.key)
        line.add("code", attachment.code)
        line.add("name", party?.name)
        line.add("copied", isKnown)
        try output.write(line.text + "\n")
      } else {
        let columns = [
          attachment.number.key.padded(16), attachment.code.printable.padded(12),
          isKnown ? "in the ERP too" : "only here     ", (party?.name ?? "not there").printable,
        ]
        try output.write(columns.joined(separator: "  ") + "\n")
      }
    }
  }
}
