import Foundation
import TestSupport
import Testing

extension ProgramTests {
  /// `screenpop setup` (R34).
  struct Setup {
    @Test func itSaysWhatItDidAndUndoesIt() async throws {
      let workplace = try await Workplace(sample: false)
      let launcher = try builtProgram("clicktocall")
      let entry = workplace.folder.file("data/applications/screenpop-url-ctidivalto.desktop")
      let list = workplace.folder.file("config/mimeapps.list")
      let first = try await workplace.screenpop("setup")
      #expect(first.status == 0)
      #expect(
        first.output.hasPrefix(
          "ctidivalto: wrote \(entry), which starts \(launcher)\n"
            + "ctidivalto: made it the default in \(list)\n"))
      #expect(contents(ofFile: entry).contains("Exec=\(launcher) -- %u\n"))
      #expect(contents(ofFile: list).contains("=screenpop-url-ctidivalto.desktop;"))

      let second = try await workplace.screenpop("setup")
      #expect(second.status == 0)
      #expect(
        second.output.hasPrefix("ctidivalto: nothing to change, it starts \(launcher)\n\n"))

      let removed = try await workplace.screenpop("setup", "--remove")
      #expect(removed.status == 0)
      #expect(
        removed.output.hasPrefix(
          "ctidivalto: took it out of \(list)\nctidivalto: removed \(entry)\n"))
      for path in [entry, list] { #expect(!FileManager.default.fileExists(atPath: path)) }
      let again = try await workplace.screenpop("setup", "--remove")
      #expect(again.output == "nothing to remove\n")
      #expect(again.status == 0)
    }

    @Test func onlyWhatIsNamedIsTakenBack() async throws {
      let workplace = try await Workplace(sample: false)
      #expect(try await workplace.screenpop("setup", "--protocol", "crm-call", "--tel").status == 0)
      let removed = try await workplace.screenpop("setup", "--remove", "--tel")
      #expect(!removed.output.contains("crm-call"))
      let names = try FileManager.default.contentsOfDirectory(
        atPath: workplace.folder.file("data/applications"))
      #expect(names.filter { $0.hasSuffix(".desktop") } == ["screenpop-url-crm-call.desktop"])
    }

    @Test func itPrintsWhatToType() async throws {
      let workplace = try await Workplace(sample: false)
      try workplace.configure(
        "station = \"1024\"\nrelay_url = \"http://relay.example:81/cti/getevent\"")
      let text = try await workplace.screenpop("setup", "--protocol", "crm-call", "--tel").output
      for example in [
        "URL protocol          crm-call:0388202122\n",
        " tel:0388202122?popup\n",
        " http://relay.example:81/cti/setevent?ident=&telorg=1024&tel=0388202122&event=ring\n",
        "socket                \(workplace.socketPath())\n",
      ] {
        #expect(text.contains(example), "\(text)")
      }
    }

    @Test(arguments: [
      (["--protocol", "HTTP"], Int32(64), "small letters"),
      (["--corner", "foo"], 64, "command line: \"corner\""),
      (["--protocol", "https"], 64, "https: belongs to the system"),
      (["--remove", "--protocol", "a/b"], 64, "small letters"), (["--nonsense"], 64, "--nonsense"),
    ])
    func whatCannotBeRegisteredIsSaid(options: [String], status: Int32, sentence: String)
      async throws
    {
      let workplace = try await Workplace(sample: false)
      let setup = try await run(
        builtProgram("screenpop"), ["setup"] + options, environment: workplace.environment)
      #expect(setup.status == status)
      #expect(setup.output.contains(sentence), "\(setup.output)")
    }

    @Test func aFolderThatCannotBeMadeIsSaid() async throws {
      let workplace = try await Workplace(sample: false)
      try workplace.folder.write("", to: "data/applications")
      let setup = try await workplace.screenpop("setup")
      #expect(setup.status == 73)
      #expect(setup.output.contains("data/applications"))
      #expect(setup.output.filter { $0 == "\n" }.count == 1)
    }

    @Test func withoutALauncherThereIsNothingToRegister() async throws {
      let workplace = try await Workplace(sample: false)
      // A program that stands alone in its folder.
      let alone = try workplace.folder.folder("alone") + "/screenpop"
      try FileManager.default.copyItem(atPath: builtProgram("screenpop"), toPath: alone)
      let setup = try await run(alone, ["setup"], environment: workplace.environment)
      #expect(setup.status == 69)
      #expect(setup.output.contains("there is no clicktocall beside this program"))

      var environment = workplace.environment
      let launcher = try builtProgram("clicktocall")
      environment["PATH"] = "relative:" + launcher.dropLast("/clicktocall".count)
      let found = try await run(alone, ["setup"], environment: environment)
      #expect(found.status == 0)
      #expect(found.output.contains("which starts \(launcher)\n"))
    }
  }
}
