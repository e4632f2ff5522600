import CallWire
import Doctor
import Telephony
import TestSupport
import Testing

/// What doctor says of the window's socket and of the spool.
struct WindowCheckTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func look(_ state: [String: String]?) async -> [Finding] {
    let runtime = RuntimeDirectory(path: folder.file("screenpop"))
    return await WindowCheck(runtime, station: "1024", state: state.map { WindowState($0) }).look()
  }

  @Test func withoutAWindowNothingComesUp() async {
    let findings = await look(nil)
    #expect(findings.count == 1)
    #expect(findings[0].weight == .mend)
    #expect(findings[0].advice == "Start one: screenpop watch --station 1024")
  }

  @Test func whatCouldNotBeUsedIsNamed() async {
    let findings = await look([
      "taken": "12", "refused": "1", "refusal": "it says no version", "word.gong": "3",
      "keyword.$remote": "2",
    ])
    #expect(findings.map(\.weight) == [.well, .mend, .note, .note])
    #expect(findings[0].sentence.hasSuffix("Messages taken: 12, refused: 1."))
    #expect(findings[1].sentence == "“$remote” came 2 times instead of a number.")
    #expect(findings[2].sentence.contains("it says no version"))
    #expect(findings[3].sentence.contains("“gong”"))
  }

  @Test func aPrefixThatNobodyConfiguredIsProposed() async {
    let findings = await look(["taken": "3", "prefix.0": "3"])
    #expect(findings.map(\.weight) == [.well, .mend])
    #expect(findings[1].sentence.hasPrefix("3 calls came with a 0 before a number"))
    #expect(findings[1].advice?.contains("outside_prefix = \"0\"") == true)
  }

  @Test func whatLiesInTheSpoolIsCounted() async throws {
    let runtime = RuntimeDirectory(path: folder.file("screenpop"))
    try runtime.prepare()
    try runtime.spool.write(
      CallMessage(event: "ring", tel: "0388202122").encoded(), station: "1024")
    try folder.write("", to: "screenpop/spool/README")
    let findings = await look(["taken": "0"])
    #expect(findings.map(\.weight) == [.well, .note, .note])
    #expect(findings[1].sentence.hasSuffix("spool holds 1 message."))
    #expect(findings[2].sentence.hasSuffix("spool holds 1 file beside messages."))
  }

  @Test func aFolderThatIsNoneIsSaid() async throws {
    try folder.write("", to: "screenpop")
    let findings = await look(nil)
    #expect(findings.map(\.weight) == [.mend])
    #expect(findings[0].sentence.contains(folder.file("screenpop")))
  }
}
