import PhoneNumbers
import Telephony
import Testing

@testable import FritzBox

/// What is configured, and what is noticed of it.
struct MonitorTests {
  @Test(arguments: [
    ("10", 10), ("610", 10), ("**610", 10), ("**625", 25), ("600", 40), ("**604", 44), ("0", 0),
    ("4", 4), ("**1", nil), ("100", nil), ("700", nil), ("", nil), ("**", nil), ("x", nil),
    ("-1", nil), ("99999999999999999999", nil),
  ])
  func anExtensionHasItsNumber(name: String, number: Int?) {
    #expect(FritzBoxMonitor.extensionNumber(name) == number)
  }

  @Test(arguments: [
    (FritzBoxMonitor(address: "fritz.box", numbers: ["12"]), "numbers: \"12\" is neither"),
    (FritzBoxMonitor(address: "fritz.box", extensions: ["**1"]), "extensions: \"**1\" is no"),
    (FritzBoxMonitor(address: "fritz.box", areaCode: "30"), "area_code: \"30\" is no"),
    (FritzBoxMonitor(address: "fritz.box", areaCode: "0x"), "area_code"),
    (FritzBoxMonitor(address: "fritz.box", areaCode: "0"), "area_code"),
  ])
  func whatMakesNoSenseIsSaid(monitor: FritzBoxMonitor, beginning: String) {
    #expect(monitor.problem?.hasPrefix(beginning) == true)
  }

  @Test func whatIsRightIsTaken() {
    let monitor = FritzBoxMonitor(
      address: "fritz.box", numbers: ["030 23125012", "SIP0"], extensions: ["4", "**610"],
      areaCode: "+4930")
    #expect(monitor.problem == nil)
  }

  /// The box's own number comes in several spellings.
  @Test(arguments: [
    ("030 23125012", "493023125012", true), ("030 23125012", "23125012", true),
    ("23125012", "03023125012", true), ("+49 30 23125012", "03023125012", true),
    ("03023125012", "03023125013", false), ("03023125012", "", false), ("03023125012", "12", false),
  ])
  func aNumberIsFollowedInAnySpelling(own: String, told: String, isFollowed: Bool) {
    var played = PlayedMonitor(numbers: [own])
    played.hear(["RING;0;06990009123;\(told);SIP0;"])
    #expect(played.events.count == (isFollowed ? 1 : 0))
  }

  /// The number of the box that was called is a whole one, however the box tells it.
  @Test(arguments: ["23125012", "493023125012", "03023125012"])
  func theCalledNumberIsWhole(told: String) throws {
    for areaCode in ["030", "+4930"] {
      var played = PlayedMonitor(areaCode: areaCode)
      played.hear(["RING;0;06990009123;\(told);SIP0;"])
      let called = try #require(played.events.first?.called)
      #expect(NumberPlan(region: "DE").caller(called).number?.key == "+493023125012")
    }
  }

  private func symptoms(
    _ monitor: FritzBoxMonitor, _ lines: [String]
  ) -> [Symptom] {
    var played = PlayedMonitor(
      numbers: monitor.numbers, extensions: monitor.extensions, areaCode: monitor.areaCode)
    played.hear(lines)
    return played.session.counts.symptoms(monitor)
  }

  @Test func nothingIsNoticedOfAnOrdinaryCall() {
    let lines = [
      "RING;0;06990009123;493023125012;SIP0;", "CONNECT;0;10;06990009123;", "DISCONNECT;0;5;",
    ]
    #expect(symptoms(FritzBoxMonitor(address: ""), lines).isEmpty)
  }

  @Test func whatDoesNotFitIsNoticed() {
    let calls = [
      "RING;0;23125014;493023125012;SIP0;", "CONNECT;0;11;23125014;", "DISCONNECT;0;5;",
    ]
    let lines = (1...5).flatMap { _ in calls } + ["RING;?;;"]
    let monitor = FritzBoxMonitor(address: "", numbers: ["069 90009120"], extensions: ["10"])
    #expect(
      symptoms(monitor, lines).map(\.sentence) == [
        "1 line could not be read: passed over.",
        "Calls came, none of them to the numbers that are followed; the latest to 493023125012.",
        "5 calls came from numbers without an area code, which match weakly at most.",
        "5 calls were answered, at 11, and none of them by you.",
      ])
    let all = symptoms(
      FritzBoxMonitor(address: "", areaCode: "030"),
      calls + ["CONNECT;0;12;23125014;", "CONNECT;0;40;23125014;"])
    #expect(
      all.map(\.sentence) == [
        "Calls were answered at the extensions 11, 12: all of them count as yours."
      ])
  }
}
