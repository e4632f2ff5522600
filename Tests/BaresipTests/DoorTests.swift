import Foundation
import LauncherSupport
import Telephony
import Testing

/// Every caller in a softphone's event is who it would be elsewhere.
struct DoorTests {
  @Test(arguments: CallerRow.all)
  func anEventSaysWhoItIs(row: CallerRow) throws {
    // An event without another end is about no call.
    guard !row.raw.isEmpty else { return }
    var fields = [
      "event": "true", "type": "CALL_INCOMING", "id": "a", "direction": "incoming",
      "peeruri": row.raw,
    ]
    fields["peerdisplayname"] = row.said
    var story = StoryOfCalls()
    story.take(Array(try JSONEncoder().encode(fields)))
    let caller = try #require(story.events.first).caller
    #expect(CallerRow.words(caller) == row.who)
    #expect(caller.name == row.name)
  }
}
