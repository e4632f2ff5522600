import CallWire
import Glibc
package import OperatorConfiguration
package import PhoneNumbers
package import Telephony
package import ThirdPartyStore

/// What the store's commands and the window work on.
package struct StoreContext: Sendable {
  package var partiesPath: String
  package var operatorPath: String
  /// Where windows keep what they have acknowledged.
  package private(set) var folder: String
  /// The machine's lists of exception numbers, the one to write first.
  package var machineExceptionFiles: [String]
  /// What the store says beside its answers.
  package let notices = StoreNotices()
  /// Whether a damaged file is moved aside and a new one begun: what a window does, and no command.
  package var movesDamagedAside = false
  package var plan = NumberPlan()
  /// What is configured; nil until it has been read.
  package private(set) var settings: Settings?
  /// The operator's code in the ERP, if configured.
  package var collaborator: String?

  /// The files in these directories; `demo`: the store with the sample third parties, which keeps
  /// everything it writes to itself.
  package init(_ directories: Directories, demo: Bool) {
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

  package func parties() throws(StoreError) -> PartyStore {
    try PartyStore(
      path: partiesPath, plan: plan, notices: notices, movesDamagedAside: movesDamagedAside)
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

  package func directory() throws(StoreError) -> StoreDirectory {
    StoreDirectory(parties: try parties(), operatorData: try operatorData())
  }

  /// The exception numbers that the ERP's copy brought; without a file of third parties none, and none is made.
  package func erpExceptions() throws(StoreError) -> [ExceptionNumber] {
    access(partiesPath, F_OK) == 0 ? try parties().exceptions() : []
  }

  package var machineExceptions: MachineExceptions {
    MachineExceptions(paths: machineExceptionFiles, plan: plan)
  }
}
