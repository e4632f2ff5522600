import DesktopSetup
import Foundation
import OperatorConfiguration
import TestSupport
import Testing

/// The five questions, with answers that are written down before.
struct InterviewTests {
  /// Who answers, and what was asked, said and tested.
  private final class Operator {
    var answers: [String]
    var asked: [String] = []
    var said: [String] = []
    var tested: [SetupInterview.Topic] = []
    /// The trials that fail at first.
    var failing: [SetupInterview.Topic]

    init(_ answers: [String], failing: [SetupInterview.Topic] = []) {
      (self.answers, self.failing) = (answers, failing)
    }
  }

  private struct Left: Error {}

  private func draft(_ folder: TemporaryFolder, _ text: String? = nil) throws
    -> ConfigurationDraft
  {
    if let text {
      try folder.folder("config/screenpop")
      try folder.write(text, to: "config/screenpop/config.toml")
    }
    return try ConfigurationDraft(directories(folder))
  }

  private func directories(_ folder: TemporaryFolder) -> Directories {
    Directories(environment: [
      "HOME": folder.path, "XDG_CONFIG_HOME": folder.file("config"), "XDG_CONFIG_DIRS": folder.path,
    ])
  }

  private func interview(
    _ someone: Operator, _ folder: TemporaryFolder, locale: String = "fr_FR.UTF-8",
    text: String? = nil
  ) async throws -> SetupPlan {
    let company = SetupInterview.Company(
      ask: { question, _ in
        someone.asked.append(question)
        guard !someone.answers.isEmpty else { throw Left() }
        return someone.answers.removeFirst()
      }, say: { someone.said += $0 },
      test: { topic, _ in
        someone.tested.append(topic)
        let fails = someone.failing.firstIndex(of: topic)
        if let fails { someone.failing.remove(at: fails) }
        return SetupInterview.Trial(lines: ["\(topic)"], isWell: fails == nil)
      }, hide: { "/proc/self/fd/\($0.count)" })
    var interview = SetupInterview(
      try draft(folder, text), erps: ["odoo", "tryton"],
      connection: { $0 == "odoo" ? "Driver={PostgreSQL Unicode}" : nil }, locale: locale,
      company: company)
    return try await interview.run()
  }

