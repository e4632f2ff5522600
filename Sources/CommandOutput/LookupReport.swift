import Doctor
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
    var lines = [reading.heading.printable]
    for entry in exceptions {
      let whom = entry.collaborator.map { "for \($0)" } ?? "for everybody"
      lines.append("  an exception number, \(entry.pattern) \(whom): brings nothing up".printable)
    }
    for party in parties { lines += self.lines(party) }
    if caller.number != nil { lines.append("  " + conclusion) }
    if let hint { lines.append("  " + hint) }
    return lines.map { $0 + "\n" }.joined()
  }

  private var reading: NumberReading { NumberReading(input, caller, plan) }

  /// What a number that cannot be read, or not for sure, may lack: the site's prefix for outside lines stands before it (R33).
  private var hint: String? {
    reading.missingPrefix.map { "with outside_prefix = \"\($0.prefix)\" it would be \($0.number)" }
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
    return "no third party has it: \(reading.absence(hasNearMisses: !parties.isEmpty))"
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
    case .inRange: "all numbers that begin so"
    case .otherSpelling: "the same number in another spelling of its country"
    case .likeSpelling: "the same in another spelling of its country, where both are numbers"
    case .sameSwitchboard: "the same switchboard, with other direct digits"
    case .oneReading: "one of the readings of what was written"
    case .attached: "attached by the operator"
    case .attachedByOthers: "attached by another user of this machine"
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
