public import CallWire
public import Telephony
import TextForms

/// Whether a source of calls is configured, can be reached and hears of calls, and what it can know (R39).
public struct SourceCheck: Check {
  /// What is looked at: the source's name.
  public let subject: String
  private let source: (any CallSource)?
  private let configuration: String
  private let state: WindowState?
  private let patience: Duration

  /// A look at the source of this name; nil when it is not configured.
  ///
  /// A window that runs is asked how the source is: a softphone, for one, serves one program at a time.
  /// Otherwise the source itself tries, for so long at most.
  ///
  /// - Parameters:
  ///   - configuration: What configures it: `[baresip] address`.
  ///   - state: What the window told of itself; nil: none answered.
  public init(
    _ id: SourceID, _ source: (any CallSource)?, configuration: String, state: WindowState?,
    patience: Duration = .seconds(6)
  ) {
    subject = id.name
    self.source = source
    self.configuration = configuration
    self.state = state
    self.patience = patience
  }

  /// Whether it can be heard, then what it can know and what it cannot.
  public func look() async -> [Finding] {
    guard let source else {
      return [Finding(.well, "Not configured.", advice: "To use it: \(configuration).")]
    }
    var findings = await reach(source)
    // What the window noticed in hours counts for more than a moment's trial.
    let noticed = symptomsOfWindow().filter { !findings.contains($0) }
    if noticed.contains(where: { $0.weight == .mend }) {
      findings.removeAll { $0.sentence.hasPrefix("A trial call") }
    }
    return findings + noticed + Self.abilities(source)
  }

  /// Whether it can be heard, then what it finds out about itself.
  private func reach(_ source: any CallSource) async -> [Finding] {
    guard let word = state?.fields["source.\(subject)"] else { return await attempt(source) }
    let reason = state?.fields["reason.\(subject)"] ?? ""
    switch word {
    case "up":
      guard let examined = source as? any SelfExamining, !examined.isForOne else {
        return [heard()]
      }
      // The first that it says of itself is of no interest: the window hears it.
      return [heard()] + Array(await attempt(source).dropFirst())
    case "off": return [Finding(.note, "Off: \(reason)".ended)]
    default: return [Finding(.mend, "The window does not hear it: \(reason)".ended)]
    }
  }

  /// What comes while a source is tried.
  private enum Step {
    case said(SourceHealth)
    case found([Symptom])
    /// The patience is over, or the source.
    case over
  }

  /// Runs the source until it says how it is, and lets it examine itself if it is up.
  private func attempt(_ source: any CallSource) async -> [Finding] {
    let examined = source as? any SelfExamining
    let (healths, teller) = AsyncStream<SourceHealth>.makeStream()
    let (health, found) = await withTaskGroup(of: Step.self) { group in
      group.addTask {
        await source.run { if case .health(_, let health) = $0 { teller.yield(health) } }
        return .over
      }
      group.addTask { await healths.first { _ in true }.map { .said($0) } ?? .over }
      group.addTask { [patience] in
        try? await Task.sleep(for: patience)
        return .over
      }
      var health: SourceHealth?
      var found: [Symptom]?
      while let step = await group.next() {
        if case .said(let said) = step { health = said }
        if case .said(.up) = step, let examined {
          group.addTask { .found(await examined.examine()) }
          continue
        }
        if case .found(let symptoms) = step { found = symptoms }
        break
      }
      group.cancelAll()
      return (health, found)
    }
    // Of one that is not up: what kept it from being heard in time.
    return [finding(health)] + (found ?? examined?.symptoms ?? [])
  }

  private func finding(_ health: SourceHealth?) -> Finding {
    switch health {
    case .up: Finding(.well, "It answers.")
    case .off(let reason): Finding(.note, "Off: \(reason)".ended)
    case .down(let reason, _, _): Finding(.mend, reason.ended)
    case nil:
      Finding(
        .mend, "It said nothing within \(patience.components.seconds) s.",
        advice: "Check \(configuration): what is there does not answer.")
    }
  }

  /// The window is connected; whether calls came is what tells that they do.
  private func heard() -> Finding {
    guard let count = state?.fields["events.\(subject)"].flatMap({ Int($0) }) else {
      return Finding(.well, "The window hears it.")
    }
    return count > 0
      ? Finding(.well, "The window hears it; \(count.counted("piece")) of news of calls came.")
      : Finding(
        .note, "The window is connected to it; no news of a call has come yet.",
        advice: "Have the station called once, and look again.")
  }

  /// What the source noticed of itself while the window ran.
  private func symptomsOfWindow() -> [Finding] {
    let fields = (state?.fields ?? [:]).sorted { $0.key < $1.key }
    return fields.compactMap { field in
      for weight in [Finding.Weight.mend, .note] {
        guard let number = field.key.behind("\(weight.rawValue).\(subject).") else { continue }
        return Finding(
          weight, field.value, advice: state?.fields["advice.\(subject).\(number)"])
      }
      return nil
    }
  }

  private static func abilities(_ source: any CallSource) -> [Finding] {
    guard let driver = source as? any TelephonyDriver else {
      return [Finding(.well, "It knows what the telephony tells it.")]
    }
    let (able, unable) = (words(driver.abilities), words(missing(driver.abilities)))
    let knows = Finding(.well, "Can: \(able).")
    return unable.isEmpty ? [knows] : [knows, Finding(.note, "Cannot: \(unable).")]
  }

  private static func missing(_ abilities: Set<DriverAbility>) -> Set<DriverAbility> {
    Set(DriverAbility.allCases).subtracting(abilities)
  }

  private static func words(_ abilities: Set<DriverAbility>) -> String {
    DriverAbility.allCases.filter(abilities.contains).map(\.words).joined(separator: ", ")
  }
}

extension DriverAbility {
  /// The ability in a list of them.
  fileprivate var words: String {
    switch self {
    case .ringing: "tell that it rings"
    case .answered: "that this line took the call"
    case .ended: "that it is over"
    case .answeredElsewhere: "that another station took it"
    case .busy: "that the station is busy"
    case .callerName: "the caller's name"
    case .dialling: "dial"
    case .answering: "answer"
    case .hangingUp: "hang up"
    }
  }
}
