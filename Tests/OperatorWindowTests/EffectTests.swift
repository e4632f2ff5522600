import LauncherSource
import OperatorConfiguration
import OperatorWindow
import PhoneNumbers
import RecordOpener
import Telephony
import TestSupport
import Testing
import ThirdPartyStore
import TrafficTrace

@testable import OperatorScreen

/// What the screen wants done ends in a message that says what became of it.
struct EffectTests {
  private static let plan = NumberPlan()

  private static func number(_ text: String) throws -> PhoneNumber {
    try #require(plan.number(text))
  }

  private static func line(_ key: String, _ outcome: Outcome) -> JournalEntry {
    JournalEntry(
      key: key, at: WallTime(milliseconds: 1_700_000_000_000, offset: 0), number: "+33388202122",
      text: "03 88 20 21 22", outcome: outcome)
  }

  @Test func aNumberIsLookedUpForItsCall() async throws {
    let desk = try await WorkDesk()
    let reader = PartyReader(desk.store, nil, desk.post)
    reader.start()
    let number = try Self.number("0388202122")
    reader.perform(.lookUp(Call.ID(serial: 7), number))
    let name = try await desk.first("the name") { message -> String? in
      guard case .found(Call.ID(serial: 7), .success(let matches), number) = message else {
        return nil
      }
      return matches.first?.party.name
    }
    #expect(name == "Dupont SA")
    await reader.finish()
  }

  @Test func aSearchIsAnsweredWithItsTicket() async throws {
    let desk = try await WorkDesk()
    let reader = PartyReader(desk.store, nil, desk.post)
    reader.perform(.search("dup", ticket: 3))
    let found = try await desk.first("the answer") { message -> [ThirdPartySummary]? in
      guard case .searched(3, .success(let found)) = message else { return nil }
      return found
    }
    #expect(found.map(\.name) == ["Dupont SA"])
    await reader.finish()
  }

  @Test func linesOfTheJournalAreWrittenTogetherAndOnlyTheirLatestState() async throws {
    let desk = try await WorkDesk()
    let reader = PartyReader(desk.store, nil, desk.post)
    let keeper = OwnDataKeeper(desk.store, desk.inbox, desk.choices, reader, desk.post)
    for number in 0..<300 {
      keeper.perform(.saveJournal(Self.line("k\(number)", .ringing)))
      keeper.perform(.saveJournal(Self.line("k\(number)", .missed)))
    }
    let last = UnsavedLine(entry: Self.line("last", .answered), events: [])
    #expect(await keeper.flush([last]) == nil)
    let journal = try desk.store.journal(limit: 1_000).get()
    #expect(journal.count == 301)
    #expect(Set(journal.map(\.outcome)) == [.missed, .answered])
    await desk.inbox.finish()
  }

  @Test func whatIsNoExceptionIsSaidSo() async throws {
    let desk = try await WorkDesk()
    let reader = PartyReader(desk.store, nil, desk.post)
    let keeper = OwnDataKeeper(desk.store, desk.inbox, desk.choices, reader, desk.post)
    keeper.perform(.addException("Dupont", .own))
    let text = try await desk.first("the refusal") { message -> String? in
      if case .noPattern(let text) = message { text } else { nil }
    }
    #expect(text == "Dupont")
    keeper.perform(.addException("0800*", .own))
    let patterns = try await desk.first("the list") { message -> [String]? in
      if case .exceptions(let entries) = message, !entries.isEmpty {
        entries.map(\.pattern)
      } else {
        nil
      }
    }
    #expect(patterns.count == 1)
    #expect(await keeper.flush([]) == nil)
    await desk.inbox.finish()
  }

  @Test func aChosenOptionIsInForceAtOnce() async throws {
    let desk = try await WorkDesk()
    let reader = PartyReader(desk.store, nil, desk.post)
    let keeper = OwnDataKeeper(desk.store, desk.inbox, desk.choices, reader, desk.post)
    keeper.perform(.saveOption(key: "popup", value: "true"))
    let options = try await desk.first("the options") { message -> PopOptions? in
      if case .options(let options, _) = message { options } else { nil }
    }
    #expect(options.popup)
    #expect(desk.choices.current.pop.popup)
    #expect(await keeper.flush([]) == nil)
    await desk.inbox.finish()
  }

