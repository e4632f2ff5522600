public import OperatorConfiguration

/// The answers of a set-up that are given on the command line.
public struct SetupAnswers: Hashable, Sendable {
  /// The value of `station`, `corner` and of the questions behind them; nil: not said.
  public var station, erp, telephone, corner, language: String?
  /// Further keys with their values, as `KEY=VALUE`.
  public var values: [String]

  /// Answers; see the properties.
  public init(
    station: String? = nil, erp: String? = nil, telephone: String? = nil, corner: String? = nil,
    language: String? = nil, values: [String] = []
  ) {
    (self.station, self.erp, self.telephone) = (station, erp, telephone)
    (self.corner, self.language, self.values) = (corner, language, values)
  }

  /// Whether there is none.
  public var isEmpty: Bool { self == SetupAnswers() }

  /// Writes them into the draft; what is to be tested then, in the order of the questions.
  ///
  /// Throws the first that makes no sense.
  public func apply(
    to draft: inout ConfigurationDraft
  ) throws(ConfigurationError) -> [SetupInterview.Topic] {
    var topics: Set<SetupInterview.Topic> = []
    if let station {
      try draft.set("station", station)
      topics.insert(.station)
    }
    if let erp {
      if erp == "none" { draft.clear(table: "erp") } else { try draft.set("erp.profile", erp) }
    }
    if let telephone { try choose(telephone, &draft) }
    if let corner {
      try draft.set("corner", corner)
      topics.insert(.corner)
    }
    if let language {
      try SetupLocale.set(language, in: &draft)
      topics.insert(.language)
    }
    for pair in values {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw ConfigurationError("--set \(pair): write KEY=VALUE")
      }
      try draft.set(String(parts[0]), String(parts[1]))
    }
    if let system = TelephoneSystem.all.first(where: { $0.name == telephone }) {
      try Self.confirm(system, in: draft)
    }
    if (erp ?? "none") != "none" || says("erp.") { topics.insert(.erp) }
    for system in TelephoneSystem.all
    where telephone == system.name || system.wishes.contains(where: { says($0.key + "=") })
      || says(system.name + ".")
    {
      topics.insert(.telephone(system.name))
    }
    let systems = TelephoneSystem.all.map { SetupInterview.Topic.telephone($0.name) }
    return ([.station, .erp] + systems + [.corner, .language]).filter(topics.contains)
  }

  private func says(_ beginning: String) -> Bool { values.contains { $0.hasPrefix(beginning) } }

  /// Who chooses a telephone system has to say where it is, and as whom it is asked: nothing would come of it else.
  private static func confirm(
    _ system: TelephoneSystem, in draft: ConfigurationDraft
  ) throws(ConfigurationError) {
    let missing = system.wishes.filter { !$0.isOptional && !$0.isGranted(by: draft) }
    guard missing.isEmpty else {
      let words = missing.map { "--set \($0.key)=\($0.example)" }.joined(separator: " ")
      throw ConfigurationError("--telephone \(system.name) needs more, such as \(words)")
    }
  }

  private func choose(
    _ telephone: String, _ draft: inout ConfigurationDraft
  ) throws(ConfigurationError) {
    guard telephone != "none" else {
      for system in TelephoneSystem.all { draft.clear(system) }
      return
    }
    guard let system = TelephoneSystem.all.first(where: { $0.name == telephone }) else {
      let names = TelephoneSystem.all.map(\.name).joined(separator: ", ")
      throw ConfigurationError("--telephone \(telephone): there are none, \(names)")
    }
    for wish in system.wishes where wish.isUsual && draft.value(of: wish.key) == nil {
      try draft.set(wish.key, wish.example(station))
    }
  }
}
