import CallWire
import Glibc
package import OperatorConfiguration
package import PhoneNumbers
package import Telephony
package import ThirdPartyStore

/// What the store's commands and the window work on.
package struct StoreContext: Sendable {
  /// The file of one's own third parties.
  package var partiesPath: String
  /// The machine's third parties; nil: there are none, or not for the demonstration.
  package private(set) var machinePartiesPath: String?
  /// What fellow users share; nil: nothing is shared.
  package private(set) var shared: SharedNumbers?
  /// The file of the operator's own data.
  package var operatorPath: String
  /// Where windows keep what they have acknowledged.
  package private(set) var folder: String
  /// The machine's lists of exception numbers, the one to write first.
  package var machineExceptionFiles: [String]
  /// What the store says beside its answers.
  package let notices = StoreNotices()
  /// Whether a damaged file is moved aside and a new one begun: what a window does, and no command.
  package var movesDamagedAside = false
  /// How numbers are read.
  package var plan = NumberPlan()
  private let isDemo: Bool
  /// What is configured; nil until it has been read.
  package private(set) var settings: Settings?
  /// The operator's code in the ERP, if configured.
  package var collaborator: String?

  /// The files in these directories; `demo`: the store with the sample third parties, which keeps
  /// everything it writes to itself.
  package init(_ directories: Directories, demo: Bool) {
    isDemo = demo
    let folder = demo ? directories.demoData : directories.data
    self.folder = folder
    partiesPath = folder + "/parties.sqlite"
    operatorPath = folder + "/operator.sqlite"
    machineExceptionFiles =
      demo ? [folder + "/exceptions.csv"] : directories.machineExceptions
  }

  /// Takes over what the configuration says of numbers and of the operator.
  package mutating func adopt(_ settings: Settings) {
    self.settings = settings
    plan = settings.plan
    collaborator = settings.collaborator
    machinePartiesPath = isDemo ? nil : settings.storeParties
    // Beside the machine's third parties, whose group it is.
    var folder = settings.storeShared ? machinePartiesPath : nil
    while let last = folder?.last, last != "/" { folder?.removeLast() }
    folder?.append("shared")
    if folder != shared?.folder { shared = folder.map { SharedNumbers(folder: $0) } }
  }

  /// The set-up of whoever runs a command in this environment.
  package static func current(
    _ environment: [String: String], demo: Bool
  ) throws(ConfigurationError) -> StoreContext {
    let directories = Directories(environment: environment)
    var context = StoreContext(directories, demo: demo)
    context.adopt(try Settings.load(directories: directories))
    return context
  }

  /// One's own third parties.
  package func parties() throws(StoreError) -> PartyStore {
    try PartyStore(
      path: partiesPath, plan: plan, notices: notices, movesDamagedAside: movesDamagedAside)
  }

  /// The machine's third parties, to be read; nil: there are none.
  package func machineParties() throws(StoreError) -> PartyStore? {
    try machinePartiesPath.map { path throws(StoreError) in
      try PartyStore(path: path, plan: plan, notices: notices, holder: .reader)
    }
  }

  /// Both; where the machine's cannot be read, that is said.
  package func allParties() throws(StoreError) -> PartyStores {
    let own = try parties()
    do throws(StoreError) {
      return PartyStores(own: own, machine: try machineParties())
    } catch {
      notices.tell(error.sentence)
      return PartyStores(own: own)
    }
  }

  /// The third parties that an import or a copy fills: the machine's where `isSystem` says so.
  package func filledParties(isSystem: Bool) throws -> PartyStore {
    guard isSystem else { return try parties() }
    guard let machinePartiesPath else {
      throw ConfigurationError(
        "no store of the machine is configured: set parties under [store], in the machine's file")
    }
    return try PartyStore(path: machinePartiesPath, plan: plan, notices: notices, holder: .machine)
  }

  /// Whether there are third parties to look in; nothing is made by asking.
  package var hasParties: Bool {
    access(partiesPath, F_OK) == 0 || machinePartiesPath != nil
  }

  /// The operator's own data; `busyTimeout`: how long it is waited for while another program holds it [s].
  package func operatorData(busyTimeout: Double = 5) throws(StoreError) -> OperatorStore {
    try OperatorStore(
      path: operatorPath, busyTimeout: busyTimeout, notices: notices,
      movesDamagedAside: movesDamagedAside)
  }

  /// The inbox of the station's window.
  package func inboxPath(station: String?) -> String {
    "\(folder)/inbox\(RuntimeDirectory.suffix(station: station)).sqlite"
  }

  /// All that a lookup needs: third parties, the operator's own data, and what fellow users share.
  package func directory() throws(StoreError) -> StoreDirectory {
    StoreDirectory(
      parties: try allParties(), operatorData: try operatorData(), shared: shared)
  }

  /// The exception numbers that the ERP's copy brought; without a file of third parties none, and none is made.
  package func erpExceptions() throws(StoreError) -> [ExceptionNumber] {
    hasParties ? try allParties().exceptions() : []
  }

  /// The machine's exception numbers.
  package var machineExceptions: MachineExceptions {
    MachineExceptions(paths: machineExceptionFiles, plan: plan)
  }
}
