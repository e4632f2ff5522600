import ArgumentParser
import CommandOutput
import OperatorWindow
import PhoneNumbers
import Telephony
import TextForms
import ThirdPartyStore

struct LookupCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "lookup", abstract: "Say which third parties have a number.",
    discussion: """
      A number is understood as from the telephony: any spelling, SIP and tel addresses, extensions. \
      Without a number, standard input is read and each line answered at once.
      """)

  @Argument(help: "Numbers to look up.")
  var numbers: [String] = []

  @Flag(help: "One JSON object a line.")
  var json = false

  @Flag(help: "Say why each third party matches, and what ends alike but does not.")
  var explain = false

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if json && explain { throw ValidationError("--explain is for people: leave out --json") }
  }

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    let directory = try context.directory()
    let answer = { (input: String) in
      let caller = context.plan.caller(input)
      if explain {
        try output.write(try Self.report(input, caller, directory, context).text)
        return try output.flush()
      }
      let matches = try caller.number.map { try directory.matches(for: $0) } ?? []
      try output.write(
        json ? Self.object(input, caller, matches) : Self.table(input, caller, matches))
      try output.flush()
    }
    guard numbers.isEmpty else { return try numbers.forEach(answer) }
    while let line = readLine() { try answer(line) }
  }

  private static func report(
    _ input: String, _ caller: Caller, _ directory: StoreDirectory, _ context: StoreContext
  ) throws -> LookupReport {
    var report = LookupReport(input: input, caller: caller, plan: context.plan)
    guard let number = caller.number else { return report }
    report.parties = try directory.explain(number)
    report.isEmpty = try report.parties.isEmpty && directory.parties.count() == 0
    let exceptions =
      try directory.operatorData.exceptions() + context.machineExceptions.load()
      + directory.parties.exceptions()
    report.exceptions = exceptions.filter {
      $0.holds(for: number, collaborator: context.collaborator)
    }
    return report
  }

  private static func object(_ input: String, _ caller: Caller, _ matches: [Match]) -> String {
    var line = JSONLine()
    line.add("input", input)
    line.add("number", caller.number?.key)
    if caller.isWithheld { line.add("withheld", true) }
    if let account = caller.account { line.add("text", account) }
    line.add(
      "matches",
      matches.map { match in
        var object = JSONLine()
        object.add("code", match.party.code)
        object.add("name", match.party.name)
        object.add("kind", match.party.kind.rawValue)
        object.add("strength", match.strength.rawValue)
        return object
      })
    return line.text + "\n"
  }

  private static func table(_ input: String, _ caller: Caller, _ matches: [Match]) -> String {
    let number = (caller.number.map { "\($0.key)" } ?? input).printable.padded(16)
    guard !matches.isEmpty else {
      let why =
        caller.isWithheld
        ? "withheld" : caller.number == nil ? "not a number" : "no third party"
      return "\(number)  \(why)\n"
    }
    return matches.map { match in
      let contact = match.contact.map { " (\($0))" } ?? ""
      let columns = [
        number, match.strength.rawValue.padded(8), match.party.code.printable.padded(12),
        match.party.kind.rawValue.padded(14), (match.party.name + contact).printable,
      ]
      return columns.joined(separator: "  ") + "\n"
    }.joined()
  }
}
