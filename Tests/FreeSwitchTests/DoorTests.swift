import LauncherSupport
import Telephony
import Testing
import TextForms

/// Every caller of a channel is who it would be elsewhere.
struct DoorTests {
  @Test(arguments: CallerRow.all)
  func aChannelSaysWhoItIs(row: CallerRow) throws {
    // The station itself is nobody here.
    guard row.who != "1024" else { return }
    var played = PlayedSession()
    played.logIn()
    var lines = SessionTests.leg(
      "a", more: ["Caller-Caller-ID-Number": PercentCoding.encode(row.raw)])
    lines["Caller-Caller-ID-Name"] = row.said.map { PercentCoding.encode($0) }
    played.event("CHANNEL_CALLSTATE", lines)
    let caller = try #require(played.events.first).caller
    #expect(CallerRow.words(caller) == row.who)
    #expect(caller.name == row.name)
  }
}
