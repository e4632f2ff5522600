package import PhoneNumbers
package import Telephony

/// What the plan makes of what telephony passed as a number, in sentences.
package struct NumberReading: Sendable {
  /// What was given.
  package let input: String
  /// What the plan makes of it.
  package let caller: Caller
  private let plan: NumberPlan

  /// What `plan` makes of `input`.
  package init(_ input: String, _ caller: Caller, _ plan: NumberPlan) {
    self.input = input
    self.caller = caller
    self.plan = plan
  }

  /// The number and how it was read, or why there is none.
  package var heading: String {
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

  /// The prefix for outside lines that would make a complete number of one that cannot be read, or not for sure, with
  /// that number (R33); nil: none would.
  package var missingPrefix: (prefix: String, number: String)? {
    guard let number = caller.number else { return nil }
    let beginnings = number.kind == .fragment ? (1...3).map { String(number.key.prefix($0)) } : []
    for prefix in caller.assumedPrefix.map({ [$0] }) ?? beginnings {
      let other = NumberPlan(
        region: plan.region, outsidePrefix: prefix, extensionDigits: plan.extensionDigits)
      guard let read = other.caller(input).number, read.kind == .complete else { continue }
      return (prefix, other.display(read))
    }
    return nil
  }

  /// Why no third party has the number, where the store is not empty; `hasNearMisses`: numbers of some end alike.
  package func absence(hasNearMisses: Bool) -> String {
    switch caller.number?.kind {
    case .extension:
      "extensions and short numbers match only the same; a number of at most "
        + "\(plan.extensionDigits) digits is one"
    case .fragment where caller.number?.tail == nil: "fewer than eight digits match nothing"
    case .fragment: "no number ends in the same eight digits"
    default:
      hasNearMisses
        ? "numbers that only end alike are no match" : "no number is the same, and none ends alike"
    }
  }
}
