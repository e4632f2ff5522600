import CallWire
import Doctor
import Glibc
import OperatorConfiguration
import PhoneNumbers
import Telephony
import TestSupport
import ThirdPartyStore

/// An operator's place with real files, for questions about one number.
final class NumberDesk {
  let folder: TemporaryFolder
  let now = WallTime(milliseconds: 1_795_950_000_000, offset: 3600)
  var called: String?
  var number = "03 88 20 21 22"
  var at: WallTime?
  var state: [String: String]? = ["taken": "3"]
  var names: [String: String] = [:]
  private var text = ""

  init() throws {
    folder = try TemporaryFolder()
    for name in ["data/screenpop", "config/screenpop", "runtime"] { try folder.folder(name) }
  }

  var runtime: RuntimeDirectory { RuntimeDirectory(path: folder.file("runtime/screenpop")) }

  private var directories: Directories {
    Directories(environment: [
      "HOME": folder.path, "XDG_CONFIG_HOME": folder.file("config"),
      "XDG_CONFIG_DIRS": folder.file("machine"), "XDG_DATA_HOME": folder.file("data"),
    ])
  }

  private var paths: (parties: String, operatorData: String) {
    (directories.data + "/parties.sqlite", directories.data + "/operator.sqlite")
  }

  func configure(_ text: String) { self.text += text + "\n" }

  private func settings() throws -> Settings {
    try folder.write(text, to: "config/screenpop/config.toml")
    return try Settings.load(directories: directories)
  }

  private func plan(_ settings: Settings) -> NumberPlan {
    NumberPlan(
      region: settings.region, outsidePrefix: settings.outsidePrefix,
      extensionDigits: settings.extensionDigits)
  }

  func own() throws -> OperatorStore { try OperatorStore(path: paths.operatorData) }

  /// Adds a third party with this number.
  func add(_ name: String, _ number: String) throws {
    let plan = NumberPlan()
    let store = try PartyStore(path: paths.parties, plan: plan)
    _ = try store.create(
      NewThirdParty(
        name: name, kind: .customer, city: "",
        numbers: [ListedNumber(use: .phone, number: plan.number(number), text: number)]))
  }

  /// Makes a store with nobody in it.
  func makeEmptyStore() throws { _ = try PartyStore(path: paths.parties, plan: NumberPlan()) }

  func machineException(_ pattern: String, comment: String = "") throws {
    try MachineExceptions(paths: directories.machineExceptions, plan: NumberPlan()).add(
      ExceptionNumber(pattern: pattern, comment: comment, list: .machine))
  }

  /// Writes a line of the journal, so many seconds ago.
  func journal(
    _ number: String?, _ outcome: Outcome, _ reason: Reason? = nil, ago: Int64 = 60,
    withheld: Bool = false
  ) throws {
    let read = number.flatMap { NumberPlan().caller($0).number }
    try own().record(
      JournalEntry(
        key: "\(number ?? "-") \(ago)", at: now + -ago * 1000, number: read?.key,
        text: number ?? "", isWithheld: withheld, outcome: outcome, reason: reason))
  }

  func log(_ lines: String...) throws {
    try folder.folder("state")
    try folder.write(lines.map { $0 + "\n" }.joined(), to: "state/screenpop.log")
  }

  /// The clock, so many seconds ago, as the log writes it.
  func ago(_ seconds: Int64) -> String { (now + -seconds * 1000).iso8601 }

  /// All that is found, as `subject weight sentence → advice`.
  func look() async throws -> [String] {
    let settings = try settings()
    let (plan, paths, machine) = (plan(settings), paths, directories.machineExceptions)
    let key: @Sendable (String) -> String = { plan.caller($0).number?.key ?? $0 }
    let site = NumberSite(
      input: number, called: called, settings: settings, plan: plan,
      ownNumbers: OwnNumbers(
        names: names, quiet: settings.inhibitCalled, triggers: settings.triggerCalled, key: key,
        text: { $0 }),
      ownCallers: Set([settings.station.map { plan.caller($0).identity }].compactMap { $0 }),
      paths: paths, hasParties: access(paths.parties, F_OK) == 0,
      filling: "Import some: screenpop import FILE.csv",
      directory: { () throws(StoreError) in
        StoreDirectory(
          parties: try PartyStore(path: paths.parties, plan: plan),
          operatorData: try OperatorStore(path: paths.operatorData))
      },
      ownData: { () throws(StoreError) in
        access(paths.operatorData, F_OK) == 0 ? try OperatorStore(path: paths.operatorData) : nil
      },
      exceptions: { () throws(StoreError) in
        try
          (access(paths.operatorData, F_OK) == 0
          ? OperatorStore(path: paths.operatorData).exceptions() : [])
          + MachineExceptions(paths: machine, plan: plan).load()
      }, state: state.map { WindowState($0) }, now: now)
    var lines: [String] = []
    for check in site.checks(at: at, log: folder.file("state/screenpop.log"), runtime: runtime) {
      for finding in await check.look() {
        let advice = finding.advice.map { " → \($0)" } ?? ""
        lines.append("\(check.subject) \(finding.weight) \(finding.sentence)\(advice)")
      }
    }
    return lines
  }
}
