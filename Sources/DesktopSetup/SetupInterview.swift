public import OperatorConfiguration
import TextForms

/// What a first configuration is made of (R34): five questions, each answer tested at once.
///
/// Asks and tests through closures, and writes nothing.
public struct SetupInterview {
  /// What a test looks at.
  public enum Topic: Hashable, Sendable {
    case station, erp, corner, language
    /// The telephone system of this name.
    case telephone(String)
  }

  /// What came of a test.
  public struct Trial: Hashable, Sendable {
    /// The lines to be shown.
    public let lines: [String]
    /// Whether calls would come up with it.
    public let isWell: Bool

    /// A result; see the properties.
    public init(lines: [String], isWell: Bool) { (self.lines, self.isWell) = (lines, isWell) }
  }

  /// Whom the questions are put to.
  public struct Company {
    /// Shows a question and gives the answer; throws when there will be none.
    let ask: (_ question: String, _ isSecret: Bool) throws -> String
    let say: (_ lines: [String]) throws -> Void
    let test: (Topic, Settings) async -> Trial
    /// Keeps a secret for the tests, in a file that needs no removal; its path.
    let hide: (_ secret: String) throws -> String

    /// See the properties.
    public init(
      ask: @escaping (_ question: String, _ isSecret: Bool) throws -> String,
      say: @escaping (_ lines: [String]) throws -> Void,
      test: @escaping (Topic, Settings) async -> Trial,
      hide: @escaping (_ secret: String) throws -> String
    ) {
      (self.ask, self.say, self.test, self.hide) = (ask, say, test, hide)
    }
  }

  private let company: Company
  private let erps: [String]
  private let connection: (_ erp: String) -> String?
  private let locale: String
  /// With the paths under which the tests find the secrets.
  private var draft: ConfigurationDraft
  private var secrets: [String: String] = [:]

  /// An interview that begins with a draft.
  ///
  /// - Parameters:
  ///   - erps: The ERPs that are known by name.
  ///   - connection: What a connection string for the database of one of them looks like.
  ///   - locale: The operator's, such as `fr_FR.UTF-8`.
  public init(
    _ draft: ConfigurationDraft, erps: [String], connection: @escaping (_ erp: String) -> String?,
    locale: String, company: Company
  ) {
    (self.draft, self.erps, self.connection) = (draft, erps, connection)
    (self.locale, self.company) = (locale, company)
  }

  /// Puts the five questions; throws when an answer does not come.
  public mutating func run() async throws -> SetupPlan {
    try await settle { interview in
      try interview.ask("Your extension", "station", isOptional: true)
      return .station
    }
    try await settle { try $0.askERP() }
    try await settle { try $0.askTelephone() }
    try await settle { interview in
      let corners = Corner.allCases.map(\.rawValue).joined(separator: ", ")
      try interview.ask("Corner (\(corners))", "corner", usual: Corner.topRight.rawValue)
      return .corner
    }
    try await settle { try $0.askLanguage() }
    return SetupPlan(draft, secrets: secrets)
  }

  /// Asks until what was answered holds, or is kept all the same.
  private mutating func settle(
    _ question: (inout SetupInterview) throws -> Topic?
  ) async throws {
    while true {
      guard let topic = try question(&self) else { return }
      let settings: Settings
      do {
        settings = try draft.settings()
      } catch {
        try company.say([error.description])
        continue
      }
      let trial = await company.test(topic, settings)
      try company.say(settings.notes.map(\.description) + trial.lines)
      if trial.isWell { return }
      if Agreement.read(try company.ask("Keep this all the same? [y/N]: ", false)) == true {
        return
      }
    }
  }

  /// Asks for the value of a key until it makes sense. An empty answer is the value that stands in brackets.
  private mutating func ask(
    _ words: String, _ key: String, usual: String? = nil, isOptional: Bool = false
  ) throws {
    while true {
      let known = draft.value(of: key) ?? usual
      let hint = !isOptional ? "" : known == nil ? " (empty: none)" : " (- for none)"
      let answer = try question(words + hint, known)
      if answer.isEmpty, !isOptional {
        try company.say(["This is needed."])
        continue
      }
      do {
        return try draft.set(key, answer == "-" && isOptional ? "" : answer)
      } catch {
        try company.say([error.description])
      }
    }
  }

