import ArgumentParser
import CommandOutput
import OperatorWindow
import PhoneNumbers
import Telephony
import TextForms
import ThirdPartyStore

struct ExceptionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exception", abstract: "Manage the numbers whose calls bring nothing up.",
    discussion: """
      Without --collaborator an entry holds for everybody and stands in the machine's list; with it, \
      for that collaborator only, and stands in your own data.
      """,
    subcommands: [Add.self, Remove.self, List.self])

  /// The number that the words on the command line make, for a list.
  struct Entry: ParsableArguments {
    @Argument(help: "A number in any spelling, or a pattern such as +33800*.")
    var number: [String]

    @Option(
      help: ArgumentHelp("Only for the collaborator with this code.", valueName: "code"))
    var collaborator: String?

    func validate() throws {
      if collaborator?.isEmpty == true { throw ValidationError("--collaborator needs a code") }
      if number.isEmpty { throw ValidationError("which number?") }
    }

    func exception(_ context: StoreContext, comment: String = "") throws -> ExceptionNumber {
      let text = number.joined(separator: " ")
      guard let pattern = context.plan.exceptionPattern(text) else {
        throw StoreError(
          .badInput, "\"\(text)\" is neither a number nor a pattern such as +33800*")
      }
      return ExceptionNumber(
        pattern: pattern, collaborator: collaborator, comment: comment,
        list: collaborator == nil ? .machine : .own)
    }

    /// Changes the machine's list; where that is not allowed, tells what is.
    func changeMachine<Result>(_ change: () throws -> Result) throws -> Result {
      do {
        return try change()
      } catch let error as StoreError where error.kind == .denied {
        throw StoreError(
          .denied,
          "\(error.sentence); ask the administrator, or keep it for yourself with --collaborator CODE"
        )
      }
    }
  }

  struct Add: StoreCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a number or a pattern.")
    @OptionGroup var entry: Entry
    @Option(help: ArgumentHelp("Why, in a few words.", valueName: "text"))
    var comment = ""
    @OptionGroup var options: StoreOptions

    func perform(_ context: StoreContext, _ output: OutputFile) async throws {
      let exception = try entry.exception(context, comment: comment)
      switch exception.list {
      case .own: try context.operatorData().add(exception)
      case .machine, .erp:
        try entry.changeMachine { try context.machineExceptions.add(exception) }
      }
    }
  }

  struct Remove: StoreCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove a number or a pattern.")
    @OptionGroup var entry: Entry
    @OptionGroup var options: StoreOptions

    func perform(_ context: StoreContext, _ output: OutputFile) async throws {
      let exception = try entry.exception(context)
      var isRemoved = try context.operatorData().removeException(
        exception.pattern, collaborator: exception.collaborator)
      if Self.hold(try context.machineExceptions.load(), exception) {
        isRemoved =
          try entry.changeMachine { try context.machineExceptions.remove(exception) } || isRemoved
      }
      if Self.hold(try context.erpExceptions(), exception) {
        let sentence =
          "the exception \(exception.pattern) comes from the ERP, and holds until it is removed there: "
          + "the next copy then takes it away here, too"
        guard isRemoved else { throw StoreError(.denied, sentence) }
        Self.say(sentence)
      }
      guard isRemoved else {
        Self.say("no exception \(exception.pattern) to remove; see: screenpop exception list")
        throw ExitCode(1)
      }
    }

    private static func hold(_ list: [ExceptionNumber], _ exception: ExceptionNumber) -> Bool {
      list.contains {
        $0.pattern == exception.pattern && $0.collaborator == exception.collaborator
      }
    }
  }

  struct List: StoreCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the entries.")
    @Flag(help: "One JSON object a line.") var json = false
    @Option(
      help: ArgumentHelp(
        "Only what holds for the collaborator with this code.", valueName: "code"))
    var collaborator: String?
    @OptionGroup var options: StoreOptions

    func perform(_ context: StoreContext, _ output: OutputFile) async throws {
      let entries =
        try context.operatorData().exceptions() + context.machineExceptions.load()
        + context.erpExceptions()
      for entry in entries {
        if let collaborator, let owner = entry.collaborator, owner != collaborator { continue }
        try output.write(json ? Self.object(entry) : Self.row(entry))
      }
    }

    private static func object(_ entry: ExceptionNumber) -> String {
      var line = JSONLine()
      line.add("number", entry.pattern)
      line.add("collaborator", entry.collaborator)
      line.add("comment", entry.comment)
      line.add("list", entry.list.rawValue)
      return line.text + "\n"
    }

    private static func row(_ entry: ExceptionNumber) -> String {
      let columns = [
        entry.pattern.padded(18), (entry.collaborator ?? "everybody").printable.padded(14),
        entry.list.rawValue.padded(8), entry.comment.printable,
      ]
      return columns.joined(separator: "  ") + "\n"
    }
  }
}
