import TestSupport
import Testing

/// The README's commands, options and exit codes are those that the programs have.
struct CommandTests {
  @Test func theCommandsAreThoseOfTheProgram() async throws {
    let help = try await run(builtProgram("screenpop"), ["--help"]).output
    let known = Self.subcommands(help)
    let told = Readme.table("Commands").compactMap { Self.command($0).first }
    expectSame(Set(told).sorted(), known.sorted())

    let exceptions = try await run(builtProgram("screenpop"), ["exception", "--help"]).output
    let deeper = Readme.table("Commands").map { Self.command($0) }.filter { $0.count == 2 }
    expectSame(deeper.map { $0[1] }.sorted(), Self.subcommands(exceptions).sorted())
  }

  @Test(arguments: Readme.table("Commands"))
  func theOptionsOfACommandAreThoseThatItTakes(row: [String]) async throws {
    let command = Self.command(row)
    let help = try await run(builtProgram("screenpop"), command + ["--help"]).output
    // The README says above the table which commands have these.
    let store: Set = [["setup"], ["replay"], ["dial"]].contains(command) ? [] : ["--demo"]
    let common = store.union(["--help", "--version"])
    let known = Self.options(help)
    #expect(common.isSubset(of: known))
    expectSame(Self.options(row[0]).sorted(), known.subtracting(common).sorted())
  }

  @Test func theOptionsOfTheLauncherAreThoseThatItTakes() async throws {
    let help = try await run(builtProgram("clicktocall"), ["--help"]).output
    let told = Readme.table("Options of clicktocall").map { Self.options($0[0]) }
    // The last line of its help ends the options: `--  what follows is data`.
    expectSame(told.flatMap { $0 }.sorted(), Self.options(help).sorted())
  }

  @Test func theOptionsOfTheRelayAreThoseThatItTakes() async throws {
    let help = try await run(builtProgram("ctirelay"), ["--help"]).output
    let told = Readme.table("Options of ctirelay").map { Self.options($0[0]) }
    let known = try #require(help.components(after: "OPTIONS:").first)
    expectSame(told.flatMap { $0 }.sorted(), Self.options(String(known)).sorted())
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
    expectSame(Readme.table("Exit codes of clicktocall").flatMap { Readme.code($0[0]) }, known)
  }

  /// Each layer's errors have their codes beside them; a few commands end with one of their own.
  @Test func theExitCodesOfTheProgramStandInItsCode() {
    let names = ["EX_UNAVAILABLE": "69"]
    var known: Set = ["0", "64"]
    for file in Project.swiftFiles(in: "Sources") {
      for rest in file.text.components(after: "exitStatus: Int32 {") {
        let body = rest.prefix(upTo: rest.firstRange(of: "\n\n")?.lowerBound ?? rest.endIndex)
        known.formUnion(body.matches(of: /\b[67][0-9]\b/).map { String($0.output) })
      }
    }
    for file in Project.swiftFiles(in: "Sources/screenpop") {
      for rest in file.text.components(after: "ExitCode(") {
        let word = String(rest.prefix { $0 != ")" })
        if let code = names[word] ?? (Int(word) == nil ? nil : word) { known.insert(code) }
      }
    }
    let told = Readme.table("Exit codes of screenpop").flatMap { Readme.code($0[0]) }
    expectSame(told.filter { Int($0) != nil }.sorted(), known.sorted())
  }

  @Test func theColumnsAreThoseOfAnExport() async throws {
    let folder = try TemporaryFolder()
    let export = try await run(
      builtProgram("screenpop"), ["export"],
      environment: ["HOME": folder.path, "XDG_CONFIG_DIRS": folder.path])
    let known = export.output.split(separator: "\n").first?.split(separator: ",") ?? []
    expectSame(Readme.table("Columns").map { $0[0] }, known.map { "`\($0)`" })
  }

  /// `exception add` in `` `screenpop exception add NUMBER…` ``.
  private static func command(_ row: [String]) -> [String] {
    let words = (Readme.code(row[0]).first ?? "").split(separator: " ").dropFirst()
    return words.prefix { $0.allSatisfy(\.isLowercase) }.map { String($0) }
  }

  /// The names under the heading of an argument parser's help.
  private static func subcommands(_ help: String) -> [String] {
    guard let list = help.components(after: "SUBCOMMANDS:\n").first else { return [] }
    // Names are indented by two blanks, and what continues a description by more.
    return list.split(separator: "\n").prefix { $0.hasPrefix("  ") }
      .filter { $0.dropFirst(2).first?.isLetter == true && !$0.contains("See '") }
      .compactMap { $0.split(separator: " ").first.map { String($0) } }
  }

  /// Every `--option` in a text.
  private static func options(_ text: String) -> Set<String> {
    Set(
      text.components(after: "--").map { "--" + $0.prefix { $0.isLowercase || $0 == "-" } }
        .filter { $0.count > 2 })
  }
}
