import Glibc
import PhoneNumbers
import ThirdPartyStore

/// What the store's commands work on.
struct StoreContext: Sendable {
  var partiesPath: String
  var operatorPath: String
  /// The machine's lists of exception numbers, the one to write first.
  var machineExceptionFiles: [String]
  var plan: NumberPlan
  /// The operator's code in the ERP, if configured.
  var collaborator: String?

  func parties() throws(StoreError) -> PartyStore { try PartyStore(path: partiesPath, plan: plan) }

  func operatorData() throws(StoreError) -> OperatorStore { try OperatorStore(path: operatorPath) }

  func directory() throws(StoreError) -> StoreDirectory {
    StoreDirectory(parties: try parties(), operatorData: try operatorData())
  }

  var machineExceptions: MachineExceptions {
    MachineExceptions(paths: machineExceptionFiles, plan: plan)
  }
}

extension StoreContext {
  /// The set-up of whoever runs the command; `demo`: the store with the sample third parties, which
  /// keeps everything it writes to itself.
  static func current(demo: Bool) throws(StoreError) -> StoreContext {
    let data = try folder("XDG_DATA_HOME", else: "/.local/share") + "/screenpop"
    let folder = demo ? data + "/demo" : data
    let machine = (variable("XDG_CONFIG_DIRS") ?? "/etc/xdg").split(separator: ":")
      .filter { $0.hasPrefix("/") }
    return StoreContext(
      partiesPath: folder + "/parties.sqlite", operatorPath: folder + "/operator.sqlite",
      machineExceptionFiles: demo
        ? [folder + "/exceptions.csv"] : machine.map { $0 + "/screenpop/exceptions.csv" },
      plan: NumberPlan(), collaborator: nil)
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
    return value
  }

  /// The XDG rule: an absolute path in the variable, otherwise one below the home folder.
  private static func folder(_ name: String, else path: String) throws(StoreError) -> String {
    if let folder = variable(name), folder.hasPrefix("/") { return folder }
    guard let home = variable("HOME") else {
      throw StoreError(.cannotOpen, "neither \(name) nor HOME is set: nowhere to keep the store")
    }
    return home + path
  }
}
