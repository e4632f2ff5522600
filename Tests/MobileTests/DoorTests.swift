import LauncherSupport
import PhoneNumbers
import Telephony
import Testing

@testable import Mobile

/// Every caller whom a mobile names is who it would be elsewhere.
struct DoorTests {
  @Test(arguments: CallerRow.all)
  func aCallSaysWhoItIs(row: CallerRow) throws {
    var properties: [String: DBusValue] = [
      "State": .text("incoming"), "LineIdentification": .text(row.raw),
    ]
    properties["Name"] = row.said.map { .text($0) }
    var calls = MobileCalls(source: MobileDriver.id, station: nil, plan: NumberPlan())
    let events = calls.follow(
      MobileFacts(oFono: "/ril_0/1", properties), at: Moment(milliseconds: 1_000))
    let caller = try #require(events.first).caller
    #expect(CallerRow.words(caller) == row.who)
    #expect(caller.name == row.name)
  }
}
