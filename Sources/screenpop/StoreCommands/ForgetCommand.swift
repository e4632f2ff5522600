import ArgumentParser
import CallWire
import CommandOutput
import Glibc
import OperatorConfiguration
import OperatorWindow
import PhoneNumbers
import Telephony
import TextForms
import ThirdPartyStore

/// `screenpop forget`: removes what is kept of a caller (R61).
struct ForgetCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Remove what is kept of a number or a third party.",
    discussion: """
      Calls, notes, attached numbers and remembered choices, and messages that wait. Third parties stay: \
      they are removed where they come from.
      """)

  @Argument(help: "A number in any spelling, a caller who is none, or a third party's code.")
  var whom: [String] = []

  @Flag(help: "It is a third party's code.")
  var code = false

  @Flag(help: "Remove its exception numbers, too.")
  var exceptions = false

  @Flag(help: "Remove all that is older than retention_days.")
  var old = false

  @Flag(help: "Do not ask.")
  var yes = false

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if whom.isEmpty != old { throw ValidationError("say a number or a code, or --old") }
  }

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    let kept = PersonalData(
      context, try context.operatorData(), runtime.spool, now: WindowClock.wall())
    guard let subject = try subject(context) else {
      return try output.write("retention_days = 0: all is kept\n")
    }
    let found = try kept.kept(of: subject).filter {
      $0.count != 0 && (exceptions || $0.what != KeptThing.exceptions.rawValue)
    }
    if found.contains(where: { $0.count != nil }) {
      try confirm(found)
      for line in try kept.forget(subject, exceptions: exceptions) {
        try output.write("\(Self.words(line, "removed"))\n")
      }
      // What fellow users were told goes, too.
      if context.shared != nil { try context.directory().publish() }
    } else {
      try output.write("nothing is kept of it\n")
    }
    try reportOwners(subject, context)
  }

  /// What is meant; nil: everything is to be kept.
  private func subject(_ context: StoreContext) throws -> Forgetting? {
    if old {
      let (days, now) = (context.settings?.retentionDays ?? 0, WindowClock.wall())
      return days == 0 ? nil : .older(now - Int64(clamping: days) * WallTime.day, now: now)
    }
    let text = whom.joined(separator: " ")
    let caller = context.plan.caller(text)
    let party = try context.hasParties ? context.allParties().party(text) : nil
    if code { return .party(party.map { PartyReference($0) } ?? PartyReference(code: text)) }
    switch caller.identity {
    case .number(let number):
      guard party == nil else {
        throw ValidationError(
          "\(text) is a number, and the code of \(party?.name.printable ?? ""): add --code, or write +…"
        )
      }
      return .number(number)
    case .text(let text): return party.map { .party(PartyReference($0)) } ?? .text(text)
    case .withheld, .unreplaced, .untold:
      throw ValidationError("\(text) is nobody: withheld callers have no number to forget")
    }
  }

  /// Asks on the terminal; without one, only `--yes` will do.
  private func confirm(_ found: [PersonalData.Kept]) throws {
    guard !yes else { return }
    for line in found { Self.say(Self.words(line, "kept")) }
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      Self.say("nothing was removed: add --yes")
      throw ExitCode(1)
    }
    Self.say("Remove this for good? [y/N]")
    guard Agreement.read(readLine() ?? "") == true else { throw ExitCode(1) }
  }

  private static func words(_ kept: PersonalData.Kept, _ verb: String) -> String {
    guard let count = kept.count else {
      return "\(kept.place) is a window's: its calls go within a day, or when the next one starts"
    }
    let since = kept.since.map { ", since \($0.iso8601)" } ?? ""
    let what = count == 1 && kept.what.hasSuffix("s") ? String(kept.what.dropLast()) : kept.what
    return "\(verb): \(count) \(what) in \(kept.place)\(since)"
  }

  /// What stands where this program does not remove it.
  private func reportOwners(_ subject: Forgetting, _ context: StoreContext) throws {
    if case .number(let number) = subject, context.hasParties {
      for found in try context.directory().explain(number)
      where found.match.map({ $0.strength != .weak }) == true {
        Self.say("\(found.party.name), \(found.party.code), still has it, in \(found.file)")
      }
    }
    if let trace = context.settings?.trace, access(trace, F_OK) == 0 {
      Self.say("traces are not searched: \(trace)")
    }
  }
}
