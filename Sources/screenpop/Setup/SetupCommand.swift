import ArgumentParser
import CallWire
import CommandOutput
import DesktopSetup
import ERPSync
import Glibc
import OperatorConfiguration
import TextForms
import ThirdPartyStore

/// `screenpop setup`: a first configuration, and the URL protocol (R34).
struct SetupCommand: ParsableCommand, Sendable {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract:
      "Write a first configuration, and let addresses such as ctidivalto:0388202122 ring the window.",
    discussion: """
      On a terminal it asks five questions and tests each answer. With one of --station, --erp, --telephone, \
      --corner, --language and --set it asks nothing. Then it registers the URL protocol and says what to type \
      into a telephone.
      """)

  @Option(help: "The operator's extension.")
  var station: String?

  @Option(
    help: ArgumentHelp(
      "none, \(ERPProfile.ready.joined(separator: ", ")), or the path of a profile.",
      valueName: "name"))
  var erp: String?

  @Option(
    help: ArgumentHelp(
      "none, baresip, fritzbox, asterisk, freeswitch, csta, mobile, sip, relay or cti.",
      valueName: "name"))
  var telephone: String?

  @Option(help: "Where calls are shown: top-left, top-right, bottom-left or bottom-right.")
  var corner: String?

  @Option(
    help: ArgumentHelp(
      "The window's language, with the country of its numbers: en, fr_FR, de_AT.",
      valueName: "locale"))
  var language: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "A further key and its value: asterisk.user=screenpop.", valueName: "KEY=VALUE"))
  var values: [String] = []

  @Flag(help: "Replace a configuration that exists; it is kept beside the new one.")
  var replace = false

  @Flag(help: "Write the answers of the command line without testing them.")
  var untested = false

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp("The protocol's name (default: ctidivalto).", valueName: "name"))
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
      let registry = DesktopRegistry(directories, environment: environment)
      if remove {
        _ = try Settings.load(directories: directories)
        try await remove(registry, output)
      } else {
        let hints = try await configure(directories, output)
        try await register(registry, try Settings.load(directories: directories), output)
        try output.say(hints)
      }
      try output.flush()
    } catch is SetupTerminal.Left {
      StandardError.say(SetupTerminal.nothing)
      throw ExitCode.failure
    } catch let error as any EndingError {
      throw error.told()
    }
  }

  // MARK: - The configuration

  /// Writes a configuration of what is said or answered; what is to be said in the end.
  private func configure(
    _ directories: Directories, _ output: OutputFile
  ) async throws -> [String] {
    let answers = SetupAnswers(
      station: station, erp: erp, telephone: telephone, corner: corner, language: language,
      values: values)
    var draft = try ConfigurationDraft(directories)
    guard answers.isEmpty else {
      try await write(answers, in: &draft, directories, output)
      return []
    }
    guard SetupTerminal.isThere else {
      return draft.replacesFile
        ? []
        : [
          "",
          "Nobody was asked for a configuration, since standard input is no terminal: --station,"
            + " --erp, --telephone, --corner and --language write one.",
        ]
    }
    try await interview(draft, directories)
    return []
  }

  private func write(
    _ answers: SetupAnswers, in draft: inout ConfigurationDraft, _ directories: Directories,
    _ output: OutputFile
  ) async throws {
    let topics = try answers.apply(to: &draft)
    let settings = try draft.settings()
    let trial = SetupTrial(directories: directories)
    var isWell = true
    var said: [String] = []
    for topic in untested ? [] : topics {
      let tested = await trial.run(topic, settings)
      // The corner and the language are one line.
      if tested.lines != said { try output.say(tested.lines) }
      said = tested.lines
      isWell = isWell && tested.isWell
    }
    let plan = SetupPlan(draft)
    guard isWell else {
      try output.flush()
      StandardError.say("\(SetupTerminal.nothing): mend what is marked, or say --untested")
      throw ExitCode.failure
    }
    if draft.replacesFile, !replace {
      try output.say(Self.shown(plan, directories))
      try output.flush()
      StandardError.say(
        "\(SetupTerminal.nothing): \(directories.operatorConfiguration) exists; --replace replaces it"
      )
      throw ExitCode(EX_CANTCREAT)
    }
    try output.say(try plan.write(directories))
  }

  private func interview(_ draft: ConfigurationDraft, _ directories: Directories) async throws {
    let terminal = SetupTerminal()
    defer { terminal.finish() }
    if draft.replacesFile {
      let file = directories.operatorConfiguration
      let answer = try terminal.ask(
        "There is a configuration, \(file).\nGo through the questions, with what it says? [y/N]: ")
      guard Agreement.read(answer) == true else { return }
    }
    let trial = SetupTrial(directories: directories)
    let company = SetupInterview.Company(
      ask: { try terminal.ask($0, isSecret: $1) }, say: { try terminal.tell($0) },
      test: { await trial.run($0, $1) }, hide: SetupTerminal.hide)
    var interview = SetupInterview(
      draft, erps: ERPProfile.ready, connection: ERPProfile.exampleConnection,
      locale: localeName(of: "LC_MESSAGES") { environment[$0] }, company: company)
    try terminal.tell([
      "Enter takes what stands in brackets; Ctrl-C leaves, and writes nothing.", "",
    ])
    let plan = try await interview.run()
    try terminal.say(Self.shown(plan, directories))
    var answer = try terminal.ask("Write this? [Y/n]: ")
    // A slip of the finger costs nobody all that was answered.
    while !answer.isEmpty, Agreement.read(answer) == nil {
      answer = try terminal.ask("Yes or no? [Y/n]: ")
    }
    guard Agreement.read(answer) != false else { throw SetupTerminal.Left() }
    terminal.finish()
    try terminal.say(try plan.write(directories) + [""])
  }

  private static func shown(
    _ plan: SetupPlan, _ directories: Directories
  ) throws(ConfigurationError) -> [String] {
    let text = try plan.text(directories).split(separator: "\n", omittingEmptySubsequences: false)
    return ["", "\(directories.operatorConfiguration) would be:", ""] + text.map { "  \($0)" }
  }

  // MARK: - The URL protocol

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
    let width = (ways.map(\.name.count).max() ?? 0) + 2
    for way in ways {
      for (index, example) in way.examples.enumerated() {
        try output.say([(index == 0 ? way.name : "").padded(width) + example])
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
