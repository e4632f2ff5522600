import LauncherSource
import OperatorConfiguration
import OperatorScreen
import OperatorWindow
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

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
    reader.finish()
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
    reader.finish()
  }

  @Test func linesOfTheJournalAreWrittenTogetherAndOnlyTheirLatestState() async throws {
    let desk = try await WorkDesk()
    let reader = PartyReader(desk.store, nil, desk.post)
    let keeper = OwnDataKeeper(desk.store, desk.inbox, desk.choices, reader, desk.post)
    for number in 0..<300 {
      keeper.perform(.saveJournal(Self.line("k\(number)", .ringing)))
      keeper.perform(.saveJournal(Self.line("k\(number)", .missed)))
    }
    #expect(keeper.flush([UnsavedLine(entry: Self.line("last", .answered), events: [])]) == nil)
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
    #expect(keeper.flush([]) == nil)
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
    #expect(keeper.flush([]) == nil)
    await desk.inbox.finish()
  }

  @Test func withoutATelephoneNothingIsDialledAndThatIsSaid() async throws {
    let desk = try await WorkDesk()
    let telephones = TelephoneOperator([], dialler: nil, plan: Self.plan, desk.post)
    let request = DialRequest(number: try Self.number("0388202122"), text: "03 88 20 21 22")
    telephones.perform(.dial(request))
    let error = try await desk.first("the answer") { message -> DialError? in
      if case .dialled(request, .failure(let error)) = message { error } else { nil }
    }
    #expect(error.sentence.contains("03 88 20 21 22"))
  }

  @Test func whatEarlierWindowsLeftIsReadBeforeNews() async throws {
    let desk = try await WorkDesk()
    let reader = PartyReader(desk.store, nil, desk.post)
    let keeper = OwnDataKeeper(desk.store, desk.inbox, desk.choices, reader, desk.post)
    await withCheckedContinuation { read in keeper.readPast(desk.file) { read.resume() } }
    let order = desk.posted.compactMap { message -> String? in
      switch message {
      case .journal: "journal"
      case .resume(let kept): "resume \(kept.count)"
      default: nil
      }
    }
    #expect(order == ["journal", "resume 0"])
    #expect(keeper.flush([]) == nil)
    await desk.inbox.finish()
  }
}
