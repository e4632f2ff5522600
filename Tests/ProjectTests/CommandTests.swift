import TestSupport
import Testing

/// The manual's commands, options and exit codes are those that the programs have.
struct CommandTests {
  @Test func theCommandsAreThoseOfTheProgram() async throws {
    let help = try await run(builtProgram("screenpop"), ["--help"]).output
    let known = Self.subcommands(help)
    let told = Self.commands.compactMap { Self.command($0).first }
    expectSame(Set(told).sorted(), known.sorted())

    let exceptions = try await run(builtProgram("screenpop"), ["exception", "--help"]).output
    let deeper = Self.commands.map { Self.command($0) }.filter { $0.count == 2 }
    expectSame(deeper.map { $0[1] }.sorted(), Self.subcommands(exceptions).sorted())
  }

  @Test(arguments: commands)
  func theOptionsOfACommandAreThoseThatItTakes(item: ManualPage.Item) async throws {
    let command = Self.command(item)
    let help = try await run(builtProgram("screenpop"), command + ["--help"]).output
    // The manual says above the table which commands have these.
    let store: Set = [["setup"], ["replay"], ["dial"]].contains(command) ? [] : ["--demo"]
    let common = store.union(["--help", "--version"])
    let known = Self.options(help)
    #expect(common.isSubset(of: known))
    expectSame(Self.options(item.words.joined()).sorted(), known.subtracting(common).sorted())
  }

  @Test func theOptionsOfTheLauncherAreThoseThatItTakes() async throws {
    let help = try await run(builtProgram("clicktocall"), ["--help"]).output
    let told = Self.listedOptions("clicktocall.1")
    // The last line of its help ends the options: `--  what follows is data`.
    expectSame(told.sorted(), Self.options(help).sorted())
  }

  @Test func theOptionsOfTheRelayAreThoseThatItTakes() async throws {
    let help = try await run(builtProgram("ctirelay"), ["--help"]).output
    let told = Self.listedOptions("ctirelay.8")
    let known = try #require(help.components(after: "OPTIONS:").first)
    expectSame(told.sorted(), Self.options(String(known)).sorted())
  }

  @Test func theProgramsAreOfOneRelease() async throws {
    var releases: Set<String> = []
    for name in ["screenpop", "clicktocall", "ctirelay"] {
      let told = try await run(builtProgram(name), ["--version"]).output
      releases.insert(told.split { $0.isWhitespace }.last.map { String($0) } ?? "")
    }
    #expect(releases.count == 1)
    #expect(releases.first?.isEmpty == false)
  }

  @Test func theExitCodesOfTheLauncherAreThoseOfItsHelp() async throws {
    let help = try await run(builtProgram("clicktocall"), ["--help"]).output
    let line = try #require(help.split(separator: "\n").last { $0.contains("Exit codes:") })
    let known = line.split { !$0.isNumber }.map { String($0) }
    expectSame(Self.items("clicktocall.1", "EXIT STATUS").flatMap(\.words), known)
  }

  /// Each layer's errors have their codes beside them; a few commands end with one of their own, as a number or by
  /// its name in sysexits.h.
  @Test(arguments: [("screenpop.1", "screenpop"), ("ctirelay.8", "ctirelay")])
  func theExitCodesOfAProgramStandInItsCode(page: String, folder: String) {
    let names = ["EX_CONFIG": "78", "EX_UNAVAILABLE": "69"]
    var known: Set = ["0", "64"]
    for file in Project.swiftFiles(in: "Sources") where folder == "screenpop" {
      for rest in file.text.components(after: "exitStatus: Int32 {") {
        let body = rest.prefix(upTo: rest.firstRange(of: "\n\n")?.lowerBound ?? rest.endIndex)
        known.formUnion(body.matches(of: /\b[67][0-9]\b/).map { String($0.output) })
      }
    }
    for file in Project.swiftFiles(in: "Sources/" + folder) {
      for rest in file.text.components(after: "ExitCode(") {
        let word = String(rest.prefix { $0 != ")" })
        if let code = names[word] ?? (Int(word) == nil ? nil : word) { known.insert(code) }
      }
    }
    expectSame(Self.items(page, "EXIT STATUS").flatMap(\.words).sorted(), known.sorted())
  }

  @Test func theColumnsAreThoseOfAnExport() async throws {
    let folder = try TemporaryFolder()
    let export = try await run(
      builtProgram("screenpop"), ["export"],
      environment: ["HOME": folder.path, "XDG_CONFIG_DIRS": folder.path])
    let known = export.output.split(separator: "\n").first?.split(separator: ",") ?? []
    expectSame(Self.items("screenpop.1", "Columns").flatMap(\.words), known.map { String($0) })
  }

  /// The entries for commands.
  private static let commands = items("screenpop.1", "COMMANDS")

  /// The entries under a heading of a page.
  private static func items(_ page: String, _ heading: String) -> [ManualPage.Item] {
    ManualPage.named(page).items(heading)
  }

  /// Every option of a page's list, as often as it stands there.
  private static func listedOptions(_ page: String) -> [String] {
    items(page, "OPTIONS").flatMap { options($0.words.joined(separator: " ")) }
  }

  /// `exception add` in `` `screenpop exception add NUMBER…` ``.
  private static func command(_ item: ManualPage.Item) -> [String] {
    let words = (item.words.first ?? "").split(separator: " ").dropFirst()
    return words.prefix { $0.allSatisfy(\.isLowercase) }.map { String($0) }
  }

  /// The names under the heading of an argument parser's help.
  private static func subcommands(_ help: String) -> [String] {
    guard let list = help.components(after: "SUBCOMMANDS:\n").first else { return [] }
    // Names are indented by two blanks, and what continues a description by more.
    return list.split(separator: "\n").prefix { $0.hasPrefix("  ") }
      .filter { $0.dropFirst(2).first?.isLetter == true && !$0.contains("See '") }
      .compactMap { $0.split { " ,".contains($0) }.first.map { String($0) } }
  }

  /// Every `--option` in a text.
  private static func options(_ text: String) -> Set<String> {
    Set(
      text.components(after: "--").map { "--" + $0.prefix { $0.isLowercase || $0 == "-" } }
        .filter { $0.count > 2 })
  }
}
