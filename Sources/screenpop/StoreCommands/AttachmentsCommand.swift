import ArgumentParser
import CommandOutput
import OperatorWindow
import PhoneNumbers
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
    let data = try context.operatorData()
    var attached: [(text: String, party: PartyReference, number: PhoneNumber?)] = []
    attached += try data.attachments().map { ($0.number.key, $0.party, $0.number) }
    attached += try data.attachedRanges().map { ($0.range.text, $0.party, nil) }
    for (text, reference, number) in attached {
      let party = try parties.party(reference)
      let code = party?.code ?? reference.code
      // In the ERP meanwhile, or not.
      let isKnown: Bool
      if let number {
        isKnown = try parties.matches(for: number).contains {
          $0.party.code == code && $0.strength == .exact
        }
      } else {
        let listed = try parties.record(reference)?.numbers ?? []
        isKnown = listed.contains { $0.range.map { $0 + "*" } == text }
      }
      if json {
        var line = JSONLine()
        line.add("number", text)
        line.add("code", code)
        line.add("name", party?.name)
        line.add("copied", isKnown)
        try output.write(line.text + "\n")
      } else {
        let columns = [
          text.padded(16), code.printable.padded(12),
          isKnown ? "in the ERP too" : "only here     ", (party?.name ?? "not there").printable,
        ]
        try output.write(columns.joined(separator: "  ") + "\n")
      }
    }
  }
}
