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
    do {
      try write(in: &draft)
    } catch {
      throw error.ofCommandLine
    }
    return topics
  }

  private func write(in draft: inout ConfigurationDraft) throws(ConfigurationError) {
    if let station { try draft.set("station", station) }
    if let erp {
      if erp == "none" { draft.clear(table: "erp") } else { try draft.set("erp.profile", erp) }
    }
    if let telephone { try choose(telephone, &draft) }
    if let corner { try draft.set("corner", corner) }
    if let language { try SetupLocale.set(language, in: &draft) }
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
  }

  private var topics: [SetupInterview.Topic] {
    let hasERP = (erp ?? "none") != "none" || says("erp.")
    let systems = TelephoneSystem.all.filter { system in
      telephone == system.name || says(system.name + ".")
        || system.wishes.contains { says($0.key + "=") }
    }
    return (station == nil ? [] : [.station]) + (hasERP ? [.erp] : [])
      + systems.map { .telephone($0.name) } + (corner == nil ? [] : [.corner])
      + (language == nil ? [] : [.language])
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
