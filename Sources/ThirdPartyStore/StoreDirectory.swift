import PhoneNumbers
public import Telephony

/// The third parties as one operator sees them: the files of third parties, with the numbers that the operator
/// attached, the choices that the operator made, and notes and calls on each record.
public struct StoreDirectory: Sendable {
  /// The files of third parties.
  public let parties: PartyStores
  /// The operator's own file.
  public let operatorData: OperatorStore
  /// What fellow users of the machine attached and chose; nil: nothing is shared.
  public let shared: SharedNumbers?

  /// The parties, seen through the operator's own data.
  public init(parties: PartyStore, machine: PartyStore? = nil, operatorData: OperatorStore) {
    self.init(parties: PartyStores(own: parties, machine: machine), operatorData: operatorData)
  }

  /// The same of both files, and what fellow users share.
  public init(parties: PartyStores, operatorData: OperatorStore, shared: SharedNumbers? = nil) {
    self.parties = parties
    self.operatorData = operatorData
    self.shared = shared
  }

  /// The parties with this number: strongest match first, then the remembered choice, then the party of
  /// the latest call, then by name. A number that the operator attached matches exactly, and so does one that a fellow user
  /// attached; the operator's own choice goes before theirs.
  public func matches(for number: PhoneNumber) throws(StoreError) -> [Match] {
    let fellows = shared?.words()
    var ranking = try parties.ranking(for: number)
    let words = try operatorData.words(on: number)
    for attached in words.parties {
      // A party that an import no longer knows may come back with the next one.
      guard let party = try parties.party(attached) else { continue }
      ranking.add(party, contact: "", .init(strength: .exact))
    }
    for attached in fellows?.numbers[number] ?? [] {
      if let party = machineParty(attached) {
        ranking.add(party, contact: "", .init(strength: .exact))
      }
    }
    if !ranking.isSure {
      for attached in try operatorData.attachedRanges(around: number) {
        guard let party = try parties.party(attached.party) else { continue }
        ranking.add(party, contact: "", .init(strength: .range))
      }
      for attached in fellows?.ranges(around: number) ?? [] {
        if let party = machineParty(attached.party) {
          ranking.add(party, contact: "", .init(strength: .range))
        }
      }
    }
    let known = ranking.parties
    return ranking.ranked(
      remembered: words.choice ?? fellows?.choice(for: number),
      lastCalls: known.count > 1 ? try operatorData.lastCalls(with: known) : [:])
  }

  /// Whom a fellow user means: somebody whom all have, or nobody.
  func machineParty(_ reference: PartyReference) -> ThirdPartySummary? {
    parties.ofMachine { machine throws(StoreError) in try machine.party(reference) } ?? nil
  }

  /// Has fellow users know what is attached and chosen here, where that is shared.
  public func publish() throws(StoreError) {
    guard let shared, let machine = parties.machine else { return }
    try shared.publish(operatorData, machine)
  }

  /// Everything about a party, nil when it is not there; the latest `calls` with it.
  public func record(
    _ party: PartyReference, calls: Int = 10
  ) throws(StoreError) -> ThirdPartyRecord? {
    guard var record = try parties.record(party) else { return nil }
    let party = PartyReference(record.summary)
    let known = Set(record.numbers.compactMap(\.number))
    for attachment in try operatorData.attachments(to: party)
    where !known.contains(attachment.number) {
      record.numbers.append(
        ListedNumber(
          use: .attached, number: attachment.number,
          text: parties.own.plan.display(attachment.number)))
    }
    for attached in try operatorData.attachedRanges(to: party) {
      record.numbers.append(
        ListedNumber(
          use: .attached, number: nil, text: attached.range.text, range: attached.range.prefix))
    }
    for text in try operatorData.attachedTexts(to: party) {
      record.numbers.append(ListedNumber(use: .attached, number: nil, text: text))
    }
    // What was noted on a number while nobody had it belongs to the party that has it now.
    record.notes = try operatorData.notes(
      on: [.party(party)] + Set(record.numbers.compactMap(\.number)).map { .number($0) })
    record.calls = try operatorData.journal(of: party, limit: calls)
    return record
  }
}
