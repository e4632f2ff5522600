import CommandOutput
import DesktopSetup
import Doctor
import OperatorConfiguration
import OperatorWindow
import Telephony

/// Tests an answer of the set-up by what `doctor` looks at.
struct SetupTrial {
  let directories: Directories

  /// What came of it; of a window that runs nothing is asked, since it has other settings.
  func run(
    _ topic: SetupInterview.Topic, _ settings: Settings
  ) async -> SetupInterview.Trial {
    let found = await findings(topic, settings)
    let width = TerminalLines.width
    let lines = found.findings.enumerated().flatMap { index, finding in
      FindingLines(found.subject, finding).rows(isFirst: index == 0, width: width)
        .split(separator: "\n").map(String.init)
    }
    return SetupInterview.Trial(
      lines: lines, isWell: !found.findings.contains { $0.weight == .mend })
  }

  private func findings(
    _ topic: SetupInterview.Topic, _ settings: Settings
  ) async -> (subject: String, findings: [Finding]) {
    switch topic {
    case .station: return ("station", [ConfigurationCheck.station(settings)])
    case .corner, .language: return ("window", [ConfigurationCheck.screen(settings)])
    case .erp:
      var context = StoreContext(directories, demo: false)
      context.adopt(settings)
      let check = DoctorCommand.erpCheck(context, settings, nil)
      // Copies come later.
      if let erp = check as? ERPCheck { return ("erp", erp.reach()) }
      return ("erp", await check.look())
    case .telephone(let name):
      let subject = name == "cti" ? settings.ctiName : name
      let checks = DoctorCommand.sourceChecks(settings, nil)
      guard let check = checks.first(where: { $0.subject == subject }) else { return (name, []) }
      return (name, await check.look())
    }
  }
}
