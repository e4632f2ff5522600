import CallSources
public import CallWire
public import Telephony

/// Whether a source of calls is configured and reachable, and what it can know (R39).
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
    return [await reach(source)] + Self.abilities(source)
  }

  private func reach(_ source: any CallSource) async -> Finding {
    if let word = state?.fields["source.\(subject)"] {
      let reason = state?.fields["reason.\(subject)"] ?? ""
      switch word {
      case "up": return Finding(.well, "The window hears it.")
      case "off": return Finding(.note, "Off: \(reason)".ended)
      default: return Finding(.mend, "The window does not hear it: \(reason)".ended)
      }
    }
    switch await firstHealth(of: source) {
    case .up: return Finding(.well, "It answers.")
    case .off(let reason): return Finding(.note, "Off: \(reason)".ended)
    case .down(let reason, _, _): return Finding(.mend, reason.ended)
    case nil: return Finding(.mend, "It said nothing within \(patience / .seconds(1)) s.")
    }
  }

  /// What the source says of itself first, within the patience.
  private func firstHealth(of source: any CallSource) async -> SourceHealth? {
    let (healths, teller) = AsyncStream<SourceHealth>.makeStream()
    return await withTaskGroup(of: SourceHealth?.self) { group in
      group.addTask {
        await source.run { if case .health(_, let health) = $0 { teller.yield(health) } }
        return nil
      }
      group.addTask { await healths.first { _ in true } }
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
