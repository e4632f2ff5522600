import Foundation
import TestSupport
import Testing

extension ProgramTests {
  /// What scripts rely on, to the byte (section L of the requirements).
  struct ScriptFaces {
    static let dupont =
      #"[{"code":"C00123","name":"Dupont SA","kind":"customer","strength":"exact"}]"#

    @Test(arguments: [
      ("0388202122", #"{"input":"0388202122","number":"+33388202122","matches":\#(dupont)}"#),
      (
        "388202122",
        #"{"input":"388202122","number":"+33388202122","matches":\#(dupont.replacing("exact", with: "national"))}"#
      ),
      (
        "+33 (0)3 88 20 21 22",
        #"{"input":"+33 (0)3 88 20 21 22","number":"+33388202122","matches":\#(dupont)}"#
      ),
      (
        "1025",
        #"{"input":"1025","number":"1025","matches":[{"code":"I1025","name":"Comptabilité","kind":"other","strength":"exact"}]}"#
      ),
      ("0199009999", #"{"input":"0199009999","number":"+33199009999","matches":[]}"#),
      ("anonymous", #"{"input":"anonymous","number":null,"withheld":true,"matches":[]}"#),
      ("$remote", #"{"input":"$remote","number":null,"withheld":true,"matches":[]}"#),
      ("", #"{"input":"","number":null,"withheld":true,"matches":[]}"#),
      (
        "poste \"12\"",
        #"{"input":"poste \"12\"","number":null,"text":"poste \"12\"","matches":[]}"#
      ),
    ])
    func lookup(input: String, line: String) async throws {
      let workplace = try await Workplace()
      let found = try await workplace.screenpop("lookup", "--json", "--", input)
      #expect(found.status == 0)
      #expect(found.output == line + "\n")
    }

    @Test func lookupRanksTheMatches() async throws {
      let workplace = try await Workplace()
      let found = try await workplace.screenpop("lookup", "--json", "0199004567")
      #expect(
        found.output == """
          {"input":"0199004567","number":"+33199004567","matches":[\
          {"code":"C00207","name":"Garage Muller","kind":"customer","strength":"exact"},\
          {"code":"P00031","name":"Muller Location","kind":"prospect","strength":"exact"},\
          {"code":"C00311","name":"Transports Schmitt","kind":"customer","strength":"weak"}]}

          """)
    }

    @Test func lookupAnswersEachLineOfItsInput() async throws {
      let workplace = try await Workplace()
      let found = try await workplace.screenpop(
        "lookup", "--json", input: "0388202122\n\n0199009999\r\nanonymous")
      #expect(
        found.output.split(separator: "\n").map(String.init) == [
          #"{"input":"0388202122","number":"+33388202122","matches":\#(Self.dupont)}"#,
          #"{"input":"","number":null,"withheld":true,"matches":[]}"#,
          #"{"input":"0199009999","number":"+33199009999","matches":[]}"#,
          #"{"input":"anonymous","number":null,"withheld":true,"matches":[]}"#,
        ])
    }

    @Test func exceptionsAreListedInNormalForm() async throws {
      let workplace = try await Workplace(sample: false)
      #expect(try await workplace.screenpop("exception", "add", "03 88 20 21 22").status == 0)
      #expect(
        try await workplace.screenpop("exception", "add", "0800*", "--collaborator", "MD").status
          == 0)
      let list = try await workplace.screenpop("exception", "list", "--json")
      let objects = try list.output.split(separator: "\n").map {
        try JSONDecoder().decode(ListedException.self, from: Data($0.utf8))
      }
      #expect(
        Set(objects) == [
          ListedException(number: "+33388202122", collaborator: nil),
          ListedException(number: "+33800*", collaborator: "MD"),
        ])
      #expect(
        contents(ofFile: workplace.folder.file("machine/screenpop/exceptions.csv"))
          .contains("+33388202122"))
      // Any spelling takes it away.
      #expect(try await workplace.screenpop("exception", "remove", "+33388202122").status == 0)
      #expect(
        try await workplace.screenpop("exception", "remove", "0800*", "--collaborator", "MD")
          .status == 0)
      #expect(try await workplace.screenpop("exception", "list", "--json").output == "")
      #expect(try await workplace.screenpop("exception", "remove", "0800*").status == 1)
      #expect(try await workplace.screenpop("exception", "add", "hello").status == 65)
    }

    struct ListedException: Decodable, Hashable {
      var number: String
      var collaborator: String?
    }

    @Test func theJournalsFieldsStandInOrder() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0388202122", "--call-id", "a")
      try await window.wait(for: "Dupont SA")
      try await workplace.clicktocall("--event", "end", "--call-id", "a")
      try await workplace.onlyCall("missed") { $0.outcome == "missed" && $0.code != nil }
      let line = try await workplace.screenpop("log", "--json").output
      let form =
        #/\{"at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)","number":"\+33388202122","name":"Dupont SA","code":"C00123","outcome":"missed","reason":null,"duration":null\}\n/#
      #expect(try form.wholeMatch(in: line) != nil, "\(line)")
    }

    @Test func theWindowMustBeGivenATerminal() async throws {
      let workplace = try await Workplace(sample: false)
      let window = try await workplace.screenpop("watch")
      #expect(window.status == 69)
      #expect(window.output.contains("terminal"))
      #expect(window.output.filter { $0 == "\n" }.count == 1)
    }

    // MARK: - Import

    static let good = "code;nom;téléphone\nC1;Atelier;01 99 00 12 34\n"
    static let mixed = good + "C2;;01 99 00 12 35\nC3;Magasin;bonjour\n"
    static let lossy = good + "C2;Boutique;1,99E+08\n"
    static let unknown = "code;nom;Zahl\nC1;Atelier;01 99 00 12 34\n"

    @Test(arguments: [
      (good, [], Int32(0), 1), (good, ["--keep-going"], 0, 1), (mixed, [], 0, 2),
      (mixed, ["--all-or-nothing"], 65, 0), (lossy, [], 1, 1), (lossy, ["--keep-going"], 1, 1),
      (lossy, ["--all-or-nothing"], 65, 0), (good, ["--preview", "5"], 0, 0),
      (unknown, [], 65, 0), (unknown, ["--map", "Zahl=phone"], 0, 1),
      (unknown, ["--map", "Zahl=colour"], 64, 0), (unknown, ["--map", "Zahlen=phone"], 65, 0),
      ("code;nom;téléphone\n", [], 65, 0), ("", [], 65, 0),
      ("\u{0}\u{1}\u{2}", ["--keep-going"], 65, 0),
    ])
    func importSaysHowItWent(file: String, options: [String], status: Int32, taken: Int)
      async throws
    {
      let workplace = try await Workplace(sample: false)
      let path = try workplace.folder.write(file, to: "parties.csv")
      let imported = try await run(
        builtProgram("screenpop"), ["import"] + options + [path],
        environment: workplace.environment)
      #expect(imported.status == status, "\(imported.output)")
      let export = try await workplace.screenpop("export")
      #expect(max(0, export.output.split(separator: "\n").count - 1) == taken, "\(export.output)")
    }
  }
}
