import CallWire
import ERPSync
import LauncherSource
import OperatorConfiguration
import OperatorScreen
import PhoneNumbers
import RecordOpener
import Synchronization
import Telephony
import ThirdPartyStore

/// Does what the screen wants done, away from the screen; the result comes back as a message.
///
/// Two lanes, so that a slow write never delays a caller's name: one reads third parties, the other
/// writes the operator's own data, each in the order in which it was asked.
final class EffectPerformer: Sendable {
  private let store: StoreAccess
  private let inbox: EventInbox
  private let erp: ERPLink?
  private let runtime: RuntimeDirectory
  private let plan: NumberPlan
  private let opener: RecordOpener
  private let telephones: [SourceID: any CallControl]
  private let dialler: (any Dialler)?
  private let post: @Sendable (Message) -> Void
  private let settings: Mutex<Settings>
  private let knownExceptions = Mutex<[ExceptionNumber]?>(nil)
  private let latestSearch = Mutex(0)
  /// The journal's lines that wait for the next transaction, in the order of their first news.
  private let lines = Mutex(WaitingLines())
  private let readLane = Lane()
  private let writeLane = Lane()
  private let commandLane = Lane()

  init(
    settings: Settings, store: StoreAccess, inbox: EventInbox, erp: ERPLink?,
    runtime: RuntimeDirectory,
    environment: [String: String], telephones: [SourceID: any CallControl],
    dialler: (any Dialler)?, post: @escaping @Sendable (Message) -> Void
  ) {
    self.store = store
    self.inbox = inbox
    self.dialler = dialler
    self.erp = erp
    self.runtime = runtime
    self.telephones = telephones
    self.post = post
    self.settings = Mutex(settings)
    plan = settings.plan
    opener = RecordOpener(environment: environment)
  }

  /// Reads what the window shows from the start, and makes the first lookup as fast as the others.
  func start() {
    store.listen { [post] in post(.trouble(.store, sentence: $0)) }
    readLane.run { [self] in
      postExceptions()
      NumberPlan.warmUp()
      if case .failure(let error) = store.matches(PhoneNumber(.extension, "0")) {
        post(.trouble(.store, sentence: error.sentence))
      }
    }
  }

  /// Reads the past: the journal, and what an earlier window left in the inbox; then news can be told.
  func readPast(_ file: InboxFile) async {
    await withCheckedContinuation { read in
      writeLane.run { [self] in
        switch store.journal(limit: Model.journalLimit) {
        case .success(let entries): post(.journal(entries))
        case .failure(let error): post(.journalRefused(error))
        }
        switch store.leftovers(file, now: WindowClock.wall()) {
        case .success(let kept): post(.resume(kept))
        case .failure(let error): post(.trouble(.journal, sentence: error.sentence))
        }
        if let note = settings.withLock({ $0.notes.first }) {
          post(.trouble(.configuration, sentence: note.description))
        }
        read.resume()
      }
    }
  }

  /// Writes what is left before the program ends; why it could not be written, nil when it was.
  func flush(_ unsaved: [UnsavedLine]) -> DirectoryError? {
    let failure = Mutex<DirectoryError?>(nil)
    writeLane.run { [self] in
      lines.withLock { waiting in
        for line in unsaved { waiting.add(line.entry, line.events) }
      }
      failure.withLock { $0 = writeLines() }
    }
    readLane.finish()
    writeLane.finish()
    return failure.withLock { $0 }
  }

