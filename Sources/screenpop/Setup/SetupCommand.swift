import ArgumentParser
import CallWire
import CommandOutput
import DesktopSetup
import Glibc
import OperatorConfiguration
import TextForms
import ThirdPartyStore

/// `screenpop setup`: the URL protocol (R34).
struct SetupCommand: ParsableCommand, Sendable {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract: "Let addresses such as ctidivalto:0388202122 ring the window, and say what to type.")

  @Option(name: .customLong("protocol"), help: "The protocol's name (default: ctidivalto).")
  var name: String?

  @Flag(help: "Take over tel: addresses as well.")
  var tel = false

  @Flag(help: "Take over callto: addresses as well.")
  var callto = false

  @Flag(help: "Undo it, for the protocols that are named, or for all.")
  var remove = false

  func run() throws { try Program.wait { try await perform() } }

  private func perform() async throws {
    do {
      let output = OutputFile.standardOutput
      let directories = Directories(environment: environment)
      let settings = try Settings.load(directories: directories)
      let registry = DesktopRegistry(directories, environment: environment)
      if remove {
        try await remove(registry, output)
      } else {
        try await register(registry, settings, output)
      }
      try output.flush()
    } catch let error as any EndingError {
      throw error.told()
    }
  }

  private func register(
    _ registry: DesktopRegistry, _ settings: Settings, _ output: OutputFile
  ) async throws {
    let names = try named(or: [.ctidivalto])
    let launcher = try LauncherProgram.find(path: environment["PATH"])
    var deeds: [String] = []
    for name in names {
      let done = try registry.register(name, launcher: launcher)
      deeds += done
      let lines = done.isEmpty ? ["\(name): nothing to change, it starts \(launcher)"] : done
      try output.say(lines + registry.overruled(name))
    }
    if !deeds.isEmpty, let done = await registry.refreshCache() { try output.say([done]) }
    let environment = environment
    let runtime = RuntimeDirectory { environment[$0] }
    let guide = WaysIn(
      launcher: launcher, protocols: names, station: settings.station, ident: settings.ident,
      relay: settings.relayURL, needsToken: settings.relayTokenFile != nil,
      socket: runtime.socketPath(station: settings.station))
    try output.say(["", "What to type into a telephone or a CTI program:", ""])
    try show(guide.ways, output)
    try output.say([""] + guide.remarks)
    try output.say([
      "", "What tells of its calls itself, in config.toml (see screenpop-telephony(7)):", "",
    ])
    try show(guide.systems, output)
  }

  private func show(_ ways: [WaysIn.Way], _ output: OutputFile) throws {
    for way in ways {
      for (index, example) in way.examples.enumerated() {
        try output.say([(index == 0 ? way.name : "").padded(22) + example])
      }
    }
  }

  private func remove(_ registry: DesktopRegistry, _ output: OutputFile) async throws {
    var deeds: [String] = []
    for name in try named(or: registry.registered) { deeds += try registry.remove(name) }
    if deeds.isEmpty {
      deeds = ["nothing to remove"]
    } else if let done = await registry.refreshCache() {
      deeds.append(done)
    }
    try output.say(deeds)
  }

  /// The protocols that the command line names; removing takes only `--tel` when nothing else is said.
  private func named(or usual: [URLProtocolName]) throws -> [URLProtocolName] {
    let extra: [URLProtocolName] = (tel ? [.tel] : []) + (callto ? [.callto] : [])
    if let name {
      let own = try URLProtocolName(name)
      return [own] + extra.filter { $0 != own }
    }
    return remove && !extra.isEmpty ? extra : usual + extra
  }
}

extension OutputFile {
  /// Writes lines, harmless for a terminal.
  fileprivate func say(_ lines: [String]) throws(StoreError) {
    for line in lines { try write(line.printable + "\n") }
  }
}
