import OperatorScreen
import OperatorWindow
import Telephony
import TestSupport
import Testing

/// The program that is asked who has a number that nobody else knows.
struct PublicDirectoryTests {
  private let programs: Programs
  private let names = Collected<String>()
  private let said = Collected<String>()

  init() throws { programs = try Programs() }

  private func directory(_ text: String = "[lookup]\ncommand = ['who', '{number}', '{e164}']")
    throws
    -> PublicDirectory?
  {
    PublicDirectory(
      try programs.settings(text), environment: programs.environment, complain: said.add)
  }

  private func ask(_ directory: PublicDirectory?, _ last: Int = 1) {
    directory?.ask(
      PhoneNumber(.complete, "+3319900000\(last)"), text: "01 99 00 00 0\(last)", names.add)
  }

  static let answers: [(String, String?)] = [
    ("Dupont Marie, Strasbourg\\n", "Dupont Marie, Strasbourg"),
    ("\\n \\n  Dupont   Marie \\nsecond\\n", "Dupont Marie"),
    (#"{"name": "Dupont Marie", "city": "Strasbourg"}"#, "Dupont Marie, Strasbourg"),
    (#"{"name": "Dupont", "city": ""}"#, "Dupont"), (#"{"name": ["a"]}"#, nil), ("{broken", nil),
    ("", nil), ("\\n\\n", nil), ("\\342\\200\\213\\n", nil),
    ("\\033]0;owned\\007Dup\\033[31mont\\n", "]0;ownedDup[31mont"),
    (#"{"name": "\\u202eDupont"}"#, "Dupont"),
  ]

  @Test(arguments: answers)
  func aNameIsTextOrJSONAndHarmless(_ answer: String, _ name: String?) async throws {
    try programs.write("who", "echo \"$1 $2\" >> $OUT/asked; printf '\(answer)'")
    let directory = try directory()
    ask(directory)
    await directory?.finishAll()
    #expect(names.all == [name].compactMap { $0 })
    #expect(programs.lines("asked") == ["0199000001 +33199000001"])
    // What is known is not asked again, nor is that there is nobody.
    ask(directory)
    await directory?.finishAll()
    #expect(programs.lines("asked").count == 1)
    #expect(names.all.count == (name == nil ? 0 : 2))
  }

  @Test func failuresAreSaidOnceAndFewWait() async throws {
    try programs.write("who", "echo x >> $OUT/asked; echo no network >&2; exit 2")
    let directory = try directory()
    for last in 0..<30 { ask(directory, last) }
    await directory?.finishAll()
    #expect(programs.lines("asked").count == 8)
    #expect(said.all.count == 1 && said.all[0].contains("no network"), "\(said.all)")
    #expect(names.all.isEmpty)
  }

  @Test func extensionsAreNobodysAndWithoutAProgramNobodyIsAsked() async throws {
    #expect(try self.directory("") == nil)
    try programs.write("who", "echo x >> $OUT/asked")
    let directory = try directory()
    directory?.ask(PhoneNumber(.extension, "1025"), text: "1025", names.add)
    await directory?.finishAll()
    #expect(programs.lines("asked").isEmpty)
  }
}
