import PhoneNumbers
import Telephony
import ThirdPartyStore

/// What `lookup --explain` prints of one number.
struct LookupReport {
  var number: PhoneNumber
  var parties: [LookupExplanation]

  /// The lines, the number shown as the plan's site reads it.
  func text(_ plan: NumberPlan) -> String {
    let reading =
      switch number.kind {
      case .complete: "complete with its country"
      case .national: "without its country, read in \(plan.region)"
      case .extension: "an extension or a short number"
      case .fragment: "not complete in any reading"
      }
    var lines = ["\(number.key)  \(plan.display(number)), \(reading)".printable]
    for party in parties { lines += Self.lines(party) }
    if !parties.contains(where: { $0.match != nil }) { lines.append("  no third party has it") }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func lines(_ explanation: LookupExplanation) -> [String] {
    let party = explanation.party
    let strength = explanation.match?.strength.rawValue ?? "no match"
    var lines = [
      "  " + strength.padded(10) + party.code.printable.padded(14)
        + party.kind.rawValue.padded(16) + party.name.printable
    ]
    for number in explanation.numbers {
      let contact = number.listed.contact.map { " of \($0)" } ?? ""
      let text = "\(number.listed.use.rawValue) \(number.listed.text)\(contact)".printable
      lines.append("".padded(12) + "\(text): \(sentence(number.relation))")
    }
    if explanation.match?.isRemembered == true {
      lines.append("".padded(12) + "chosen for this number the last time")
    }
    if let lastCall = explanation.lastCall {
      lines.append("".padded(12) + "latest call \(lastCall.iso8601)")
    }
    return lines
  }

  private static func sentence(_ relation: LookupExplanation.Relation) -> String {
    switch relation {
    case .same: "the same number"
    case .sameExtension: "the same extension"
    case .sameWithoutCountry: "the same number, but one of the two does not say its country"
    case .sameEnd: "the same last eight digits, and one of the two is not complete"
    case .attached: "attached by the operator"
    case .other: "the same last eight digits, but both are complete and differ"
    }
  }
}
