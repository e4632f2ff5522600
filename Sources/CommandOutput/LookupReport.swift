package import PhoneNumbers
package import Telephony
import TextForms
package import ThirdPartyStore

/// What `lookup --explain` prints of one number.
package struct LookupReport {
  /// What was given.
  package var input: String
  /// What the plan makes of it.
  package var caller: Caller
  /// The parties that match, and the near misses.
  package var parties: [LookupExplanation] = []
  /// Whether there is nobody in the store at all.
  package var isEmpty = false
  /// The entries that keep calls from this number quiet.
  package var exceptions: [ExceptionNumber] = []
  /// What reads the number.
  package var plan: NumberPlan

  /// A report of nobody; see the properties.
  package init(input: String, caller: Caller, plan: NumberPlan) {
    self.input = input
    self.caller = caller
    self.plan = plan
  }

  /// The lines.
  package var text: String {
    var lines = [heading.printable]
    for entry in exceptions {
      let whom = entry.collaborator.map { "for \($0)" } ?? "for everybody"
      lines.append("  an exception number, \(entry.pattern) \(whom): brings nothing up".printable)
    }
    for party in parties { lines += self.lines(party) }
    if caller.number != nil { lines.append("  " + conclusion) }
    if let hint { lines.append("  " + hint) }
    return lines.map { $0 + "\n" }.joined()
  }

  private var heading: String {
    switch caller.identity {
    case .withheld: "\(input)  withheld: nothing is looked up"
    case .unreplaced(let keyword):
      "\(input)  the telephone software did not replace its keyword \(keyword): nothing is looked up"
    case .text, .untold: "\(input)  no number as telephones send it: nothing is looked up"
    case .number(let number): "\(number.key)  \(plan.display(number)), \(reading(number))"
    }
  }

  private func reading(_ number: PhoneNumber) -> String {
    switch number.kind {
    case .complete: "complete with its country"
    case .national:
      caller.assumedPrefix.map { "read behind a first \($0), as of an outside line" }
        ?? "without its country, read in \(plan.region)"
    case .extension: "an extension or a short number"
    case .fragment: "not complete in any reading"
    }
  }

  /// What a number that cannot be read, or not for sure, may lack: the site's prefix for outside lines stands before it (R33).
  private var hint: String? {
    guard let number = caller.number else { return nil }
    let beginnings = number.kind == .fragment ? (1...3).map { String(number.key.prefix($0)) } : []
    for prefix in caller.assumedPrefix.map({ [$0] }) ?? beginnings {
      let other = NumberPlan(
        region: plan.region, outsidePrefix: prefix, extensionDigits: plan.extensionDigits)
      guard let read = other.caller(input).number, read.kind == .complete else { continue }
      return "with outside_prefix = \"\(prefix)\" it would be \(other.display(read))"
    }
    return nil
  }

  /// Why a record opens by itself, where it is to, or does not (R3); or why nobody was found.
  private var conclusion: String {
    let matches = parties.compactMap(\.match)
    if matches.count == 1, matches[0].strength != .weak {
      return "one third party matches: its record may open by itself"
    }
    if matches.count == 1 { return "a weak match never opens a record by itself" }
    if matches.count > 1 {
      return "\(matches.count) third parties match: the operator chooses, no record opens by itself"
    }
    if isEmpty { return "no third party has it: the store is empty; see: screenpop import, sync" }
    return "no third party has it: \(missing)"
  }

  private var missing: String {
    switch caller.number?.kind {
    case .extension:
      "extensions and short numbers match only the same; a number of at most "
        + "\(plan.extensionDigits) digits is one"
    case .fragment where caller.number?.tail == nil: "fewer than eight digits match nothing"
    case .fragment: "no number ends in the same eight digits"
    default:
      parties.isEmpty
        ? "no number is the same, and none ends alike" : "numbers that only end alike are no match"
    }
  }

  private func lines(_ explanation: LookupExplanation) -> [String] {
    let party = explanation.party
    let strength = explanation.match?.strength.rawValue ?? "no match"
    var lines = [
      "  " + strength.padded(10) + party.code.printable.padded(14)
        + party.kind.rawValue.padded(16) + party.name.printable
    ]
    for number in explanation.numbers {
      let contact = number.listed.contact.map { " of \($0)" } ?? ""
      let text = "\(number.listed.use.rawValue) \(number.listed.text)\(contact)".printable
      lines.append("".padded(12) + "\(text): \(sentence(number))")
    }
    if explanation.match?.isRemembered == true {
      lines.append("".padded(12) + "chosen for this number the last time")
    }
    if let lastCall = explanation.lastCall {
      lines.append("".padded(12) + "latest call \(lastCall.iso8601)")
    }
    return lines
  }

  private func sentence(_ number: LookupExplanation.Number) -> String {
    switch number.relation {
    case .same: "the same number"
    case .sameExtension: "the same extension"
    case .sameWithoutCountry: "the same number; \(lack(number))"
    case .sameEnd: "the same last eight digits; \(lack(number))"
    case .otherSpelling: "the same number in another spelling of its country"
    case .likeSpelling: "the same in another spelling of its country, where both are numbers"
    case .sameSwitchboard: "the same switchboard, with other direct digits"
    case .oneReading: "one of the readings of what was written"
    case .attached: "attached by the operator"
    case .other: "the same last eight digits, but both are complete and differ"
    }
  }

  /// What is missing, and on which side.
  private func lack(_ number: LookupExplanation.Number) -> String {
    func lack(_ kind: PhoneNumber.Kind?) -> String? {
      switch kind {
      case .national: "does not say its country"
      case .fragment: "is not complete"
      default: nil
      }
    }
    return [
      (
        "the caller's",
        caller.assumedPrefix.map { "is read behind a first \($0)" } ?? lack(caller.number?.kind)
      ), ("this one", lack(number.listed.number?.kind)),
    ]
    .compactMap { side, lack in lack.map { "\(side) \($0)" } }.joined(separator: ", ")
  }
}