  @Test func withoutATelephoneNothingIsDialledAndThatIsSaid() async throws {
    let desk = try await WorkDesk()
    let telephones = TelephoneOperator(
      [], dialler: nil, plan: Self.plan, trace: nil, desk.post)
    let request = DialRequest(number: try Self.number("0388202122"), text: "03 88 20 21 22")
    telephones.perform(.dial(request))
    let error = try await desk.first("the answer") { message -> DialError? in
      if case .dialled(request, .failure(let error)) = message { error } else { nil }
    }
    #expect(error.sentence.contains("03 88 20 21 22"))
  }

  /// What dials is a program here; of all that dial the trace tells the same.
  @Test func whatIsDialledIsInTheTrace() async throws {
    let desk = try await WorkDesk()
    let file = "\(desk.folder.path)/trace"
    let trace = try Trace(
      file, showsNumbers: true, secrets: [], options: [], release: "1", at: Moment(milliseconds: 0),
      WallTime(milliseconds: 0), ended: { _ in })
    let request = DialRequest(number: try Self.number("0388202122"), text: "03 88 20 21 22")
    for program in ["true", "no-such-program"] {
      let dialler = ProgramDialler(
        .command(try CommandTemplate([program])), option: "dial.command", station: "1024",
        opener: RecordOpener(environment: ["PATH": "/usr/bin:/bin"]))
      TelephoneOperator([], dialler: dialler, plan: Self.plan, trace: trace, desk.post)
        .perform(.dial(request))
      let wanted = program == "true" ? 1 : 2
      try await waitUntil("the answer of \(program)") {
        desk.posted.count { if case .dialled = $0 { true } else { false } } == wanted
      }
    }
    await trace.drain()
    let told = contents(ofFile: file).split(separator: "\n").compactMap { line in
      line.split(separator: " ", maxSplits: 1).last.flatMap { $0.hasPrefix("dial ") ? $0 : nil }
    }
    #expect(told.count == 4)
    #expect(told.prefix(3) == ["dial > 0388202122", "dial < ", "dial > 0388202122"])
    #expect(told.last?.hasPrefix("dial ! failed ") == true)
  }

  @Test(arguments: [("Support", "tickets C1"), (nil, "erp C1"), ("gone", "erp C1")])
  func aRecordOpensAsTheCalledNumberSays(_ rule: String?, _ told: String) async throws {
    let (programs, posted) = (try Programs(), Collected<Message>())
    try programs.write("open", "echo \"$@\" >> $OUT/told")
    let settings = try programs.settings(
      "open = ['open', 'erp', '{code}']\nopen_called = { 'Support' = ['open', 'tickets', '{code}'] }"
    )
    let opener = PageOpener(
      OperatorChoices(settings), nil, environment: programs.environment, posted.add)
    var subject = RecordSubject(
      party: ThirdPartySummary(code: "C1", id: 1, kind: .customer, name: "Dupont SA"))
    subject.rule = rule
    opener.perform(.record(subject))
    try await waitUntil("the program") { programs.lines("told") == [told] }
  }

  @Test func whatEarlierWindowsLeftIsReadBeforeNews() async throws {
    let desk = try await WorkDesk()
    let reader = PartyReader(desk.store, nil, desk.post)
    let keeper = OwnDataKeeper(desk.store, desk.inbox, desk.choices, reader, desk.post)
    desk.inbox.follow(keeper.past(in: desk.file))
    await withCheckedContinuation { read in keeper.readJournal { read.resume() } }
    for isFirst in [true, false, true] {
      desk.inbox.setRank(isFirst: isFirst)
      await desk.inbox.drain()
    }
    let order = desk.posted.compactMap { message -> String? in
      switch message {
      case .journal: "journal"
      case .resume(let kept): "resume \(kept.count)"
      default: nil
      }
    }
    // Again where another window had its place meanwhile.
    #expect(order == ["journal", "resume 0", "journal", "resume 0"])
    #expect(await keeper.flush([]) == nil)
    await desk.inbox.finish()
  }
}
