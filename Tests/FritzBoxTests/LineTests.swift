import LauncherSupport
import PhoneNumbers
import Telephony
import Testing

@testable import FritzBox

/// Lines of a call monitor, and what is none.
struct LineTests {
  private static func line(_ text: String) -> FritzBoxLine? { FritzBoxLine(Array(text.utf8)) }

  @Test(arguments: [
    (
      "28.11.26 15:17:43;RING;2;0388202122;4930123456;SIP0;",
      FritzBoxLine.News.ring(caller: "0388202122", called: "4930123456", line: "SIP0")
    ),
    // As boxes of 2006 wrote, without a line or without the last mark.
    (
      "28.11.26 15:17:43;RING;2;0388202122;123456;",
      .ring(caller: "0388202122", called: "123456", line: "")
    ),
    (
      "28.11.26 15:17:43;RING;2;0388202122;123456;POTS",
      .ring(caller: "0388202122", called: "123456", line: "POTS")
    ),
    (
      "28.11.26 15:21:00;RING;0;;4930123456;SIP1;",
      .ring(caller: "", called: "4930123456", line: "SIP1")
    ),
    (
      "28.11.26 15:20:10;CALL;1;4;123456;0199001111;ISDN;",
      .dial(extension: 4, own: "123456", number: "0199001111", line: "ISDN")
    ),
    (
      "28.11.26 15:17:51;CONNECT;2;40;0388202122;",
      .connect(extension: 40, number: "0388202122")
    ),
    ("28.11.26 15:19:02;DISCONNECT;2;71;", .disconnect(seconds: 71)),
  ])
  func aLineTells(text: String, news: FritzBoxLine.News) {
    #expect(Self.line(text)?.news == news)
  }

  @Test(arguments: [
    "", ";", ";;;;", "28.11.26 15:17:43", "28.11.26 15:17:43;RING", "28.11.26 15:17:43;RING;2;",
    "28.11.26 15:17:43;RING;2;0388202122", "28.11.26 15:17:43;WRING;2;0388202122;123456;SIP0;",
    "28.11.26 15:17:43;ring;2;0388202122;123456;SIP0;", "RING;2;0388202122;123456;SIP0;",
    "28.11.26 15:17;RING;2;0388202122;123456;SIP0;", "28.11.26 15:17:43;RING;;03;123456;SIP0;",
    "28.11.26 15:17:43;RING;-1;0388202122;123456;SIP0;",
    "28.11.26 15:17:43;RING;99999999999999999999;0388202122;123456;SIP0;",
    "28.11.26 15:17:43;RING;2;alice28.11.26 15:17:51;CONNECT;2;10;0388202122;",
    "28.11.26 15:17:43;RING;2;alice.26 15:17:51;71;",
    "28.11.26 15:17:51;CONNECT;2;x;0388202122;", "28.11.26 15:19:02;DISCONNECT;2;;",
    "28.11.26 15:19:02;DISCONNECT;2;99999999999999999999;",
    "28.11.26 15:19:02;DISCONNECT;2;728.11.26 15:19:03;RING;0;;123456;SIP0;",
  ])
  func whatIsDamagedTellsNothing(text: String) {
    #expect(Self.line(text) == nil)
    #expect(
      Self.line("28.11.26 15:17:43;RING;2;" + String(repeating: "1", count: 500) + ";1;") == nil)
  }

  /// A damaged line costs itself; the greeting of another program ends the connection.
  @Test func whatIsDamagedIsPassedOver() {
    var played = PlayedMonitor()
    played.hear(["RING;x;06990009123;493023125012;SIP0;", "RING;0;06990009124;493023125012;SIP0;"])
    played.hear(Array(String(repeating: "x", count: 5_000).utf8))
    played.hear(Array("\nSSH-2.0-OpenSSH_9.2\r\n".utf8))
    played.hear(["DISCONNECT;0;0;"])
    #expect(played.story == ["ring in +496990009124", "end missed in +496990009124"])
    #expect(played.session.counts.damaged == 3)
    #expect(played.outages.isEmpty)
  }

  /// A box says nothing between calls.
  @Test func whoDoesNotGreetIsABox() {
    var played = PlayedMonitor()
    #expect(!played.isUp && played.session.nextWake == played.now + 500)
    played.wait(1)
    #expect(played.isUp && played.session.nextWake == nil)
  }

  @Test(arguments: [
    ("SSH-2.0-OpenSSH_9.2\r\n", "SSH-2.0-OpenSSH_9.2"), ("220 mail; ready\n", "220 mail; ready"),
    ("\u{1b}[2J\u{202e}x\n", "[2Jx"),
    (String(repeating: "x", count: 600), String(repeating: "x", count: 60)),
  ])
  func whatIsNoCallMonitorIsLeft(greeting: String, said: String) {
    var played = PlayedMonitor()
    played.hear(Array(greeting.utf8))
    #expect(played.outages == [.stranger(greeting: said)])
    #expect(!played.isUp)
    played.hear(["RING;0;06990009124;493023125012;SIP0;"])
    #expect(played.events.isEmpty)
  }

  /// Every caller is who it would be elsewhere.
  @Test(arguments: CallerRow.all)
  func aRingSaysWhoItIs(row: CallerRow) throws {
    // A mark of the line's own cannot stand in a number, and there are no names.
    guard !row.raw.contains(";"), row.said == nil else { return }
    var played = PlayedMonitor(region: "FR")
    played.hear(["RING;0;\(row.raw);493023125012;SIP0;"])
    #expect(CallerRow.words(try #require(played.events.first).caller) == row.who)
  }

  @Test(arguments: [
    // Without an area code, and with one that is missing.
    ("23125012", "030", "DE", "+493023125012"), ("23125012", "+4930", "FR", "+493023125012"),
    ("03023125012", "030", "DE", "+493023125012"), ("06990009123", "030", "DE", "+496990009123"),
    ("0033388202122", "030", "DE", "+33388202122"), ("110", "030", "DE", "110"),
    ("1024", "030", "DE", "1024"), ("23125012", "", "DE", "23125012"),
    ("", "030", "DE", "withheld"),
  ])
  func numbersOfThePlaceAreCompleted(
    number: String, areaCode: String, region: String, who: String
  ) throws {
    var played = PlayedMonitor(areaCode: areaCode, region: region)
    played.hear(["RING;0;\(number);23125013;SIP0;", "CALL;1;10;23125013;\(number);SIP0;"])
    #expect(played.events.map { CallerRow.words($0.caller) } == [who, who])
    #expect(played.events.first?.called == areaCode + "23125013")
    #expect(played.events.first?.caller.receivedDigits == number.count)
  }
}
