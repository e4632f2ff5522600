public import Telephony

/// The third parties of a machine and one's own, asked as one (R57).
///
/// What the ERP says, the machine's file says: a copy of it in one's own, from before there was a machine's, is as
/// old as it is, and counts only while the machine's cannot be read.
public struct PartyStores: Sendable {
  /// One's own: what was imported or made here.
  public let own: PartyStore
  /// The machine's; nil: there is none, or it cannot be read.
  public let machine: PartyStore?

  /// Both files.
  public init(own: PartyStore, machine: PartyStore? = nil) {
    self.own = own
    self.machine = machine
  }

  /// The parties with this number, best first; empty when none.
  public func matches(for number: PhoneNumber) throws(StoreError) -> [Match] {
    try ranking(for: number).ranked()
  }

  func ranking(for number: PhoneNumber) throws(StoreError) -> MatchRanking {
    var ranking = try own.ranking(for: number)
    guard let others = ofMachine({ machine throws(StoreError) in try machine.ranking(for: number) })
    else { return ranking }
    ranking.leaveOut(unless: counts)
    ranking.add(others)
    return ranking
  }

  /// What the machine's file says; nil where there is none, and where it cannot be read: that is said, and whom
  /// one's own file knows has a name all the same.
  func ofMachine<Result>(_ body: (PartyStore) throws(StoreError) -> Result) -> Result? {
    guard let machine else { return nil }
    do throws(StoreError) {
      return try body(machine)
    } catch {
      own.file.notices.say(error.sentence)
      return nil
    }
  }

  /// Whether a party of one's own file counts beside the machine's.
  func counts(_ party: ThirdPartySummary) -> Bool { machine == nil || party.sourceKey.isEmpty }

  /// The party that is meant, nil when it is not there.
  public func party(_ reference: PartyReference) throws(StoreError) -> ThirdPartySummary? {
    try place(of: reference)?.party
  }

  /// The party with this code, nil when there is none.
  public func party(_ code: String) throws(StoreError) -> ThirdPartySummary? {
    try party(PartyReference(code: code))
  }

  /// Everything that its file knows of a party, nil when there is none.
  public func record(_ reference: PartyReference) throws(StoreError) -> ThirdPartyRecord? {
    guard let place = try place(of: reference) else { return nil }
    return try place.store.record(place.party.code)
  }

  /// A party of the ERP is the machine's; one without a key there may be one's own, with the same code.
  private func place(
    of reference: PartyReference
  ) throws(StoreError) -> (store: PartyStore, party: ThirdPartySummary)? {
    if !reference.sourceKey.isEmpty {
      let found = ofMachine { machine throws(StoreError) in
        try machine.party(sourceKey: reference.sourceKey).map { (store: machine, party: $0) }
      }
      if let found, let place = found { return place }
    }
    let party = try own.party(reference)
    if let party, counts(party) { return (own, party) }
    let shared = ofMachine { machine throws(StoreError) in
      try machine.party(reference).map { (store: machine, party: $0) }
    }
    // Outer nil: it cannot be read.
    return shared ?? party.map { (own, $0) }
  }

  /// As ``PartyStore/search(_:limit:)``, in both files.
  public func search(_ text: String, limit: Int) throws(StoreError) -> [ThirdPartySummary] {
    let own = try own.search(text, limit: limit)
    let shared = ofMachine { machine throws(StoreError) in
      try machine.search(text, limit: limit)
    }
    guard let shared else { return own }
    let counted = own.filter(counts)
    let known = Set(counted.map { PartyIdentity($0) })
    let others = shared.filter { !known.contains(PartyIdentity($0)) }
    return PartyStore.ranked(counted + others, by: text, limit: limit)
  }

  /// The exception numbers that the ERP's copy brought.
  public func exceptions() throws(StoreError) -> [ExceptionNumber] {
    let shared = ofMachine { machine throws(StoreError) in try machine.exceptions() }
    if let shared { return shared }
    return try own.exceptions()
  }

  /// How many parties there are in both files.
  public func count() throws(StoreError) -> Int {
    let shared = ofMachine { machine throws(StoreError) in try machine.count() }
    return try own.count() + (shared ?? 0)
  }
}

/// Which party a summary is of, whatever the file: the ERP's by its key, any other by its code, which another file
/// may have given to somebody else.
struct PartyIdentity: Hashable {
  private let key: String
  private let name: String

  init(_ party: ThirdPartySummary) {
    let isCopied = !party.sourceKey.isEmpty
    key = isCopied ? party.sourceKey : party.code
    name = isCopied ? "" : party.name
  }
}
