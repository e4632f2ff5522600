public import PhoneNumbers
import Synchronization
public import Telephony
public import ThirdPartyStore

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
    guard !profile.lookup.isEmpty else { return nil }
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

  /// Asks, and takes over what is found; how many third parties and contact persons that is.
  public func ask(_ number: PhoneNumber) throws(ERPError) -> Int {
    guard let digits = number.tail else { return 0 }
    let connection = try access.connect(timeLimit: Self.timeLimit)
    let known = fitted.withLock { $0 }
    let fits = if let known { known } else { try FittedProfile(profile, to: connection) }
    fitted.withLock { $0 = fits }
    let reading = ERPReading(
      profile: profile, access: access, plan: plan, question: .number(digits: digits))
    var parties: [CopiedRow] = []
    try reading.read(fits, connection) { readout in
      guard case .batch(let batch) = readout else { return true }
      parties += batch.parties
      return parties.count < Self.mostRows
    }
    guard !parties.isEmpty else { return 0 }
    do throws(StoreError) {
      let copy = try PartyCopy(into: store, from: ERPCopy.source, .changes)
      try copy.add(parties)
      _ = try copy.finish(mark: nil, at: nil)
      return parties.count
    } catch {
      // A copy that is under way brings them too.
      guard error.kind != .busy else { return 0 }
      throw ERPError(error)
    }
  }
}
