import TestSupport
import Testing

/// Programs of the desktop open an address, the desktop starts the launcher, and the window rings (R34).
@Suite(.serialized, .timeLimit(.minutes(2)))
struct AddressTests {
  private let workplace: Workplace
  private let window: TmuxScreen

  init() async throws {
    var workplace = try await Workplace()
    // xdg-open looks for a text browser without one; nobody connects to it.
    workplace.environment["DISPLAY"] = ":0"
    window = try await workplace.openWindow()
    self.workplace = workplace
    let setup = try await workplace.screenpop("setup", "--tel")
    try #require(setup.status == 0, "\(setup.output)")
  }

  @Test(arguments: [["gio", "open"], ["xdg-open"]])
  func anAddressRingsTheWindow(opener: [String]) async throws {
    try await open("ctidivalto:0388202122", with: opener)
    try await window.wait(for: "03 88 20 21 22")
    let screen = try await window.wait(for: "Dupont SA")
    #expect(screen.contains("Incoming call"))
    #expect(!screen.contains("12 rue des Tanneurs"))
  }

  @Test(arguments: [["gio", "open"], ["xdg-open"]])
  func anAddressOpensTheRecord(opener: [String]) async throws {
    // What follows the keyword is data: it ends no call.
    try await open("ctidivalto:0388202122?popup&event=end", with: opener)
    try await window.wait(for: "12 rue des Tanneurs")
    try await workplace.onlyCall("a ring") { $0.outcome == "ringing" }
  }

  @Test func aNumberOfAWebPageRingsTheWindow() async throws {
    try await open("tel:+33-3-88-20-21-22", with: ["gio", "open"])
    try await window.wait(for: "Dupont SA")
  }

  @Test func whateverStandsInAnAddressIsData() async throws {
    let spoiled = workplace.folder.file("spoiled")
    for address in [
      "ctidivalto:$(touch \(spoiled))", "ctidivalto:`touch \(spoiled)`", "ctidivalto:--event=end",
      "ctidivalto:0388202122%0aevent=end", "ctidivalto:0388202122\nevent=end",
      "ctidivalto:\"0388202122", "ctidivalto:%1b%5b2J",
    ] {
      _ = try await run("xdg-open", [address], environment: workplace.environment)
    }
    let tooLong = "ctidivalto:" + String(repeating: "1", count: 5_000)
    let answer = try await run("xdg-open", [tooLong], environment: workplace.environment)
    #expect(answer.status != 0)
    #expect(answer.output.hasPrefix("clicktocall: "), "\(answer.output)")
    #expect(contents(ofFile: spoiled).isEmpty)
    try await open("ctidivalto:03 88 20 21 22", with: ["xdg-open"])
    let screen = try await window.wait(for: "Dupont SA")
    #expect(screen.hasPrefix(" ScreenPop"))
    // Whoever it is, it rings: nothing in an address ends a call. A stray quotation mark costs no caller.
    try await workplace.journal(until: "the last") { calls in
      calls.contains { $0.number == "+33388202122" }
        && calls.allSatisfy { $0.outcome == "ringing" }
    }
  }

  private func open(_ address: String, with opener: [String]) async throws {
    let answer = try await run(
      opener[0], opener.dropFirst() + [address], environment: workplace.environment)
    #expect(answer.status == 0, "\(answer.output)")
  }
}
