import LauncherSupport
import Telephony
import Testing

/// Every caller in a document of dialog state is who it would be elsewhere.
struct DoorTests {
  @Test(arguments: CallerRow.all)
  func anIdentitySaysWhoItIs(row: CallerRow) throws {
    // The station itself is nobody here.
    guard row.who != "1024" else { return }
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(
      Document.full(
        0,
        Document.dialog(
          "a", "early", remote: Self.escaped(row.raw), name: row.said.map(Self.escaped))))
    let caller = try #require(subscriber.events.first).caller
    #expect(CallerRow.words(caller) == row.who)
    #expect(caller.name == row.name)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }
}