  private func question(_ words: String, _ known: String?) throws -> String {
    let shown = known.map { $0.isEmpty ? "" : " [\($0)]" } ?? ""
    let answer = try company.ask("\(words)\(shown): ", false)
    return answer.isEmpty ? known ?? "" : answer
  }

  /// Asks for a secret, which goes into a file of its own.
  private mutating func askSecret(_ words: String, _ key: String, isOptional: Bool) throws {
    let known = draft.value(of: key)
    let hint = known != nil ? " (empty: as it is)" : isOptional ? " (empty: none)" : ""
    while true {
      let answer = try company.ask("\(words)\(hint): ", true)
      if answer.isEmpty, known != nil || isOptional { return }
      guard (1..<1024).contains(answer.utf8.count) else {
        try company.say([answer.isEmpty ? "This is needed." : "It is too long."])
        continue
      }
      secrets[key] = answer
      return try draft.set(key, company.hide(answer))
    }
  }

  // MARK: - The questions

  private mutating func askERP() throws -> Topic? {
    let words = "ERP (none, \(erps.joined(separator: ", ")), or the path of a profile)"
    var answer = try question(words, draft.value(of: "erp.profile") ?? "none")
    while answer != "none", !erps.contains(answer), !answer.contains("/") {
      try company.say(["\"\(answer)\" is none of them, and a path has a \"/\"."])
      answer = try question(words, draft.value(of: "erp.profile") ?? "none")
    }
    guard answer != "none" else {
      draft.clear(table: "erp")
      secrets["erp.password_file"] = nil
      if draft.value(of: "open") == "erp" { try draft.set("open", "") }
      return nil
    }
    try draft.set("erp.profile", answer)
    // A profile with a command knows where it is.
    let example = connection(answer).map { ", such as \($0)" } ?? ""
    try ask(
      "Its database: an ODBC connection string without the password, DSN=NAME, or an OData address"
        + example, "erp.connection", isOptional: true)
    try askSecret("The user's password there, or a token", "erp.password_file", isOptional: true)
    try ask("The address of its pages, where records open", "erp.url", isOptional: true)
    // Without pages the card of the window is what there is.
    if draft.value(of: "erp.url") != nil {
      try draft.set("open", "erp")
    } else if draft.value(of: "open") == "erp" {
      try draft.set("open", "")
    }
    return .erp
  }

  private mutating func askTelephone() throws -> Topic? {
    let names = TelephoneSystem.all.map(\.name)
    let known = TelephoneSystem.all.first { draft.holds($0) }
    while true {
      let answer = try question(
        "Telephone system (none, \(names.joined(separator: ", ")))", known?.name ?? "none")
      if answer == "none" {
        for system in TelephoneSystem.all { draft.clear(system) }
        secrets = secrets.filter { $0.key.hasPrefix("erp.") }
        return nil
      }
      guard let system = TelephoneSystem.all.first(where: { $0.name == answer }) else {
        try company.say(["\"\(answer)\" is none of them."])
        continue
      }
      for wish in system.wishes {
        let words = "  " + wish.words
        if wish.isSecret {
          try askSecret(words, wish.key, isOptional: wish.isOptional)
        } else {
          let station = draft.value(of: "station")
          let usual = wish.isUsual ? wish.example : nil
          let example = usual == nil ? ", such as \(wish.example(station))" : ""
          try ask(words + example, wish.key, usual: usual, isOptional: wish.isOptional)
        }
      }
      return .telephone(system.name)
    }
  }

  private mutating func askLanguage() throws -> Topic? {
    while true {
      let answer = try question(
        "Language, and the country whose numbers are read (en_GB, fr_FR, de_DE…)",
        SetupLocale.usual(in: draft, locale: locale))
      do {
        try SetupLocale.set(answer, in: &draft)
        return .language
      } catch {
        try company.say([error.description])
      }
    }
  }
}
