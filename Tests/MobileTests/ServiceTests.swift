import LauncherSupport
import PhoneNumbers
import Telephony
import TestSupport
import Testing

@testable import Mobile

/// The driver on a real bus, with stand-ins of the three services.
struct ServiceTests {
  /// One bus for all: a service of Python's takes its time to start.
  @Test func theServicesTellOfCallsAndMakeThem() async throws {
    let services = try await MobileServices()
    try await modemManager(services)
    try await oFono(services)
    try await kdeConnect(services)
  }

  private func modemManager(_ services: MobileServices) async throws {
    let service = MobileService.modemManager
    let (clock, driver) = driver(services.bus(service))
    let heard = HeardSource(driver)
    try await waitUntil("the modem", instead: "\(heard.reports)") { driver.counts.modems == 1 }
    let voice = service.managerInterface
    try await services.tell(
      service, MobileServices.modem, [voice, "CallAdded", "o"], [["o", MobileServices.call]])
    try await waitUntil("the ring", instead: "\(heard.reports)") { heard.reports.events.count == 1 }
    #expect(heard.reports.events.first?.who == "01 99 00 11 11")
    let name = try #require(heard.reports.events.first?.callID)
    try await driver.answer(callID: name)
    let state = { (old: String, new: String) in
      try await services.tell(
        service, MobileServices.call, [service.callInterface, "StateChanged", "iiu"],
        [["i", old], ["i", new], ["u", "3"]])
    }
    try await state("3", "4")
    try await driver.hangUp(callID: name)
    try await state("4", "7")
    try await waitUntil("the end", instead: "\(heard.reports)") { heard.reports.events.count == 3 }
    try await services.tell(
      service, MobileServices.modem, [voice, "CallDeleted", "o"], [["o", MobileServices.call]])
    #expect(try await driver.dial(#require(DialledNumber("0261912222"))) == nil)
    #expect(await driver.examine().isEmpty)
    #expect(heard.reports.events.map(\.what) == ["ring", "answer", "end normal"])
    // A modem of another name is somebody else's.
    let other = self.driver(services.bus(service, device: "Modem/9")).driver
    let deaf = HeardSource(other)
    try await waitUntil("no modem", instead: "\(deaf.reports)") { other.counts.modems == 0 }
    #expect(other.symptoms.count == 1)
    await #expect(throws: DialError.self) {
      try await other.dial(#require(DialledNumber("0261912222")))
    }
    await deaf.stop()
    // The service goes.
    services.end(service)
    try await waitUntil("the loss", instead: "\(heard.reports)") { heard.reports.reason != nil }
    #expect(heard.reports.reason == "ModemManager is not running: start it, or pair the mobile")
    try await waitUntil("the next try") { clock.nextWake == .seconds(1) }
    await heard.stop()
  }

  private func oFono(_ services: MobileServices) async throws {
    let (_, driver) = driver(services.bus(.oFono))
    let heard = HeardSource(driver)
    try await waitUntil("the modem", instead: "\(heard.reports)") { driver.counts.modems == 1 }
    // The stand-in answers no call, and makes some.
    #expect(try await driver.dial(#require(DialledNumber("0261912222"))) == nil)
    try await waitUntil("the call", instead: "\(heard.reports)") { heard.reports.events.count == 1 }
    let name = try #require(heard.reports.events.first?.callID)
    // One who connects now knows it as well.
    let (_, late) = self.driver(services.bus(.oFono))
    let second = HeardSource(late)
    try await waitUntil("the list", instead: "\(second.reports)") {
      second.reports.events.count == 1
    }
    await second.stop()
    let path = String(name.split(separator: "-")[0])
    try await services.tell(
      .oFono, "/ril_0/\(path)", ["org.ofono.VoiceCall", "PropertyChanged", "sv"],
      [["s", "State"], ["s", "active"]])
    try await waitUntil("the answer", instead: "\(heard.reports)") {
      heard.reports.events.count == 2
    }
    try await driver.hangUp(callID: name)
    // The stand-in takes the object away before it could tell that it goes.
    try await services.tell(
      .oFono, "/ril_0", [MobileService.oFono.managerInterface, "CallRemoved", "o"],
      [["o", "/ril_0/\(path)"]])
    try await waitUntil("the end", instead: "\(heard.reports)") { heard.reports.events.count == 3 }
    #expect(heard.reports.events.map(\.what) == ["ring", "answer", "end normal"])
    #expect(heard.reports.events.first?.direction == .outgoing)
    await heard.stop()
  }

  private func kdeConnect(_ services: MobileServices) async throws {
    let (_, driver) = driver(services.bus(.kdeConnect))
    let heard = HeardSource(driver)
    try await waitUntil("the bus", instead: "\(heard.reports)") { heard.reports.healths == [.up] }
    for word in ["callReceived", "missedCall"] {
      try await services.tell(
        .kdeConnect, MobileServices.phone,
        [MobileService.kdeConnect.managerInterface, "callReceived", "sss"],
        [["s", word], ["s", "0199001111"], ["s", "Anna"]])
    }
    try await waitUntil("the ring", instead: "\(heard.reports)") { heard.reports.events.count == 2 }
    #expect(heard.reports.events.map(\.what) == ["ring", "end missed"])
    #expect(heard.reports.events.first?.caller.name == "Anna")
    await #expect(throws: DialError.self) {
      try await driver.dial(#require(DialledNumber("0261912222")))
    }
    await heard.stop()
  }

  @Test func withoutABusTheWindowSaysSo() async throws {
    let bus = MobileBus(
      .modemManager, environment: ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus"], user: 0)
    let heard = HeardSource(driver(bus).driver)
    try await waitUntil("the reason", instead: "\(heard.reports)") { heard.reports.reason != nil }
    #expect(heard.reports.reason?.hasPrefix("the bus /nowhere/bus could not be reached") == true)
    await heard.stop()
    let none = HeardSource(driver(MobileBus(.kdeConnect, environment: [:], user: 0)).driver)
    try await waitUntil("the reason", instead: "\(none.reports)") { !none.reports.healths.isEmpty }
    #expect(
      none.reports.healths
        == [
          .off(reason: "there is no bus of this session: DBUS_SESSION_BUS_ADDRESS names no socket")
        ])
    await none.stop()
  }

  private func driver(_ bus: MobileBus) -> (clock: TestClock, driver: MobileDriver) {
    let clock = TestClock(pauses: 0)
    let driver = MobileDriver(
      bus, station: "24", plan: NumberPlan(), now: { clock.moment }, clock: clock)
    return (clock, driver)
  }
}
