import ArgumentParser
import Asterisk
import Baresip
import CSTA
import CallWire
import CommandOutput
import Doctor
import ERPSync
import FreeSwitch
import FritzBox
import Glibc
import Mobile
import OperatorConfiguration
import OperatorWindow
import Telephony
import ThirdPartyStore

/// `screenpop doctor`: why no call would come up (R45).
struct DoctorCommand: ParsableCommand, Sendable {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what keeps calls from coming up, and what to do.",
    discussion: """
      With a number: how it is read, who has it, which rule keeps its calls quiet, and whether a call of it \
      was heard. A time is 10:02, 2026-11-29T10:02, or how long ago: 30m, 2h.
      """)

  @Argument(help: "A number of which no call came up.")
  var number: [String] = []

  @Option(help: ArgumentHelp("When it called.", valueName: "time"))
  var at: String?

  @Option(
    help: ArgumentHelp(
      "Which of your own numbers, lines or names it called.", valueName: "number"))
  var called: String?

  @Flag(help: "One JSON object a line.")
  var json = false

  @Option(help: "The operator's extension.")
  var station: String?

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if number.isEmpty, at != nil || called != nil {
      throw ValidationError("--at and --called are for one number: say which")
    }
    if let at, WindowClock.time(at) == nil {
      throw ValidationError("--at \(at): a time is 10:02, 2026-11-29T10:02 or 30m")
    }
  }

  func run() throws {
    try Program.wait {
      let output = OutputFile.standardOutput
      let width = TerminalLines.width
      var isWell = true
      for check in checks() {
        let findings = await check.look()
        for (index, finding) in findings.enumerated() {
          isWell = isWell && finding.weight != .mend
          let lines = FindingLines(check.subject, finding)
          try output.write(json ? lines.object : lines.rows(isFirst: index == 0, width: width))
        }
        try output.flush()
      }
      if !isWell { throw ExitCode(1) }
    }
  }

  /// Everything that is looked at, in order; with a broken configuration nothing else can be.
  private func checks() -> [any Check] {
    let directories = Directories(environment: environment)
    let commandLine = station.map { ["station": $0] } ?? [:]
    let read = Result { () throws(ConfigurationError) in
      try Settings.load(directories: directories, commandLine: commandLine)
    }
    let first = ConfigurationCheck(directories, read)
    guard case .success(let settings) = read else { return [first] }
    var context = StoreContext(directories, demo: options.demo)
    context.adopt(settings)
    let state = WindowState.ask(runtime.socketPath(station: settings.station))
    let window = WindowCheck(runtime, station: settings.station, state: state)
    if !number.isEmpty { return numberChecks(context, directories, settings, state) + [window] }
    return [
      first, storeCheck(context), Self.erpCheck(context, settings, state, demo: options.demo),
    ]
      + Self.labelChecks(settings)
      + [
        window, attentionCheck(settings),
        ProgramCheck(settings.programs, path: environment["PATH"]),
      ]
      + Self.sourceChecks(settings, state)
  }

  /// What is asked of one number.
  private func numberChecks(
    _ context: StoreContext, _ directories: Directories, _ settings: Settings,
    _ state: WindowState?
  ) -> [any Check] {
    let parties = [context.machinePartiesPath, context.partiesPath].compactMap { $0 }
    let files = (parties: parties.joined(separator: " and "), operatorData: context.operatorPath)
    // What the operator chose on the screen holds in the window.
    let hasOwnData = access(files.operatorData, F_OK) == 0
    let chosen = hasOwnData ? (try? context.operatorData().options()) ?? [:] : [:]
    let settings = settings.choosing(chosen)
    do throws(ConfigurationError) {
      let site = NumberSite(
        input: number.joined(separator: " "), called: called, settings: settings,
        plan: context.plan, ownNumbers: try settings.ownNumbers(),
        ownCallers: settings.ownCallers, paths: files, hasParties: context.hasParties,
        filling: filling(context),
        directory: { () throws(StoreError) in try context.directory() },
        ownData: { () throws(StoreError) in hasOwnData ? try context.operatorData() : nil },
        exceptions: { () throws(StoreError) in
          try (hasOwnData ? context.operatorData().exceptions() : [])
            + context.machineExceptions.load() + context.erpExceptions()
        }, state: state, now: WindowClock.wall())
      return site.checks(
        at: at.flatMap(WindowClock.time), log: directories.state + "/screenpop.log",
        runtime: runtime)
    } catch {
      return [Said("configuration", Finding(.mend, error.description))]
    }
  }

  private func filling(_ context: StoreContext) -> String {
    let isCopied = context.settings?.erpProfile != nil && !options.demo
    guard context.machinePartiesPath == nil else {
      return "The machine's service copies: systemctl start screenpop-sync-system, or as root "
        + (isCopied ? "screenpop sync --system" : "screenpop import --system FILE.csv")
    }
    return isCopied ? "Copy them: screenpop sync" : "Import some: screenpop import FILE.csv"
  }

  private func storeCheck(_ context: StoreContext) -> StoreCheck {
    StoreCheck(
      parties: context.partiesPath,
      openParties: { () throws(StoreError) in try context.parties() },
      filling: filling(context), machine: context.machinePartiesPath,
      openMachine: { () throws(StoreError) in try context.machineParties() },
      ownData: context.operatorPath,
      openOwnData: { () throws(StoreError) in try context.operatorData() },
      shared: context.shared,
      isSharedNowhere: context.settings?.storeShared == true && context.machinePartiesPath == nil,
      notices: context.notices)
  }

  /// The demonstration has no ERP.
  static func erpCheck(
    _ context: StoreContext, _ settings: Settings, _ state: WindowState?, demo: Bool = false
  ) -> any Check {
    check("erp") { () throws(ConfigurationError) in
      let erp = demo ? nil : try settings.erpSetup()
      let subject = erp.map { erp in
        ERPCheck.Subject(
          erp.profile, erp.access, settings.copySchedule,
          copied: { () throws(StoreError) in
            // Opening one's own file would make it; the machine's has a finding of its own.
            if context.machinePartiesPath != nil {
              return try? context.machineParties()?.copies(of: ERPCopy.source)
            }
            guard access(context.partiesPath, F_OK) == 0 else { return nil }
            return try context.parties().copies(of: ERPCopy.source)
          })
      }
      return ERPCheck(subject, state: state, now: WindowClock.wall())
    }
  }

  private static func labelChecks(_ settings: Settings) -> [any Check] {
    guard settings.labelsFile != nil else { return [] }
    return [
      check("labels") { () throws(ConfigurationError) in
        _ = try settings.ownNumbers()
        return Said("labels", Finding(.well, "The names of your own numbers can be read."))
      }
    ]
  }

  private func attentionCheck(_ settings: Settings) -> AttentionCheck {
    let trial = AttentionTrial(settings, environment: environment)
    let isRemote = environment["SSH_CONNECTION"] != nil
    return AttentionCheck(settings.attention, isRemote: isRemote) { way in
      switch await trial.run(way) {
      case .done(let said): .done(said)
      case .idle(let said): .idle(said)
      case .failed(let said): .failed(said)
      }
    }
  }

  /// Each way in which calls come, and the way out; `state` is what a window told of itself.
  static func sourceChecks(_ settings: Settings, _ state: WindowState?) -> [any Check] {
    func source(
      _ id: SourceID, _ configuration: String,
      _ make: @autoclosure () throws(ConfigurationError) -> (any CallSource)?
    ) -> any Check {
      check(id.name) { () throws(ConfigurationError) in
        SourceCheck(id, try make(), configuration: configuration, state: state)
      }
    }
    let environment = environment
    // What a driver finds out about itself when it is tried counts for dialling through it, too.
    let asterisk = Result { () throws(ConfigurationError) in try settings.asterisk() }
    let freeSwitch = Result { () throws(ConfigurationError) in try settings.freeSwitch() }
    let csta = Result { () throws(ConfigurationError) in try settings.csta() }
    let (softphone, mobile) = (settings.softphone(), settings.mobile(environment))
    return [
      source("relay", "relay_url", try settings.relay(environment)),
      source(SourceID(settings.ctiName), "[cti] url or block", try settings.server(environment)),
      source(BaresipDriver.id, "[baresip] address", softphone),
      source(AsteriskSource.standardID, "[asterisk] address", try asterisk.get()),
      source(FreeSwitchDriver.id, "[freeswitch] address", try freeSwitch.get()),
      source(CSTADriver.id, "[csta] address", try csta.get()),
      source(FritzBoxDriver.id, "[fritzbox] address", try settings.fritzBox()),
      source(MobileDriver.id, "[mobile] service", mobile),
      source(
        "sip", "[sip] server, and subscribe = true", try settings.sipSources().dialogs),
      // What is wrong with the table is told once, of dialog state, where no telephone is wanted.
      source(
        "sip-telephone", "[sip] server, and listen = true",
        try settings.sipListens ? settings.sipSources().telephones.first : nil),
      Said(
        "directory",
        settings.lookupCommand == nil
          ? Finding(.well, "Not configured.", advice: "To use one: [lookup] command.")
          : Finding(.well, "Whom nobody knows, lookup.command is asked for, 5 s at most.")),
      check("dial") { () throws(ConfigurationError) in
        // A driver that is broken has its own line.
        let drivers: [(any CallSource)?] = [
          softphone, try? asterisk.get(), try? freeSwitch.get(), try? csta.get(), mobile,
        ]
        let dialler = try settings.dialler(
          among: drivers.compactMap { $0 }, environment: environment)
        return DialCheck(settings.dialThrough, dialler)
      },
    ]
  }

  /// The check, or the setting that keeps it from being made.
  private static func check(
    _ subject: String, _ make: () throws(ConfigurationError) -> any Check
  ) -> any Check {
    do throws(ConfigurationError) {
      return try make()
    } catch {
      return Said(
        subject,
        Finding(
          .mend, error.description,
          advice: "Correct this in the configuration: no window opens with it."))
    }
  }
}

/// What was found without a look, such as a token file that is not there.
private struct Said: Check {
  let subject: String
  private let finding: Finding

  init(_ subject: String, _ finding: Finding) {
    self.subject = subject
    self.finding = finding
  }

  func look() async -> [Finding] { [finding] }
}
