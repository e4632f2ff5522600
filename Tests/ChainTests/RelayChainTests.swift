import TestSupport
import Testing

/// A desk phone, played by curl, tells the relay of its calls, and the window shows them.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct RelayChainTests {
  private static let phone = "telorg=sip:1024@192.0.2.10&tel=sip:+33388202122@192.0.2.10"

  /// The next question would come in an hour: what the window shows came by the stream.
  @Test func aCallIsPushedFromItsRingToItsEnd() async throws {
    let site = try await RelaySite(interval: 3_600)
    try await site.phone("\(Self.phone)&event=ring&id=a1b2@192.0.2.7")
    try await site.window.wait(for: "03 88 20 21 22")
    try await site.window.wait(for: "Dupont SA")
    try await site.phone("\(Self.phone)&event=established&id=a1b2@192.0.2.7")
    try await site.window.wait(for: "On the line")
    // A phone without a value for the number.
    try await site.phone("telorg=1024&tel=$remote&event=terminated&id=a1b2@192.0.2.7")
    try await site.window.wait(for: "Waiting")
    let call = try await site.workplace.onlyCall("answered, and ended") { $0.duration != nil }
    #expect(call.outcome == "answered")
    #expect(call.code == "C00123")
    // What the stream pushed stands in the trace, and is the same call of another number there.
    let path = site.workplace.folder.file("trace")
    try await waitUntil("the same journal", instead: contents(ofFile: path)) {
      try await site.workplace.replay(path).map(\.shape) == [call.shape]
    }
    #expect(!contents(ofFile: path).contains("88202122"))
  }

  @Test(arguments: [RelaySite.Path.buffered, .withoutStream])
  func aCallIsPolledWhereNoStreamComesThrough(path: RelaySite.Path) async throws {
    let site = try await RelaySite(path)
    try await site.phone(
      "telorg=1024&tel=\"Marie\"<sip:0388202122@pbx.example.com>&event=ring&id=7")
    try await site.window.wait(for: "03 88 20 21 22")
    try await site.window.wait(for: "Dupont SA")
    try await site.phone("telorg=1024&tel=0388202122@pbx.example.com&event=connected&id=7")
    try await site.window.wait(for: "On the line")
    let call = try await site.workplace.onlyCall("answered") { $0.outcome == "answered" }
    #expect(call.number == "+33388202122")

    try await site.phone("telorg=1024&event=disconnected")
    try await site.phone("telorg=1024&tel=0199009999&event=incoming")
    try await site.window.wait(for: "01 99 00 99 99")
    #expect(try await site.window.text().contains("● relay"))
  }

  @Test func aRelayThatIsGoneIsSaidAndComesBack() async throws {
    let site = try await RelaySite()
    try await site.phone("\(Self.phone)&event=ring&id=1")
    try await site.window.wait(for: "Dupont SA")
    try await site.killRelay()
    let down = try await site.window.wait(for: "○ relay")
    #expect(down.contains("127.0.0.1"), "\(down)")
    try await site.window.wait(for: "03 88 20 21 22")

    let another = try await site.startAgain()
    try await site.window.wait(for: "● relay")
    try await site.phone("telorg=1024&tel=0199009999&event=ring&id=2")
    try await site.window.wait(for: "01 99 00 99 99")
    try await site.workplace.journal(until: "both calls") {
      $0.map(\.number) == ["+33388202122", "+33199009999"]
    }
    another.signal(15)
    #expect(try await another.status() == 0)
  }
}
