import OperatorConfiguration
import Testing

struct DraftTests {
  @Test func aNewFileReadsBackAsWhatWasSaid() throws {
    let machine = try Machine()
    var draft = try ConfigurationDraft(machine.directories)
    #expect(!draft.replacesFile)
    let said = [
      ("station", "10\"24\\"), ("asterisk.stations", #"["1024", "1024-mobile"]"#),
      ("asterisk.address", "pbx.example"), ("labels", #"{ "0199004500" = "Support" }"#),
      ("trace", "~/t"), ("hooks.ring", #"["log", "{number}"]"#), ("min_digits", "4"),
      ("popup", "true"), ("cti.block", "line 1\nline\t2\u{7F}"), ("open", "erp"),
    ]
    for (key, value) in said { try draft.set(key, value) }
    let read = try ConfigurationDraft(machine.writing("operator", draft.text))
    #expect(read.replacesFile)
    #expect(read.text == draft.text)
    #expect(read.value(of: "cti.block") == "line 1\nline\t2\u{7F}")
    #expect(read.value(of: "station") == "10\"24\\")
    #expect(draft.text.contains("\n[asterisk]\naddress = \"pbx.example\"\nstations = [\"1024\","))
  }

  @Test func otherKeysOfTheFileStay() throws {
    let machine = try Machine()
    try machine.write(
      "operator",
      "station = 7 # mine\nopen = [\"erp\", \"{code}\"]\n[sip]\nserver = \"a.example\"\n")
    var draft = try ConfigurationDraft(machine.directories)
    try draft.set("corner", "bottom-left")
    try draft.set("station", "")
    draft.clear(table: "sip")
    #expect(
      draft.text.split(separator: "\n").dropFirst().joined(separator: "\n")
        == "corner = \"bottom-left\"\nopen = [\"erp\", \"{code}\"]")
  }

  @Test(arguments: [
    ("statoin", "7", #"did you mean "station""#), ("corner", "middle", "one of"),
    ("fixed", #"["popup"]"#, "machine's file"), ("asterisk.stations", "1024", "a list of lines"),
    ("asterisk.stations", "[1024", "a list of lines"), ("region", "XX", "ISO 3166"),
    ("station", "1\n2", "one word"),
  ])
  func whatMakesNoSenseIsSaid(key: String, value: String, sentence: String) throws {
    var draft = try ConfigurationDraft(Machine().directories)
    let error = #expect(throws: ConfigurationError.self) { try draft.set(key, value) }
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    #expect(draft.value(of: key) == nil)
  }

  @Test func theMachineIsHeard() throws {
    let machine = try Machine()
    try machine.write("first", "corner = \"top-left\"\nfixed = [\"corner\"]\nregion = \"DE\"\n")
    var draft = try ConfigurationDraft(machine.directories)
    try draft.set("corner", "bottom-left")
    let settings = try draft.settings()
    #expect(settings.corner == .topLeft && settings.region == "DE")
    #expect(settings.notes.contains { $0.description.contains("fixed for this machine") })
  }
}

extension Machine {
  /// The directories, with this text in a level's file.
  fileprivate func writing(_ level: String, _ text: String) throws -> Directories {
    try write(level, text)
    return directories
  }
}
