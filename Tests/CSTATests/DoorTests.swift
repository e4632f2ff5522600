import LauncherSupport
import Telephony
import Testing

/// Every caller whom a switch names is who it would be elsewhere.
struct DoorTests {
  @Test(arguments: CallerRow.all)
  func aDeviceSaysWhoItIs(row: CallerRow) throws {
    // The station itself is nobody here, and a device has no name beside it.
    guard row.who != "1024", row.said == nil else { return }
    var played = PlayedSwitch.up()
    played.hear(
      PlayedSwitch.xml("delivered 1 at=1024 from=# to=1024 local=alerting").replacing(
        "#", with: Self.escaped(row.raw)))
    let caller = try #require(played.events.first).caller
    #expect(CallerRow.words(caller) == row.who)
    #expect(caller.name == row.name)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }
}
