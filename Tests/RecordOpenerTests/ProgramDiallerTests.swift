import Foundation
import RecordOpener
import Telephony
import Testing

/// Dialling by a program, and by a URL of the desktop (R32).
@Suite struct ProgramDiallerTests {
  private let workshop: Workshop
  private let opener: RecordOpener

  init() throws {
    workshop = try Workshop()
    opener = RecordOpener(environment: workshop.environment, grace: .seconds(60))
  }

  private func dial(
    _ target: OpenTarget, option: String, _ number: String, e164: String? = nil
  ) async throws -> String? {
    let dialler = ProgramDialler(target, option: option, station: "1024", opener: opener)
    return try await dialler.dial(try #require(DialledNumber(number, e164: e164)))
  }

  @Test func aCommandGetsTheNumberAsAnArgument() async throws {
    try workshop.script("phone", #"printf '%s\n' "$@" > "$OUT/args""#)
    let command = OpenTarget.command(
      try CommandTemplate(["phone", "--to={number}", "{e164}", "{station}"]))
    #expect(
      try await dial(command, option: "dial.command", "0388202122", e164: "+33388202122") == nil)
    #expect(workshop.lines("args") == ["--to=0388202122", "+33388202122", "1024"])
    _ = try await dial(command, option: "dial.command", "*21#")
    #expect(workshop.lines("args") == ["--to=*21#", "", "1024"])
  }

  @Test(arguments: [
    ("tel:{number}", "0388202122", "tel:0388202122"), ("tel:{e164}", "17", "tel:+33388202122"),
    ("callto:{number}", "+33388202122", "callto:+33388202122"),
    ("tel:{number}", "*21#", "tel:%2A21%23"),
    ("https://pbx.example/?n={number}", "+33388202122", "https://pbx.example/?n=%2B33388202122"),
  ])
  func aURLGoesToTheDesktop(template: String, number: String, url: String) async throws {
    try workshop.script("xdg-open", #"printf '%s\n' "$@" > "$OUT/url""#)
    _ = try await dial(
      .url(try URLTemplate(template)), option: "dial.url", number, e164: "+33388202122")
    #expect(workshop.lines("url") == [url])
  }

  @Test func aFailureNamesTheOptionToLookAt() async throws {
    let missing = await #expect(throws: DialError.self) {
      try await dial(
        .command(try CommandTemplate(["nowhere", "{number}"])), option: "dial.command", "17")
    }
    #expect(missing?.sentence.contains("dial.command") == true)
    let openerless = await #expect(throws: DialError.self) {
      try await dial(.url(try URLTemplate("tel:{number}")), option: "dial.url", "17")
    }
    #expect(openerless?.sentence.contains("dial.url") == true)
    try workshop.script("phone", "echo 'line 3 is busy' >&2; exit 2")
    let refused = await #expect(throws: DialError.self) {
      try await dial(
        .command(try CommandTemplate(["phone", "{number}"])), option: "dial.command", "17")
    }
    #expect(refused?.sentence == "phone failed with status 2: line 3 is busy")
  }
}
