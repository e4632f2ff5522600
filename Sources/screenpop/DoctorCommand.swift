import ArgumentParser
import CallSources
import CallWire
import Doctor
import OperatorConfiguration
import Telephony
import ThirdPartyStore

/// `screenpop doctor`: why no call would come up (R45).
struct DoctorCommand: ParsableCommand, Sendable {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what keeps calls from coming up, and what to do.")

  @Flag(help: "One JSON object a line.")
  var json = false

  @Option(help: "The operator's extension.")
  var station: String?

  @OptionGroup var options: StoreOptions

  func run() throws {
    try Program.wait {
      let output = OutputFile.standardOutput
      var isWell = true
      for check in checks() {
        let findings = await check.look()
        for (index, finding) in findings.enumerated() {
          isWell = isWell && finding.verdict != .mend
          let subject = index == 0 ? check.subject : ""
          try output.write(json ? Self.object(check.subject, finding) : Self.rows(subject, finding))
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
    return [first, storeCheck(context)] + sourceChecks(settings)
  }

  private func storeCheck(_ context: StoreContext) -> StoreCheck {
    StoreCheck(
      parties: context.partiesPath,
      count: { () throws(StoreError) in try context.parties().count() },
      ownData: context.operatorPath,
      openOwnData: { () throws(StoreError) in _ = try context.operatorData().options() })
  }

  private func sourceChecks(_ settings: Settings) -> [any Check] {
    let environment = environment
    let runtime = RuntimeDirectory { environment[$0] }
    let state = WindowState.ask(runtime.socketPath(station: settings.station))
    let window = WindowCheck(runtime, station: settings.station, state: state)
    do throws(StoreError) {
      let relay = try settings.relay(environment)
      return [
        window, SourceCheck("relay", relay, configuration: "relay_url", state: state),
        SourceCheck(
          SourceID(settings.ctiName), try settings.server(environment),
          configuration: "[cti] url or block", state: state),
        SourceCheck(
          BaresipDriver.id, settings.softphone, configuration: "[baresip] address", state: state),
        SourceCheck(
          AsteriskSource.standardID, try settings.asterisk(), configuration: "[asterisk] address",
          state: state),
        SourceCheck("sip", try settings.sipDialog(), configuration: "[sip] server", state: state),
      ]
    } catch {
      return [window, BrokenSetting(sentence: error.sentence)]
    }
  }

  private static func object(_ subject: String, _ finding: Finding) -> String {
    var line = JSONLine()
    line.add("check", subject)
    line.add("verdict", finding.verdict.rawValue)
    line.add("finding", finding.sentence)
    line.add("advice", finding.advice)
    return line.text + "\n"
  }

  private static func rows(_ subject: String, _ finding: Finding) -> String {
    let mark =
      switch finding.verdict {
      case .well: "✓"
      case .note: "–"
      case .mend: "✗"
      }
    let row = "\(subject.padded(14)) \(mark) \(finding.sentence.printable)\n"
    let advice = finding.advice.map { "\("".padded(16)) → \($0.printable)\n" }
    return row + (advice ?? "")
  }
}

/// A setting of which the files say something that cannot be used, such as a token file that is not there.
private struct BrokenSetting: Check {
  let subject = "relay"
  let sentence: String

  func look() async -> [Finding] { [Finding(.mend, sentence)] }
}