  /// Writes the lines that wait in one transaction, which takes as long for many as for one.
  @discardableResult
  private func writeLines() -> DirectoryError? {
    let waiting = lines.withLock { $0.takeAll() }
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

  /// Starts on the effect; never blocks.
  func perform(_ effect: Effect) {
    switch effect {
    case .lookUp(let id, let number):
      readLane.run { [self] in
        postExceptions()
        lookUp(number) { [post] in post(.found(id, $0, of: number)) }
      }
    case .lookUpLine(let key, let number):
      readLane.run { [self] in
        lookUp(number) { [post] in post(.foundForLine(key: key, $0)) }
      }
    case .loadRecord(let party, let ticket):
      readLane.run { [self] in post(.record(ticket: ticket, store.record(party))) }
    case .search(let text, let ticket):
      latestSearch.withLock { $0 = ticket }
      readLane.run { [self] in
        // What has been typed over since must not make a caller's name wait.
        guard latestSearch.withLock({ $0 == ticket }) else { return }
        post(.searched(ticket: ticket, store.search(text)))
      }
    case .openElsewhere(let subject): open(subject)
    case .createElsewhere(let subject): createElsewhere(subject)
    case .answer(let source, let callID):
      command(source) { telephone throws(DialError) in try await telephone.answer(callID: callID) }
    case .hangUp(let source, let callID):
      command(source) { telephone throws(DialError) in try await telephone.hangUp(callID: callID) }
    case .dial(let request): dial(request)
    case .playSample: SampleCall.play(runtime, station: settings.withLock { $0.station }, post)
    case .saveJournal(let entry, let events):
      let isFirst = lines.withLock { waiting in
        defer { waiting.add(entry, events) }
        return waiting.isEmpty
      }
      if isFirst { writeLane.run { [self] in writeLines() } }
    case .letGo(let receipt): inbox.settle([receipt])
    case .quit: break
    default: writeLane.run { [self] in write(effect) }
    }
  }

  private func write(_ effect: Effect) {
    switch effect {
    case .remember(let number, let party): tell(store.remember(number, party), nil)
    case .create(let draft, let subject):
      post(.joined(subject, store.create(draft, subject.number, text: subject.text)))
    case .attach(let party, let subject):
      post(.joined(subject, store.attach(subject.number, text: subject.text, to: party)))
    case .saveNote(let text, let party, let number):
      let result = store.add(Note(at: WindowClock.wall(), text: text), party, number)
      let failure: DirectoryError? = if case .failure(let error) = result { error } else { nil }
      post(.noteSaved(party, number: number, failure: failure))
    case .readNotes(let party, let number):
      switch store.notes(party, number) {
      case .success(let notes): post(.notes(party, number: number, notes))
      case .failure(let error): post(.failed(error))
      }
    case .addException(let text, let list): addException(text, list)
    case .removeException(let entry):
      tell(store.remove(entry), .exceptionRemoved)
      postExceptions()
    case .saveOption(let key, let value): saveOption(key, value)
    case .lookUp, .lookUpLine, .loadRecord, .search, .openElsewhere, .createElsewhere, .answer,
      .hangUp, .dial, .playSample, .saveJournal, .letGo, .quit:
      preconditionFailure("\(effect) writes nothing")
    }
  }

  private func tell(_ result: Result<Void, DirectoryError>, _ done: Acknowledgement?) {
    switch result {
    case .success: if let done { post(.done(done)) }
    case .failure(let error): post(.failed(error))
    }
  }

  private func open(_ subject: RecordSubject) {
    let (target, station) = settings.withLock {
      ($0.opensERP ? erp?.record ?? $0.open : $0.open, $0.station)
    }
    let values = RecordValues(
      party: subject.party, contact: subject.contact, number: subject.number,
      text: subject.number.map { plan.display($0) } ?? "", station: station ?? "")
    open(target, values)
  }

  private func createElsewhere(_ subject: Subject) {
    guard let target = erp?.newParty else { return }
    open(
      target,
      RecordValues(
        number: subject.number, text: subject.text,
        station: settings.withLock { $0.station } ?? ""))
  }

  private func open(_ target: OpenTarget, _ values: RecordValues) {
    Task { @concurrent [opener, post] in
      if case .failed(let error) = await opener.open(target, values) {
        post(.opened(failure: error.sentence))
      }
    }
  }

  /// Looks a number up; one that the copy does not know is asked for at the ERP, on another thread.
  private func lookUp(
    _ number: PhoneNumber,
    _ answer: @escaping @Sendable (Result<[Match], DirectoryError>) -> Void
  ) {
    let known = store.matches(number)
    guard let erp, case .success(let matches) = known,
      matches.allSatisfy({ $0.strength == .weak })
    else { return answer(known) }
    erp.ask(number) { [store] said in
      switch said {
      case .nobody: answer(known)
      case .copied: answer(store.matches(number))
      case .told(let told):
        let told = told.map { (match: $0, reference: PartyReference($0.party)) }
        let others = matches.filter { known in !told.contains { $0.reference.means(known.party) } }
        answer(.success(told.map(\.match) + others))
      }
    }
  }

  /// Has a telephone do something, on a thread of its own: Swift's pool, once used, wakes the process
  /// every second.
  private func command(
    _ source: SourceID,
    _ order: @escaping @Sendable (any CallControl) async throws(DialError) -> Void
  ) {
    guard let telephone = telephones[source] else { return }
    Task(executorPreference: commandLane) { [post] in
      do throws(DialError) {
        try await order(telephone)
      } catch {
        post(.failed(DirectoryError(error.sentence)))
      }
    }
  }

  /// Has the number called, on the same thread.
  private func dial(_ request: DialRequest) {
    guard let dialler, let number = plan.dialled(request.number) else {
      let sentence = "“\(request.text)” cannot be dialled: it is no number, or nothing dials here."
      return post(.dialled(request, .failure(DialError(sentence))))
    }
    Task(executorPreference: commandLane) { [post] in
      do throws(DialError) {
        post(.dialled(request, .success(try await dialler.dial(number))))
      } catch {
        post(.dialled(request, .failure(error)))
      }
    }
  }

  private func addException(_ text: String, _ list: ExceptionNumber.List) {
    guard let pattern = plan.exceptionPattern(text) else {
      post(.noPattern(text))
      return
    }
    tell(store.add(ExceptionNumber(pattern: pattern, list: list)), .exceptionAdded)
    postExceptions()
  }

  /// Reads the lists again, because other programs change them too, and posts them if they differ.
  private func postExceptions() {
    switch store.exceptions() {
    case .success(let entries):
      let isNew = knownExceptions.withLock { known in
        defer { known = entries }
        return known != entries
      }
      if isNew { post(.exceptions(entries)) }
    case .failure(let error): post(.trouble(.store, sentence: error.sentence))
    }
  }

  private func saveOption(_ key: String, _ value: String?) {
    switch store.setOption(key, value) {
    case .failure(let error): post(.failed(error))
    case .success(let chosen):
      let current = settings.withLock { settings in
        settings = settings.choosing(chosen)
        return settings
      }
      post(.options(current.pop, current.optionRows))
      post(.done(.optionSaved))
    }
  }
}
