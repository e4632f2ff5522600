import GRDB
import PhoneNumbers
public import Telephony

/// Why a third party matches a number, or why one whose number ends alike does not.
public struct LookupExplanation: Hashable, Sendable {
  /// How a number of the party stands to the one that was looked up; what says most first.
  public enum Relation: Int, Hashable, Sendable {
    /// The same E.164 number.
    case same
    /// The same extension.
    case sameExtension
    /// The operator attached the number.
    case attached
    /// A fellow user of the machine attached it, and shares that.
    case attachedByOthers
    /// The same number, if it is of this country: one side does not say which.
    case sameWithoutCountry
    /// The same number in another spelling of its plan.
    case otherSpelling
    /// The same, if the field is to be read so.
    case oneReading
    /// A range of numbers, of which it is one.
    case inRange
    /// The same in another spelling of its plan, or another number: both are numbers in it.
    case likeSpelling
    /// The switchboard of the company whose direct number the other is, the other way round, or a colleague's.
    case sameSwitchboard
    /// The same last eight digits; one side is not complete.
    case sameEnd
    /// No match: the same last eight digits, but both numbers are complete and differ.
    case other
  }

  /// One number of the party that was compared.
  public struct Number: Hashable, Sendable {
    /// The number as the record lists it.
    public var listed: ListedNumber
    /// How it stands to the one that was looked up.
    public var relation: Relation
  }

  /// The party.
  public var party: ThirdPartySummary
  /// The match, nil when the party does not match.
  public var match: Match?
  /// The numbers of the party that were compared.
  public var numbers: [Number]
  /// When the latest call with the party was; nil: there was none.
  public var lastCall: WallTime?
  /// The file in which the party stands.
  public var file: String
}

extension StoreDirectory {
  /// Why each match matched, in their order, and then the near misses; at most a few hundred numbers are
  /// looked at.
  public func explain(_ number: PhoneNumber) throws(StoreError) -> [LookupExplanation] {
    let compared = try parties.compared(with: number)
    let matches = try matches(for: number)
    let known = Set(matches.map { PartyIdentity($0.party) })
    var missed: [ThirdPartySummary] = []
    for (party, _, _) in compared
    where !known.contains(PartyIdentity(party)) && !missed.contains(party) {
      missed.append(party)
    }
    let lastCalls = try operatorData.lastCalls(with: matches.map(\.party) + missed)
    let words = try operatorData.words(on: number)
    let ranges = try operatorData.attachedRanges(around: number)
    let fellows = shared?.words()
    let others: [(LookupExplanation.Relation, [PartyReference])] = [
      (.attachedByOthers, fellows?.numbers[number] ?? []),
      (.inRange, (ranges + (fellows?.ranges(around: number) ?? [])).map(\.party)),
    ]
    return (matches.map { ($0.party, $0) } + missed.map { ($0, nil) }).map { party, match in
      let rows = compared.filter { PartyIdentity($0.party) == PartyIdentity(party) }
      var numbers = rows.map(\.number)
      if words.parties.contains(where: { $0.means(party) }) {
        let listed = ListedNumber(
          use: .attached, number: number, text: parties.own.plan.display(number))
        numbers.append(.init(listed: listed, relation: .attached))
      }
      for (relation, references) in others where references.contains(where: { $0.means(party) }) {
        let listed = ListedNumber(
          use: .attached, number: number, text: parties.own.plan.display(number))
        numbers.append(.init(listed: listed, relation: relation))
      }
      return LookupExplanation(
        party: party, match: match, numbers: Self.told(numbers), lastCall: lastCalls[party.code],
        file: rows.first?.file ?? parties.own.file.path)
    }
  }
}

extension StoreDirectory {
  /// Each number once, with what says most of it.
  fileprivate static func told(_ numbers: [LookupExplanation.Number]) -> [LookupExplanation.Number]
  {
    var told: [LookupExplanation.Number] = []
    for number in numbers {
      let known = told.firstIndex {
        $0.listed.number == number.listed.number && $0.listed.use == number.listed.use
          && $0.listed.contact == number.listed.contact
      }
      if let known {
        if number.relation.rawValue < told[known].relation.rawValue { told[known] = number }
      } else {
        told.append(number)
      }
    }
    return told
  }
}

