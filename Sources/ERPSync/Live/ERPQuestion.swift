public import PhoneNumbers
import Synchronization
public import Telephony
public import ThirdPartyStore

/// What the ERP said of a number.
public enum ERPAnswer: Hashable, Sendable {
  /// Nobody has it there, or it could not be asked.
  case nobody
  /// Who has it is in the store now.
  case copied
  /// Who has it, best first; the store could not take them, as while a copy is under way.
  case told([Match])
}

/// Asks the ERP who has a number that the copy does not know; what it finds joins the copy.
///
/// Blocks for as long as the ERP does, which a server that is up and silent can make endless: whoever asks
/// does so on a thread that may wait, and does not wait for it.
public final class ERPQuestion: Sendable {
  /// How long the ERP may take [s].
  public static let timeLimit = 2
  /// So many rows are taken at most: more have nothing to do with one number.
  private static let mostRows = 500

  private let profile: ERPProfile
  private let access: ERPAccess
  private let store: PartyStore
  private let plan: NumberPlan
  private let fitted = Mutex<FittedProfile?>(nil)

  /// Questions by this profile, whose answers go to `store`; nil when the profile has no lookup.
  public init?(
    _ profile: ERPProfile, to access: ERPAccess, for store: PartyStore, plan: NumberPlan
  ) {
    guard profile.looksUp else { return nil }
    self.profile = profile
    self.access = access
    self.store = store
    self.plan = plan
  }

  /// Whether the ERP can be asked for it: extensions are nobody's there, and a few digits are everybody's.
  public static func isWorthAsking(_ number: PhoneNumber) -> Bool {
    switch number.kind {
    case .complete, .national: number.tail != nil
    case .extension, .fragment: false
    }
  }

  /// Asks, and takes over what is found.
  public func ask(_ number: PhoneNumber) throws(ERPError) -> ERPAnswer {
    guard let digits = number.tail else { return .nobody }
    var rows = try read(digits)
    guard !rows.isEmpty else { return .nobody }
    var owners: [String: ThirdPartySummary] = [:]
    do throws(StoreError) {
      owners = try adopt(&rows)
      let copy = try PartyCopy(into: store, from: ERPCopy.source, .changes)
      try copy.add(rows)
      _ = try copy.finish(mark: nil, at: nil)
      return .copied
    } catch {
      // The caller's name is there, and a copy brings them too. What is wrong with a store that is not
      // just busy, the copy says.
      return .told(rows.matches(for: number, owners: owners))
    }
  }

  private func read(_ digits: String) throws(ERPError) -> [CopiedRow] {
    do throws(ERPError) {
      let source = try access.open(
        profile, ERPPatience(seconds: Self.timeLimit), known: fitted.withLock { $0 })
      fitted.withLock { $0 = source.fitted }
      let reading = ERPReading(
        profile: profile, access: access, plan: plan, question: .number(digits: digits),
        timeLimit: Self.timeLimit)
      var rows: [CopiedRow] = []
      try reading.read(source) { readout in
        guard case .batch(let batch) = readout else { return true }
        rows += batch.parties
        return rows.count < Self.mostRows
      }
      return rows
    } catch {
      // The ERP may have become another version.
      fitted.withLock { $0 = nil }
      throw error
    }
  }

  /// Contact persons whose company is neither here nor in the store stand for themselves until a copy
  /// brings it; the companies that the store has, by their keys.
  private func adopt(
    _ rows: inout [CopiedRow]
  ) throws(StoreError) -> [String: ThirdPartySummary] {
    let keys = Set(rows.map(\.key))
    var owners: [String: ThirdPartySummary] = [:]
    for index in rows.indices {
      guard let owner = rows[index].owner, !keys.contains(owner), owners[owner] == nil else {
        continue
      }
      owners[owner] = try store.party(sourceKey: owner)
      if owners[owner] == nil { rows[index].owner = nil }
    }
    return owners
  }
}
