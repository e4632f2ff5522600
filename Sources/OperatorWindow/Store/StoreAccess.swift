package import OperatorConfiguration
package import OperatorScreen
import PhoneNumbers
import Synchronization
package import Telephony
package import ThirdPartyStore

/// The store as the window uses it: each file is opened when it is first needed, and again later
/// when that failed, so that a store in trouble is a sentence on the screen and nothing worse.
package final class StoreAccess: Sendable {
  /// How long the operator's data is waited for while another program holds it [s]: a caller's name waits behind it, and a
  /// journal line that cannot be written is offered again.
  private static let patience = 0.5

  private let context: Mutex<StoreContext>
  private let parties = Mutex<PartyStore?>(nil)
  private let machine = Mutex(MachineParties())
  private let operatorData = Mutex<OperatorStore?>(nil)

  /// Whether this is the demonstration's store.
  package let isDemo: Bool

  /// The store in these directories; `demo`: the one with the sample third parties.
  package init(_ directories: Directories, demo: Bool) {
    isDemo = demo
    var context = StoreContext(directories, demo: demo)
    context.movesDamagedAside = true
    self.context = Mutex(context)
  }

  /// Has `tell` called with what the store says beside its answers: what it left out, that a damaged file was moved
  /// aside.
  package func listen(_ tell: @escaping @Sendable (String) -> Void) {
    context.withLock { $0.notices }.listen(tell)
  }

  /// What the operator chose on the options screen; nothing while it cannot be read.
  package func chosenOptions() -> [String: String] {
    // Without them the window still starts, and says so when it reads the journal.
    (try? ownData().options()) ?? [:]
  }

  /// Whether everybody's exception list may be written.
  package var mayEditMachineList: Bool { context.withLock { $0.machineExceptions.isWritable } }

  /// Takes over the number plan and the collaborator of the settings.
  package func adopt(_ settings: Settings) {
    context.withLock { $0.adopt(settings) }
  }

  /// The number as an operator reads it.
  package func display(_ number: PhoneNumber) -> String {
    context.withLock { $0.plan }.display(number)
  }

  // MARK: - Third parties

  /// The third parties that have the number, best first.
  package func matches(_ number: PhoneNumber) -> Result<[Match], DirectoryError> {
    result {
      let parties = try partyStores()
      // A name is worth more than the operator's choices: those may be missing.
      guard let own = try? ownData() else { return try parties.matches(for: number) }
      return try directory(parties, own).matches(for: number)
    }
  }

  /// All that is known of a third party; fails where it is not there.
  package func record(_ party: PartyReference) -> Result<ThirdPartyRecord, DirectoryError> {
    result {
      try known(party, try directory(try partyStores(), try ownData()).record(party))
    }
  }

  /// Up to fifty third parties by name, city or code, best first.
  package func search(_ text: String) -> Result<[ThirdPartySummary], DirectoryError> {
    result { try partyStores().search(text, limit: 50) }
  }

  /// Adds a third party with this number, or with this text where there is no number.
  package func create(
    _ draft: PartyDraft, _ number: PhoneNumber?, text: String
  ) -> Result<ThirdPartySummary, DirectoryError> {
    result {
      let contact = draft.contact.isEmpty ? nil : draft.contact
      let use: ListedNumber.Use = number?.kind == .extension ? .extension : .phone
      return try partyStore().create(
        NewThirdParty(
          name: draft.name, kind: draft.kind, city: draft.city,
          numbers: [ListedNumber(use: use, number: number, text: text, contact: contact)]))
    }
  }

  /// Attaches the number to the party, or the text where there is no number.
  package func attach(
    _ number: PhoneNumber?, text: String, to party: PartyReference
  ) -> Result<ThirdPartySummary, DirectoryError> {
    result {
      let known = try known(party, try partyStores().party(party))
      if let number {
        try ownData().attach(number, to: PartyReference(known))
      } else {
        try ownData().attach(text: text, to: PartyReference(known))
      }
      share()
      return known
    }
  }

  /// Attaches all numbers that begin so, in E.164.
  package func attach(
    allFrom beginning: String, to party: PartyReference
  ) -> Result<ThirdPartySummary, DirectoryError> {
    result {
      let known = try known(party, try partyStores().party(party))
      try ownData().attach(NumberRange(prefix: beginning), to: PartyReference(known))
      share()
      return known
    }
  }

  /// What was found of the party; throws when it is not there.
  private func known<Found>(_ party: PartyReference, _ found: Found?) throws -> Found {
    if let found { return found }
    throw DirectoryError("The third party \(party.code) is not in the store, or not yet.")
  }

  /// Lets the machine's other users know what is attached and chosen here, where that is shared; trouble with that is told
  /// once, and costs nothing else.
  package func share() {
    let context = context.withLock { $0 }
    guard context.shared != nil, let parties = try? partyStores(), let own = try? ownData() else {
      return
    }
    do throws(StoreError) {
      try directory(parties, own).publish()
    } catch {
      context.notices.tell(error.sentence)
    }
  }

  private func directory(_ parties: PartyStores, _ own: OperatorStore) -> StoreDirectory {
    StoreDirectory(
      parties: parties, operatorData: own, shared: context.withLock { $0.shared })
  }

  // MARK: - The operator's own data

  /// The newest lines of the journal, newest first.
  package func journal(limit: Int) -> Result<[JournalEntry], DirectoryError> {
    result { try ownData().journal(limit: limit) }
  }

  /// Lines that the filter lets through, up to that time (nil: to the newest), newest first.
  package func journal(
    matching filter: JournalFilter, upTo last: WallTime?, limit: Int
  ) -> Result<[JournalEntry], DirectoryError> {
    result { try ownData().journal(matching: filter, upTo: last, limit: limit) }
  }

  /// Writes lines of the journal, and the receipts for what they tell, in one transaction.
  package func record(
    _ entries: [JournalEntry], receipts: [Receipt]
  ) -> Result<Void, DirectoryError> {
    result { try ownData().record(entries, receipts: receipts) }
  }

  /// What an earlier window left in its inbox, each event with the journal's line of it, if any.
  package func leftovers(_ inbox: InboxFile) -> Result<[KeptEvent], DirectoryError> {
    result {
      // A store in trouble says so elsewhere.
      guard let journal = try? ownData() else { return try inbox.leftovers(besides: nil) }
      let kept = try inbox.leftovers(besides: journal)
      // Trouble with those of another station's window keeps nothing from this one.
      let abandoned = (try? inbox.abandoned(besides: journal)) ?? []
      guard !abandoned.isEmpty else { return kept }
      return (kept + abandoned).sorted { $0.event.at < $1.event.at }
    }
  }

  /// Forgets the receipts that the inbox needs no more.
  package func forgetReceipts(now: WallTime) -> Result<Void, DirectoryError> {
    result { try ownData().forgetReceipts(now: now) }
  }

  /// Forgets some of the calls and of the notes on numbers from before a time; nil while there are more, in the end the keys
  /// of the older calls that stay.
  package func forget(
    before time: WallTime, now: WallTime
  ) -> Result<Set<String>?, DirectoryError> {
    result {
      let own = try ownData()
      let subject = Forgetting.older(time, now: now)
      guard try own.forget(subject, [.journal, .notes], now: now).isEmpty else { return nil }
      try own.emptyLog()
      let before = WallTime(milliseconds: time.milliseconds - 1)
      let left = try own.journal(
        from: WallTime(milliseconds: 0), to: before, limit: Model.journalLimit)
      return Set(left.map(\.key))
    }
  }

  /// The inbox of the station's window.
  package func inbox(station: String?) -> InboxFile {
    InboxFile(path: context.withLock { $0.inboxPath(station: station) }) {
      WindowClock.both()
    }
  }

  /// Keeps whom the operator means by a number that several have.
  package func remember(_ number: PhoneNumber, _ party: PartyReference) -> Result<
    Void, DirectoryError
  > {
    result {
      try ownData().setChoice(party, for: number)
      share()
    }
  }

  /// Keeps a note on a third party, or on a number that nobody has.
  package func add(
    _ note: Note, _ party: PartyReference?, _ number: PhoneNumber?
  ) -> Result<Void, DirectoryError> {
    result {
      if let party {
        try ownData().add(note, on: .party(party))
      } else if let number {
        try ownData().add(note, on: .number(number))
      }
    }
  }

  /// What else is known of a line's caller: the notes, and up to twenty calls before that.
  package func story(
    of entry: JournalEntry, _ number: PhoneNumber?
  ) -> Result<(notes: [Note], earlier: [JournalEntry]), DirectoryError> {
    notes(entry.party, number).flatMap { notes in
      result { (notes, try ownData().journal(before: entry, limit: 20)) }
    }
  }

  /// The notes on a third party and on its numbers, or on a number that nobody has; newest first.
  package func notes(_ party: PartyReference?, _ number: PhoneNumber?) -> Result<
    [Note], DirectoryError
  > {
    // A party that the ERP has just told may not be in the store yet.
    if let party, case .success(let record) = record(party) { return .success(record.notes) }
    return result {
      if let party { return try ownData().notes(on: .party(party)) }
      return try number.map { try ownData().notes(on: .number($0)) } ?? []
    }
  }

  /// Keeps a choice of the options screen; all choices.
  package func setOption(_ key: String, _ value: String?) -> Result<
    [String: String], DirectoryError
  > {
    result {
      let own = try ownData()
      try own.setOption(key, value)
      return try own.options()
    }
  }

  // MARK: - Exceptions

  /// All exception numbers: the operator's, the machine's and the ERP's.
  package func exceptions() -> Result<[ExceptionNumber], DirectoryError> {
    result {
      // Third parties that cannot be read say so with each lookup; the other lists hold all the same.
      let copied = (try? partyStores().exceptions()) ?? []
      return try ownData().exceptions() + machineExceptions().load() + copied
    }
  }

  /// Adds an entry to its list; the ERP's is changed there.
  package func add(_ entry: ExceptionNumber) -> Result<Void, DirectoryError> {
    result {
      switch entry.list {
      case .own: try ownData().add(entry)
      case .machine: try machineExceptions().add(entry)
      case .erp: throw Self.erpOwned(entry)
      }
    }
  }

  /// Removes an entry from its list; the ERP's is changed there.
  package func remove(_ entry: ExceptionNumber) -> Result<Void, DirectoryError> {
    result {
      switch entry.list {
      case .own:
        _ = try ownData().removeException(entry.pattern, collaborator: entry.collaborator)
      case .machine: _ = try machineExceptions().remove(entry)
      case .erp: throw Self.erpOwned(entry)
      }
    }
  }

  private static func erpOwned(_ entry: ExceptionNumber) -> DirectoryError {
    DirectoryError("The exception \(entry.pattern) comes from the ERP, and is changed there.")
  }

  // MARK: - Opening

  /// All third parties; the machine's are left out while they cannot be read, which is said once.
  package func partyStores() throws(StoreError) -> PartyStores {
    PartyStores(own: try partyStore(), machine: machineStore())
  }

  /// The machine's third parties; nil: there are none, or they cannot be read.
  package func machineStore() -> PartyStore? {
    let context = context.withLock { $0 }
    guard context.machinePartiesPath != nil else { return nil }
    return machine.withLock { machine in
      if let open = machine.open { return open }
      do throws(StoreError) {
        machine.open = try context.machineParties()
        _ = machine.failure.isNews(nil)
      } catch {
        if machine.failure.isNews(error.sentence) { context.notices.tell(error.sentence) }
      }
      return machine.open
    }
  }

  /// Where the ERP's third parties are: the machine's file, where there is to be one.
  package func erpStore() throws(StoreError) -> PartyStore? {
    if context.withLock({ $0.machinePartiesPath }) != nil { return machineStore() }
    return try partyStore()
  }

  /// One's own third parties.
  package func partyStore() throws(StoreError) -> PartyStore {
    try parties.withLock { (open: inout PartyStore?) throws(StoreError) in
      if let open { return open }
      let store = try context.withLock { $0 }.parties()
      open = store
      return store
    }
  }

  private func ownData() throws(StoreError) -> OperatorStore {
    try operatorData.withLock { (open: inout OperatorStore?) throws(StoreError) in
      if let open { return open }
      let store = try context.withLock { $0 }.operatorData(busyTimeout: Self.patience)
      open = store
      return store
    }
  }

  private func machineExceptions() -> MachineExceptions {
    context.withLock { $0.machineExceptions }
  }

  private func result<Value>(_ body: () throws -> Value) -> Result<Value, DirectoryError> {
    do {
      return .success(try body())
    } catch let error as StoreError {
      // The next question opens the file anew: what is damaged may be repaired, what is gone is made.
      if error.kind == .replaced || error.kind == .damaged { operatorData.withLock { $0 = nil } }
      return .failure(DirectoryError(error.sentence))
    } catch let error as DirectoryError {
      return .failure(error)
    } catch {
      return .failure(DirectoryError("\(error)"))
    }
  }
}

/// The machine's third parties as they are open.
private struct MachineParties {
  var open: PartyStore?
  /// Why they could not be read.
  var failure = LatestFailure<String>()
}
