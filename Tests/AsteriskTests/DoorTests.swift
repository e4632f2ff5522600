import LauncherSupport
import Telephony
import Testing

/// Every caller in the manager's fields is who it would be elsewhere.
@Suite struct DoorTests {
  @Test func theConnectedLineSaysWhoItIs() async throws {
    let station = try await FollowedStation.connected()
    for (index, row) in CallerRow.all.enumerated() where row.who != "1024" {
      let call = "77.\(index)"
      let leg = Leg.station("78.\(index)", in: call, from: row.raw, name: row.said ?? "<unknown>")
      try await station.manager.play(Leg.trunk(call).begins + leg.rings)
      try await station.arrived()
      let caller = station.events.last?.caller
      #expect(caller.map(CallerRow.words) == row.who, "\(row)")
      if row.who != "withheld" { #expect(caller?.name == row.name, "\(row)") }
      _ = try await station.hear(leg.hangsUp() + Leg.trunk(call).hangsUp())
    }
    try await station.stop()
  }
}
