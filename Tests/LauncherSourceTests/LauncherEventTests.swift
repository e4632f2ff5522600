import CallWire
import LauncherSource
import LauncherSupport
import Telephony
import TestSupport
import Testing

/// What a launcher's message says becomes the event that it means.
@Suite struct LauncherEventTests {
  private static func event(_ fields: String) async throws -> CallEvent {
    let folder = try TemporaryFolder()
    let source = RunningSource(folder.runtime, station: "1024")
    #expect(await source.isUp())
    let client = try #require(RawClient(folder.runtime, station: "1024"))
    client.say("v=1&mid=m&\(fields)\n")
    #expect(client.line() == "ok")
    // `ok` means that the window has it.
    let event = try #require(source.events.first)
    await source.stop()
    return event
  }

  @Test(arguments: [
    ("event=ring", CallEvent.Kind.ring),
    ("event=", .ring),
    ("event=NewCall", .ring),
    ("event=answered", .answer),
    ("event=request", .request),
    ("event=end", .end(.normal)),
    ("event=missed", .end(.missed)),
    ("event=end&reason=rejected", .end(.rejected)),
    ("event=end&reason=normal", .end(.normal)),
    ("event=missed&reason=elsewhere", .end(.elsewhere)),
    ("event=end&reason=nonsense", .end(.normal)),
    ("event=missed&reason=nonsense", .end(.missed)),
    ("event=hold", .other(word: "hold")),
  ])
  func hasItsKind(fields: String, kind: CallEvent.Kind) async throws {
    #expect(try await Self.event(fields + "&tel=0199001234").kind == kind)
  }

  @Test(arguments: [
    ("direction=in", Direction.incoming), ("direction=OUT", .outgoing),
    ("direction=outbound", .outgoing), ("direction=sideways", nil), ("", nil),
  ])
  func hasItsDirection(fields: String, direction: Direction?) async throws {
    #expect(try await Self.event(fields + "&tel=0199001234").direction == direction)
  }

  @Test func hasEverythingElse() async throws {
    let event = try await Self.event(
      "event=ring&tel=%2B33199001234&id=42&name=Ana+Roy&called=0199009999&line=2&popup=1")
    #expect(event.source == .launcher)
    #expect(event.at == RunningSource.now)
    #expect(event.callID == "42")
    #expect(event.station == "1024")
    #expect(event.caller.number == PhoneNumber(.complete, "+33199001234"))
    #expect(event.caller.name == "Ana Roy")
    #expect(event.called == "0199009999")
    #expect(event.line == "2")
    #expect(event.popup)
  }

  @Test func knowsAWithheldCaller() async throws {
    let event = try await Self.event("event=ring&tel=")
    #expect(event.caller.isWithheld)
    #expect(!event.popup)
  }
}
