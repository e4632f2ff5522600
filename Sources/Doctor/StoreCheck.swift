import Glibc
public import Telephony
import TextForms
public import ThirdPartyStore

/// Whether there are third parties to look up, and whether the operator's own data can be used.
public struct StoreCheck: Check {
  /// What is looked at.
  public let subject = "store"
  private let parties: String
  private let openParties: @Sendable () throws(StoreError) -> PartyStore
  private let filling: String
  private let machine: String?
  private let openMachine: @Sendable () throws(StoreError) -> PartyStore?
  private let ownData: String
  private let openOwnData: @Sendable () throws(StoreError) -> OperatorStore
  private let shared: SharedNumbers?
  private let isSharedNowhere: Bool
  private let notices: StoreNotices

  /// A look at the files of these paths, each opened by its closure, unless it is not there. `filling` says what
  /// brings third parties, `machine` is the machine's file of them, `shared` what its users share, `isSharedNowhere` that
  /// they were to share without one, `notices` is where both stores say what they left out.
  public init(
    parties: String, openParties: @escaping @Sendable () throws(StoreError) -> PartyStore,
    filling: String, machine: String? = nil,
    openMachine: @escaping @Sendable () throws(StoreError) -> PartyStore? = { nil },
    ownData: String,
    openOwnData: @escaping @Sendable () throws(StoreError) -> OperatorStore,
    shared: SharedNumbers? = nil, isSharedNowhere: Bool = false,
    notices: StoreNotices
  ) {
    self.parties = parties
    self.openParties = openParties
    self.filling = filling
    self.machine = machine
    self.openMachine = openMachine
    self.ownData = ownData
    self.openOwnData = openOwnData
    self.shared = shared
    self.isSharedNowhere = isSharedNowhere
    self.notices = notices
  }

  /// The third parties, then the operator's data, then what neither could read.
  public func look() async -> [Finding] {
    (lookAtMachine() + [lookAtParties(), lookAtOwnData()] + lookAtShared())
      + notices.drain().map { Finding(.mend, $0.ended, advice: Self.advice) }
  }

  private static let advice =
    "Another program, or the disk, has spoiled it: look at both, and take back a copy of the file."

  private func damage(_ path: String, _ faults: [String]) -> Finding? {
    faults.first.map { first in
      let others = faults.count > 1 ? ", and \(faults.count - 1) more" : ""
      return Finding(.mend, "\(path) is damaged: \(first)\(others).", advice: Self.advice)
    }
  }

  private func lookAtMachine() -> [Finding] {
    guard let machine else { return [] }
    do throws(StoreError) {
      guard let store = try openMachine() else { return [] }
      if let damage = damage(machine, try store.faults()) { return [damage] }
      let count = try store.count()
      return [
        count == 0
          ? Finding(.mend, "The machine's store at \(machine) is empty.", advice: filling)
          : Finding(
            .well,
            "\(count.counted("third party", "third parties")) in \(machine), for all users of this machine."
          )
      ]
    } catch {
      let advice: String? =
        switch error.kind {
        case .denied: "The administrator adds you to the group: usermod -aG GROUP USER."
        case .noInput: filling
        default: nil
        }
      return [Finding(.mend, error.sentence.ended, advice: advice)]
    }
  }

  private func lookAtParties() -> Finding {
    guard access(parties, F_OK) == 0 else {
      guard machine == nil else {
        return Finding(.well, "No third parties of your own, which are to be in \(parties).")
      }
      return Finding(.mend, "There is no store at \(parties).", advice: filling)
    }
    do throws(StoreError) {
      let store = try openParties()
      if let damage = damage(parties, try store.faults()) { return damage }
      let count = try store.count()
      return count == 0 && machine == nil
        ? Finding(.mend, "The store at \(parties) is empty.", advice: filling)
        : Finding(.well, "\(count.counted("third party", "third parties")) in \(parties).")
    } catch {
      return Finding(.mend, error.sentence)
    }
  }

  private func lookAtShared() -> [Finding] {
    guard let shared else {
      return isSharedNowhere
        ? [
          Finding(
            .mend, "store.shared shares nothing without a store of the machine.",
            advice: "Set parties under [store], too.")
        ] : []
    }
    let state = shared.state()
    let faults = state.faults.prefix(3).map {
      Finding(
        .mend, $0.ended,
        advice: "As root: install -d -o screenpop -g screenpop -m 3770 \(shared.folder)")
    }
    let sentence =
      "Numbers attached by other users: \(state.numbers), of \(state.users.counted("user")), in \(shared.folder)."
    return faults + [Finding(.well, sentence)]
  }

  private func lookAtOwnData() -> Finding {
    guard access(ownData, F_OK) == 0 else {
      return Finding(.well, "The journal begins with the first window: \(ownData).")
    }
    do throws(StoreError) {
      let store = try openOwnData()
      if let damage = damage(ownData, try store.faults()) { return damage }
      // What cannot be read is left out, and noticed.
      _ = try (store.journal(), store.exceptions(), store.options(), store.attachments())
      return Finding(.well, "The journal is in \(ownData).")
    } catch {
      return Finding(.mend, error.sentence)
    }
  }
}
