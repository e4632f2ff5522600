/// Which of the company's own numbers was called, or over which line of the telephone (R59).
public struct OwnNumber: Hashable, Sendable, Codable {
  /// The number in normal form, or what the telephony called it; empty when it told none.
  public var called: String
  /// The line or account of the telephone; empty when it told none.
  public var line: String

  /// A number and a line; either may be empty.
  public init(called: String = "", line: String = "") {
    self.called = called
    self.line = line
  }

  /// What was kept of it; nil when that is nothing.
  public init?(told called: String, line: String) {
    self.init(called: called, line: line)
    if isEmpty { return nil }
  }

  /// Whether nothing is known.
  var isEmpty: Bool { called.isEmpty && line.isEmpty }

  /// With what another source knows.
  func filled(from other: OwnNumber) -> OwnNumber {
    OwnNumber(
      called: called.isEmpty ? other.called : called, line: line.isEmpty ? other.line : line)
  }
}

/// What the company's own numbers are called, and how calls of some of them are treated.
///
/// Rules and names are given for a number in any spelling, a line, or a name.
public struct OwnNumbers: Sendable {
  /// A spelling of a number, or the name of a line, as it is compared: `+33199004500`, `1024`, `sales`.
  private let key: @Sendable (String) -> String
  /// A key as an operator reads it: `01 99 00 45 00`.
  private let text: @Sendable (String) -> String
  private var names: [String: String] = [:]
  private var quiet: Set<String> = []
  private var triggers: [String: Trigger] = [:]
  private var openings: [String: Opening] = [:]

  /// How the records of calls to a number open.
  public struct Opening: Hashable, Sendable {
    /// The number, line or name as the rule gives it.
    public var rule: String
    /// Whether that is the window's card.
    public var isCard: Bool

    /// A rule's word.
    public init(rule: String, isCard: Bool) { (self.rule, self.isCard) = (rule, isCard) }
  }

  /// Numbers without names and rules, told as they come.
  public init() { self.init(key: { $0 }, text: { $0 }) }

  /// Numbers with these names and rules, by the number, the line or (for rules) the name.
  ///
  /// - Parameters:
  ///   - key: a spelling as it is compared, the same for every spelling of a number.
  ///   - text: a key as an operator reads it.
  public init(
    names: [String: String] = [:], quiet: [String] = [], triggers: [String: Trigger] = [:],
    openings: [Opening] = [],
    key: @escaping @Sendable (String) -> String, text: @escaping @Sendable (String) -> String
  ) {
    self.key = key
    self.text = text
    for (number, name) in names.sorted(by: { $0.key < $1.key }) {
      self.names[handle(key(number))] = name
    }
    self.quiet = Set(quiet.map { handle(key($0)) })
    for (number, trigger) in triggers { self.triggers[handle(key(number))] = trigger }
    for opening in openings { self.openings[handle(key(opening.rule))] = opening }
  }

  /// What an event tells of it, without what the station itself is called; nil when that is nothing.
  func number(called: String?, line: String?, station: String?) -> OwnNumber? {
    let keys = [called, line].map { $0.map(key) ?? "" }
    let told = keys.map { $0 == station && names[handle($0)] == nil ? "" : $0 }
    return OwnNumber(told: told[0], line: told[1])
  }

  /// What the operator reads: the name, else the number, else the line; nil when nothing was told.
  public func name(of number: OwnNumber?) -> String? {
    guard let number, !number.isEmpty else { return nil }
    return names[handle(number.called)] ?? names[handle(number.line)]
      ?? (number.called.isEmpty ? number.line : text(number.called))
  }

  /// Whether its calls are kept quiet.
  func isQuiet(_ number: OwnNumber) -> Bool { handles(of: number).contains(where: quiet.contains) }

  /// Which event opens the record of its calls; nil: the operator's own choice.
  public func trigger(of number: OwnNumber) -> Trigger? {
    handles(of: number).lazy.compactMap { triggers[$0] }.first
  }

  /// How the records of its calls open; nil: as all do.
  public func opening(of number: OwnNumber) -> Opening? {
    handles(of: number).lazy.compactMap { openings[$0] }.first
  }

  /// By what rules may call it, the name first.
  private func handles(of number: OwnNumber) -> [String] {
    let known = [number.called, number.line].filter { !$0.isEmpty }
    return (known.compactMap { names[handle($0)].map(key) } + known).map(handle)
  }

  /// By what rules and names find it: in any case, and nothing is found by nothing.
  private func handle(_ key: String) -> String { key.lowercased() }
}

extension CallEvent {
  /// Takes over which of the company's numbers it tells of.
  public mutating func read(_ numbers: OwnNumbers) {
    own = numbers.number(called: called, line: line, station: station)
  }
}
