import TestSupport
import Testing

extension ProgramTests {
  /// Terminals, locales and configurations that are not as they should be.
  struct BadSurroundings {
    @Test(arguments: [nil, "", "dumb", "no-such-terminal", "../../etc/passwd"] as [String?])
    func aTerminalThatCannotShowAWindow(type: String?) async throws {
      let workplace = try await Workplace(sample: false)
      let setting = type.map { "TERM='\($0)'" } ?? "-u TERM"
      let screen = try await TmuxScreen(
        "sh",
        [
          "-c", "env \(setting) \"$0\" watch; echo \"ended with $?\"; exec cat",
          builtProgram("screenpop"),
        ], environment: workplace.environment)
      let text = try await screen.wait(for: "ended with")
      #expect(text.contains("ended with 69"))
      #expect(text.contains("TERM"))
      #expect(text.split(separator: "\n").count <= 4)
      #expect(!text.contains("Fatal"))
    }

    @Test(arguments: ["C", "POSIX", "fr_FR.ISO-8859-1", "xx_YY.nonsense", ""])
    func aLocaleWithoutUnicode(locale: String) async throws {
      var workplace = try await Workplace()
      workplace.environment["LC_ALL"] = locale
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("1025")
      // A locale that names another character set gets ASCII; the others say nothing of the terminal.
      let isASCII = locale.contains(".")
      let screen = try await window.wait(for: isASCII ? "Comptabilite" : "Comptabilité")
      #expect(screen.contains(isASCII ? "+-" : "┌─"))
      #expect(!isASCII || screen.utf8.allSatisfy { $0 < 0x80 })
      #expect(screen.contains(locale.hasPrefix("fr") ? "Appel entrant" : "Incoming call"))
    }

    /// What a window is built of would end the process without a word, or keep it waiting for ever.
    @Test(arguments: [("-n 30", "ulimit -n"), ("-v 250000", "ulimit -v")])
    func tooFewFilesOrThreads(limit: String, words: String) async throws {
      let workplace = try await Workplace(sample: false)
      let refused = try await run(
        "sh", ["-c", "ulimit \(limit); exec \"$0\" watch", builtProgram("screenpop")],
        environment: workplace.environment)
      #expect(refused.status == 69, "\(refused.output)")
      #expect(refused.output.contains(words), "\(refused.output)")
    }

    /// Threads whose stacks have no room: nobody waits for them.
    @Test(arguments: [("screenpop", "log"), ("ctirelay", "--port 0")])
    func noThreads(program: String, arguments: String) async throws {
      let workplace = try await Workplace(sample: false)
      let limits = "ulimit -s 6000000; ulimit -v 5000000"
      let refused = try await run(
        "sh", ["-c", "\(limits); exec \"$0\" \(arguments)", builtProgram(program)],
        environment: workplace.environment)
      #expect(refused.status == 69, "\(refused.output)")
      #expect(refused.output.contains("threads can be had"), "\(refused.output)")
    }

    /// Each thread would reserve memory of its own, until none is left for the next.
    @Test func littleRoomIsEnoughForAnImport() async throws {
      let workplace = try await Workplace(sample: false)
      let rows = (0..<2_000).map { "C\($0),Maison \($0),019900\(1_000 + $0)" }
      let file = try workplace.folder.write(
        "code,name,phone\n" + rows.joined(separator: "\n"), to: "many.csv")
      let taken = try await run(
        "sh", ["-c", "ulimit -v 300000; exec \"$0\" import '\(file)'", builtProgram("screenpop")],
        environment: workplace.environment)
      #expect(taken.status == 0, "\(taken.output)")
      #expect(taken.output.contains("2000 rows taken"), "\(taken.output)")
    }

    @Test func everyMistakeOfAConfigurationIsToldAtOnce() async throws {
      let workplace = try await Workplace(sample: false)
      try workplace.configureMachine("corner = \"middle\"\nfixed = \"popup\"")
      try workplace.configure("statoin = \"1024\"\npopup = \"yes\"\n\nmin_digits = -1\n")
      let window = try await workplace.screenpop("watch")
      #expect(window.status == 78)
      let lines = window.output.split(separator: "\n")
      #expect(lines.count == 5, "\(window.output)")
      for (file, line, word) in [
        ("machine", 1, "corner"), ("machine", 2, "fixed"), ("config", 1, "station"),
        ("config", 2, "popup"), ("config", 4, "min_digits"),
      ] {
        let path = workplace.folder.file("\(file)/screenpop/config.toml")
        #expect(
          lines.contains { $0.contains("\(path):\(line)") && $0.contains(word) },
          "\(path):\(line) \(word) in \(window.output)")
      }
    }

    @Test func aConfigurationThatIsNoTOML() async throws {
      let workplace = try await Workplace(sample: false)
      try workplace.configure("popup = true\nstation = \"1024\ncorner = 1\n")
      let window = try await workplace.screenpop("watch")
      #expect(window.status == 78)
      #expect(window.output.contains("config.toml:2"), "\(window.output)")
    }
  }
}
