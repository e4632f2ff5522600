package import LauncherSource
import OperatorConfiguration
package import OperatorScreen
import PhoneNumbers
import Synchronization
package import Telephony
package import ThirdPartyStore

/// Reads and writes the operator's own data, one order after the other on a thread of its own.
package final class OwnDataKeeper: Sendable {
  private let store: StoreAccess
  private let inbox: EventInbox
  private let plan: NumberPlan
  private let choices: OperatorChoices
  private let parties: PartyReader
  private let post: @Sendable (Message) -> Void
  /// The journal's lines that wait for the next transaction, in the order of their first news.
  private let lines = Mutex(WaitingLines())
  /// What the window has acknowledged, once it takes calls.
  private let inboxFile = Mutex<InboxFile?>(nil)
  private let lane = Lane()

  /// The keeper of this store; `parties` tells the exception lists after a change.
  package init(
    _ store: StoreAccess, _ inbox: EventInbox, _ choices: OperatorChoices, _ parties: PartyReader,
    _ post: @escaping @Sendable (Message) -> Void
  ) {
    self.store = store
    self.inbox = inbox
    self.choices = choices
    self.parties = parties
    self.post = post
    plan = choices.current.plan
  }

  /// What an earlier window left in the file, and what the journal has of it. The file is this window's only while it
  /// takes its station's calls: two that start together, or one that follows another, must not keep it from each
  /// other.
  package func past(in file: InboxFile) -> EventInbox.Past {
    EventInbox.Past(
      read: { [self] in try store.leftovers(file).get() },
      tell: { [self] kept in
        // Another window may have written since this one began to watch.
        let isLater = inboxFile.withLock { known in
          defer { known = file }
          return known != nil
        }
        if isLater, case .success(let entries) = store.journal(limit: Model.journalLimit) {
          post(.journal(entries))
        }
        post(.resume(kept))
        // Done here, whoever waits for an acknowledgement would wait for the journal. What fails is done another time.
        lane.run { [self] in _ = store.forgetReceipts(now: WindowClock.wall()) }
      }, failed: { [self] in post(.trouble(.journal, sentence: $0)) }, letGo: { file.close() })
  }

  /// Reads the journal; then news can be told, and `done` is called.
  package func readJournal(_ done: @escaping @Sendable () -> Void) {
    lane.run { [self] in
      switch store.journal(limit: Model.journalLimit) {
      case .success(let entries): post(.journal(entries))
      case .failure(let error): post(.journalRefused(error))
      }
      store.share()
      if let note = choices.current.notes.first {
        post(.trouble(.configuration, sentence: note.description))
      }
      done()
    }
  }

  /// Writes what is left before the program ends; why it could not be written, nil when it was.
  package func flush(_ unsaved: [UnsavedLine]) async -> DirectoryError? {
    await withCheckedContinuation { continuation in
      lane.run { [self] in
        lines.withLock { waiting in
          for line in unsaved { waiting.add(line.entry, line.events) }
        }
        continuation.resume(returning: writeLines())
      }
    }
  }

  /// Starts on the order.
  package func perform(_ order: OwnDataOrder) {
    switch order {
    case .saveJournal(let entry, let events):
      let isFirst = lines.withLock { waiting in
        defer { waiting.add(entry, events) }
        return waiting.isEmpty
      }
      if isFirst { lane.run { [self] in writeLines() } }
    case .letGo(let receipt): inbox.settle([receipt])
    case .remember(let number, let party):
      lane.run { [self] in report(store.remember(number, party), nil) }
    case .create(let draft, let subject):
      lane.run { [self] in
        post(.joined(subject, store.create(draft, subject.number, text: subject.text)))
      }
    case .attach(let party, let subject):
      lane.run { [self] in
        post(.joined(subject, store.attach(subject.number, text: subject.text, to: party)))
      }
    case .attachRange(let party, let beginning, let subject):
      lane.run { [self] in
        post(.joined(subject, store.attach(allFrom: beginning, to: party)))
      }
    case .saveNote(let text, let party, let number):
      lane.run { [self] in saveNote(text, party, number) }
    case .readNotes(let party, let number): lane.run { [self] in readNotes(party, number) }
    case .addException(let text, let list): lane.run { [self] in addException(text, list) }
    case .removeException(let entry):
      lane.run { [self] in
        report(store.remove(entry), .exceptionRemoved)
        parties.postExceptions()
      }
    case .saveOption(let key, let value): lane.run { [self] in saveOption(key, value) }
    case .readJournal(let filter, let last, let limit, let ticket):
      lane.run { [self] in readPage(filter, last, limit, ticket) }
    case .readStory(let entry, let number): lane.run { [self] in readStory(entry, number) }
    case .forget(let time): lane.run { [self] in forget(before: time) }
    }
  }

  /// Writes the lines that wait in one transaction, which takes as long for many as for one.
  @discardableResult
  private func writeLines() -> DirectoryError? {
    let waiting = lines.withLock { $0.drain() }
    guard !waiting.isEmpty else { return nil }
    let receipts = waiting.flatMap { line in
      line.events.map { Receipt($0, line: line.entry.key) }
    }
    switch store.record(waiting.map(\.entry), receipts: receipts) {
    case .success:
      inbox.settle(receipts)
      for line in waiting { post(.journalSaved(line.entry, having: line.events)) }
      return nil
    case .failure(let error):
      post(.journalRefused(error))
      return error
    }
  }

  /// Forgets some of it, and lets other work in before it goes on.
  private func forget(before time: WallTime) {
    switch store.forget(before: time, now: WindowClock.wall()) {
    case .success(let left):
      guard let left else { return lane.run { [self] in forget(before: time) } }
      post(.forgotten(before: time, besides: left))
      // Of calls that are over, an inbox needs only the names. What fails today is done tomorrow.
      try? inboxFile.withLock { $0 }?.forgetPast()
    // Worth another try tomorrow; a store in trouble says so elsewhere, too.
    case .failure(let error): post(.trouble(.journal, sentence: error.sentence))
    }
  }

  private func saveNote(_ text: String, _ party: PartyReference?, _ number: PhoneNumber?) {
    let result = store.add(Note(at: WindowClock.wall(), text: text), party, number)
    let failure: DirectoryError? = if case .failure(let error) = result { error } else { nil }
    post(.noteSaved(party, number: number, failure: failure))
  }

  private func readNotes(_ party: PartyReference?, _ number: PhoneNumber?) {
    switch store.notes(party, number) {
    case .success(let notes): post(.notes(party, number: number, notes))
    case .failure(let error): post(.failed(error))
    }
  }

  private func readPage(
    _ filter: JournalFilter, _ last: WallTime?, _ limit: Int, _ ticket: Int
  ) {
    switch store.journal(matching: filter, upTo: last, limit: limit) {
    case .success(let entries): post(.journalPage(entries, ticket: ticket))
    case .failure(let error):
      post(.journalPage([], ticket: ticket))
      post(.failed(error))
    }
  }

  private func readStory(_ entry: JournalEntry, _ number: PhoneNumber?) {
    switch store.story(of: entry, number) {
    case .success(let story):
      post(.story(key: entry.key, notes: story.notes, earlier: story.earlier))
    case .failure(let error): post(.failed(error))
    }
  }

  private func addException(_ text: String, _ list: ExceptionNumber.List) {
    guard let pattern = plan.exceptionPattern(text) else {
      post(.noPattern(text))
      return
    }
    report(store.add(ExceptionNumber(pattern: pattern, list: list)), .exceptionAdded)
    parties.postExceptions()
  }

  private func saveOption(_ key: String, _ value: String?) {
    switch store.setOption(key, value) {
    case .failure(let error): post(.failed(error))
    case .success(let chosen):
      let current = choices.choose(chosen)
      post(.options(current.pop, current.optionRows))
      post(.done(.optionSaved))
    }
  }

  private func report(_ result: Result<Void, DirectoryError>, _ done: Acknowledgement?) {
    switch result {
    case .success: if let done { post(.done(done)) }
    case .failure(let error): post(.failed(error))
    }
  }
}