  @Test func enterAloneIsAConfiguration() async throws {
    let folder = try TemporaryFolder()
    let someone = Operator(["", "", "", "", ""])
    let plan = try await interview(someone, folder)
    #expect(someone.tested == [.station, .corner, .language])
    #expect(
      try plan.text(directories(folder)).split(separator: "\n").dropFirst() == [
        "corner = \"top-right\"", "language = \"fr\"", "region = \"FR\"",
      ])
  }

  @Test func aSecretGoesIntoAFileOfItsOwn() async throws {
    let folder = try TemporaryFolder()
    let someone = Operator(
      ["1024", "none", "asterisk", "pbx.example", "screenpop", "Pa\"ss", "", "de_AT"])
    let plan = try await interview(someone, folder)
    let config = folder.file("config/screenpop/config.toml")
    let secret = folder.file("config/screenpop/asterisk-secret")
    #expect(!FileManager.default.fileExists(atPath: folder.file("config")))
    _ = try plan.write(directories(folder))
    #expect(contents(ofFile: secret) == "Pa\"ss\n")
    for path in [secret, config] { #expect(try mode(path) == 0o600) }
    let settings = try Settings.load(directories: directories(folder))
    #expect(settings.asteriskSecretFile == secret && settings.asteriskUser == "screenpop")
    #expect(settings.region == "AT" && settings.language == .german && settings.station == "1024")
    #expect(!contents(ofFile: config).contains("Pa"))
  }

  @Test func whatFailsIsCorrectedOrKept() async throws {
    let folder = try TemporaryFolder()
    let box = SetupInterview.Topic.telephone("fritzbox")
    let someone = Operator(
      [
        "7", "oddo", "none", "fritz", "fritzbox", "fritz.bx", "", "", "n", "", "192.0.2.1", "", "",
        "y", "left", "top-left", "it_IT", "fr_XX", "fr-BE",
      ], failing: [box, box])
    let plan = try await interview(someone, folder)
    #expect(someone.tested == [.station, box, box, .corner, .language])
    #expect(someone.asked.contains { $0.contains("[fritz.bx]") })
    let said = someone.said.joined(separator: "\n")
    for words in [
      "\"oddo\" is none of them", "\"fritz\" is none of them", "must be one of",
      "speaks en, fr, de", "ISO 3166",
    ] {
      #expect(said.contains(words), "\(said)")
    }
    #expect(try plan.text(directories(folder)).contains("[fritzbox]\naddress = \"192.0.2.1\""))
  }

  @Test func anERPsDatabaseIsAskedForWithAnExample() async throws {
    let folder = try TemporaryFolder()
    let someone = Operator(["", "odoo", "DSN=company", "", "", "", "", ""])
    _ = try await interview(someone, folder)
    #expect(
      someone.asked.contains {
        $0.hasSuffix(", such as Driver={PostgreSQL Unicode} (empty: none): ")
      })
  }

  @Test func whatStandsThereIsOfferedAndTheRestStays() async throws {
    let folder = try TemporaryFolder()
    let someone = Operator(["-", "none", "", "", "", "", "", "", ""])
    let plan = try await interview(
      someone, folder, locale: "C",
      text: """
        station = "1024" # mine
        open = "erp"
        retention_days = 3
        [erp]
        profile = "odoo"
        connection = "DSN=odoo"
        [sip]
        server = "pbx.example"
        password_file = "/etc/sip"
        """)
    #expect(someone.asked.first == "Your extension (- for none) [1024]: ")
    _ = try plan.write(directories(folder))
    let written = contents(ofFile: folder.file("config/screenpop/config.toml"))
    #expect(
      written.split(separator: "\n").dropFirst() == [
        "corner = \"top-right\"", "language = \"en\"", "retention_days = 3", "[sip]",
        "server = \"pbx.example\"", "password_file = \"/etc/sip\"",
      ], "\(written)")
    #expect(contents(ofFile: folder.file("config/screenpop/config.toml~")).contains("# mine"))
  }

  @Test(arguments: 0..<5)
  func whoLeavesLeavesNothing(answers: Int) async throws {
    let folder = try TemporaryFolder()
    await #expect(throws: Left.self) {
      _ = try await interview(Operator(Array(repeating: "", count: answers)), folder)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("config")))
  }

  /// What the configuration can hold, the set-up offers.
  @Test func everyTelephoneSystemIsOffered() {
    let tables = Set(
      Key.allCases.map(\.rawValue).filter { $0.contains(".") }.map {
        String($0.prefix { $0 != "." })
      })
    let others: Set = ["dial", "erp", "hooks", "lookup", "store"]
    #expect(
      tables.subtracting(others).union(["relay"]) == Set(TelephoneSystem.all.map(\.name)))
    let keys = Set(Key.allCases.map(\.rawValue))
    for wish in TelephoneSystem.all.flatMap(\.wishes) { #expect(keys.contains(wish.key)) }
  }

  @Test func theAnswersOfTheCommandLineAreTheSame() throws {
    let folder = try TemporaryFolder()
    var draft = try draft(folder)
    let answers = SetupAnswers(
      station: "7", telephone: "fritzbox", language: "de_CH",
      values: ["relay_url=http://127.0.0.1:8083", "fritzbox.numbers=[\"1\", \"2\"]"])
    let topics = try answers.apply(to: &draft)
    #expect(topics == [.station, .telephone("fritzbox"), .telephone("relay"), .language])
    let settings = try draft.settings()
    #expect(settings.fritzboxAddress == "fritz.box" && settings.fritzboxNumbers == ["1", "2"])
    #expect(settings.region == "CH")
    for wrong in [
      SetupAnswers(telephone: "fritz"), SetupAnswers(values: ["station"]),
      SetupAnswers(values: ["station.x=1"]), SetupAnswers(corner: "x"),
      SetupAnswers(language: "xx"),
    ] {
      let error = #expect(throws: ConfigurationError.self) { _ = try wrong.apply(to: &draft) }
      #expect(error?.exitStatus == 64)
    }
  }

  /// Who chooses a telephone system, and does not say where it is, would have a configuration without one.
  @Test(
    arguments: [
      ("asterisk", [], "asterisk.secret_file"), ("relay", [], "relay_url"),
      ("cti", [], "cti.block_file"),
      ("asterisk", ["asterisk.address=pbx.example"], "asterisk.user"),
      ("sip", ["sip.user=12"], "sip.server"), ("cti", ["cti.url=http://pbx.example/"], nil),
      ("sip", ["sip.server=pbx.example"], nil), ("mobile", [], nil),
    ] as [(String, [String], String?)])
  func aTelephoneSystemIsToldWhatItNeeds(
    _ telephone: String, _ values: [String], _ missing: String?
  ) throws {
    var draft = try draft(try TemporaryFolder())
    let refusal = Result { () throws(ConfigurationError) in
      try SetupAnswers(telephone: telephone, values: values).apply(to: &draft)
    }
    switch refusal {
    case .success: #expect(missing == nil)
    case .failure(let error):
      let key = try #require(missing)
      #expect(error.description.contains("--set \(key)="))
    }
  }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? Int ?? 0) & 0o777
  }
}