extension PartyStores {
  /// Those of both files.
  fileprivate func compared(with number: PhoneNumber) throws(StoreError) -> [Compared] {
    let own = try own.compared(with: number)
    let shared = ofMachine { machine throws(StoreError) in try machine.compared(with: number) }
    guard let shared else { return own }
    return own.filter { counts($0.party) } + shared
  }
}

/// A number that was compared, whose it is, and in which file.
private typealias Compared = (
  party: ThirdPartySummary, number: LookupExplanation.Number, file: String
)

extension PartyStore {
  /// The numbers that are equal to this one, or end alike.
  fileprivate func compared(with number: PhoneNumber) throws(StoreError) -> [Compared] {
    try open.use("looking a number up") { connections in
      try connections.reader.read { db in
        let related = RelatedKey.asked(by: number)
        let columns = """
          p.id, p.code, p.kind, p.name, p.zip, p.city, p.source_key, n.key, n.kind, n.use, n.contact,
          n.text
          FROM number n CROSS JOIN party p ON p.id = n.party
          """
        let ranges = NumberPlan.ranges(around: number.key).map(\.prefix)
        let places = related.indices.map { "?\($0 + 3)" }.joined(separator: ", ")
        let inside = ranges.indices.map { "?\($0 + 3 + related.count)" }.joined(separator: ", ")
        let found = try file.rows(
          db, "numbers of third parties",
          """
          SELECT \(columns) WHERE n.key = ?1
          UNION SELECT \(columns) WHERE n.tail = ?2 AND n.kind = 1
          UNION SELECT \(columns) WHERE n.tail = ?2 AND n.kind >= 2
          \(related.isEmpty ? "" : "UNION SELECT \(columns) WHERE n.key IN (\(places))")
          \(ranges.isEmpty ? "" : "UNION SELECT \(columns) WHERE n.key IN (\(inside)) AND n.kind = \(StoredKey.Kind.range.rawValue)")
          ORDER BY p.name LIMIT 300
          """, [number.key, number.tailValue] + StatementArguments(related + ranges)
        ) { cells -> Compared? in
          let (kind, key) = (try cells.kept(8), try cells.text(7))
          guard let relation = Self.relation(of: number, to: kind, key, related + ranges) else {
            return nil
          }
          // A related key is no number: it has the number that it belongs to with it.
          let stored = PhoneNumber(kind.number, kind.isRelated ? try cells.text(11) : key)
          let contact = try cells.text(10)
          let listed = ListedNumber(
            use: ListedNumber.Use(rawValue: try cells.text(9)) ?? .phone, number: stored,
            text: kind == .range ? try cells.text(11) : plan.display(stored),
            contact: contact.isEmpty ? nil : contact)
          return (
            try Self.summary(cells), LookupExplanation.Number(listed: listed, relation: relation),
            file.path
          )
        }
        return found.compactMap(\.self)
      }
    }
  }

  private static func relation(
    of number: PhoneNumber, to kind: StoredKey.Kind, _ key: String, _ related: [String]
  ) -> LookupExplanation.Relation? {
    // Fragments have no key of their own: what ends alike is all that can be said.
    let hasSameKey =
      (key == number.key || related.contains(key)) && number.kind != .fragment && kind != .fragment
    guard let evidence = kind.evidence(for: number.kind, hasSameKey: hasSameKey) else {
      return number.kind == .complete && kind == .complete ? .other : nil
    }
    switch (kind, evidence.strength, evidence.weakness) {
    case (.extension, _, _): return .sameExtension
    case (.spelling, _, _): return .otherSpelling
    case (.likeSpelling, _, _): return .likeSpelling
    case (_, .range, _): return .inRange
    case (_, .exact, _): return .same
    case (_, .national, _): return .sameWithoutCountry
    case (_, .weak, .switchboard): return .sameSwitchboard
    case (_, .weak, .reading): return .oneReading
    case (_, .weak, .end): return .sameEnd
    }
  }
}
