import Glibc
public import ThirdPartyStore

/// Whether there are third parties to look up, and whether the operator's own data can be used.
public struct StoreCheck: Check {
  /// What is looked at.
  public let subject = "store"
  private let parties: String
  private let count: @Sendable () throws(StoreError) -> Int
  private let filling: String
  private let ownData: String
  private let openOwnData: @Sendable () throws(StoreError) -> Void

  /// A look at the files of these paths: `count` counts the third parties of the one, `openOwnData` opens
  /// the other. Neither is called when its file is not there. `filling` says what brings third parties.
  public init(
    parties: String, count: @escaping @Sendable () throws(StoreError) -> Int, filling: String,
    ownData: String,
    openOwnData: @escaping @Sendable () throws(StoreError) -> Void
  ) {
    self.parties = parties
    self.count = count
    self.filling = filling
    self.ownData = ownData
    self.openOwnData = openOwnData
  }

  /// The third parties, then the operator's data.
  public func look() async -> [Finding] { [lookAtParties(), lookAtOwnData()] }

  private func lookAtParties() -> Finding {
    guard access(parties, F_OK) == 0 else {
      return Finding(.mend, "There is no store at \(parties).", advice: filling)
    }
    do throws(StoreError) {
      let count = try count()
      return count == 0
        ? Finding(.mend, "The store at \(parties) is empty.", advice: filling)
        : Finding(.well, "\(count) third parties in \(parties).")
    } catch {
      return Finding(.mend, error.sentence)
    }
  }

  private func lookAtOwnData() -> Finding {
    guard access(ownData, F_OK) == 0 else {
      return Finding(.well, "The journal begins with the first window: \(ownData).")
    }
    do throws(StoreError) {
      try openOwnData()
      return Finding(.well, "The journal is in \(ownData).")
    } catch {
      return Finding(.mend, error.sentence)
    }
  }
}
