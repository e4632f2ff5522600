public import CallWire
public import Telephony

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
    let (first, isUp) = await reach(source)
    var findings = [first]
    let isTaken = state?.fields["source.\(subject)"] != nil
    if let examined = source as? any SelfExamining, !(isTaken && examined.isForOne) {
      // Of one that is not up: what kept it from being heard in time.
      findings += isUp ? await examine(examined) : examined.symptoms.map { Self.finding($0) }
    }
    // What the window noticed in hours counts for more than a moment's trial.
    let noticed = symptomsOfWindow().filter { !findings.contains($0) }
    if noticed.contains(where: { $0.verdict == .mend }) {
      findings.removeAll { $0.sentence.hasPrefix("A trial call") }
    }
    return findings + noticed + Self.abilities(source)
  }

  private func reach(_ source: any CallSource) async -> (Finding, isUp: Bool) {
    if let word = state?.fields["source.\(subject)"] {
      let reason = state?.fields["reason.\(subject)"] ?? ""
      return switch word {
      case "up": (heard(), true)
      case "off": (Finding(.note, "Off: \(reason)".ended), false)
      default: (Finding(.mend, "The window does not hear it: \(reason)".ended), false)
      }
    }
    return switch await firstHealth(of: source) {
    case .up: (Finding(.well, "It answers."), true)
    case .off(let reason): (Finding(.note, "Off: \(reason)".ended), false)
    case .down(let reason, _, _): (Finding(.mend, reason.ended), false)
    case nil: (Finding(.mend, "It said nothing within \(patience / .seconds(1)) s."), false)
    }
  }

  /// The window is connected; whether calls came is what tells that they do.
  private func heard() -> Finding {
    guard let count = state?.fields["events.\(subject)"].flatMap({ Int($0) }) else {
      return Finding(.well, "The window hears it.")
    }
    return count > 0
      ? Finding(.well, "The window hears it; \(count) pieces of news of calls have come.")
      : Finding(
        .note, "The window is connected to it; no news of a call has come yet.",
        advice: "Have the station called once, and look again.")
  }

  /// What the source noticed of itself while the window ran.
  private func symptomsOfWindow() -> [Finding] {
    let fields = (state?.fields ?? [:]).sorted { $0.key < $1.key }
    return fields.compactMap { field in
      for verdict in [Finding.Verdict.mend, .note] {
        guard let number = field.key.behind("\(verdict.rawValue).\(subject).") else { continue }
        return Finding(
          verdict, field.value, advice: state?.fields["advice.\(subject).\(number)"])
      }
      return nil
    }
  }

  /// What the source finds out about itself, on a connection of its own.
  private func examine(_ source: any SelfExamining) async -> [Finding] {
    let symptoms = await during(source) { _ in await source.examine() } ?? []
    return symptoms.map { Self.finding($0) }
  }

  private static func finding(_ symptom: Symptom) -> Finding {
    let verdict: Finding.Verdict =
      switch symptom.weight {
      case .well: .well
      case .note: .note
      case .mend: .mend
      }
    return Finding(verdict, symptom.sentence, advice: symptom.advice)
  }

  /// What the source says of itself first, within the patience.
  private func firstHealth(of source: any CallSource) async -> SourceHealth? {
    await during(source) { $0 }
  }

  /// Runs the source until it says how it is, and `work` on that; nil when the patience ends before.
  private func during<Result: Sendable>(
    _ source: any CallSource,
    _ work: @escaping @Sendable (SourceHealth) async -> Result?
  ) async -> Result? {
    let (healths, teller) = AsyncStream<SourceHealth>.makeStream()
    return await withTaskGroup(of: Result?.self) { group in
      group.addTask {
        await source.run { if case .health(_, let health) = $0 { teller.yield(health) } }
        return nil
      }
      group.addTask {
        guard let health = await healths.first(where: { _ in true }) else { return nil }
        return await work(health)
      }
      group.addTask { [patience] in
        try? await Task.sleep(for: patience)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
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
