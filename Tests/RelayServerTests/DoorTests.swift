import FoundationEssentials
import LauncherSupport
import PhoneNumbers
import RelayServer
import Telephony
import TestSupport
import Testing

/// Every caller that goes through the relay is who it would be without.
struct DoorTests {
  private struct Told: Decodable {
    let tel: String
    let name: String?
  }

  @Test(arguments: CallerRow.all)
  func theRelaySaysWhoItIs(row: CallerRow) async throws {
    try await withRelay { relay async throws in
      let name = row.said.map { "&name=\(Self.encoded($0))" } ?? ""
      try await relay.set("telorg=1024&event=ring&tel=\(Self.encoded(row.raw))\(name)")
      let told = try JSONDecoder().decode(Told.self, from: Data(try await relay.get().utf8))
      let caller = NumberPlan().caller(told.tel, name: told.name)
      #expect(CallerRow.words(caller) == row.who)
      #expect(caller.name == row.name)
    }
  }

  /// And so is every caller in another program's words.
  @Test func aWebhookSaysWhoItIs() async throws {
    struct Hook: Encodable {
      let event = "ring"
      let user: Int
      let from: String
      let who: String?
    }
    let folder = try TemporaryFolder()
    let map = try folder.write(
      """
      path = "hook"
      [fields]
      event = "event"
      station = "user"
      number = "from"
      name = "who"

      """, to: "own.toml")
    try await withRelay(options { $0.maps = [map] }) { relay async throws in
      for (place, row) in CallerRow.all.enumerated() {
        let body = try JSONEncoder().encode(Hook(user: 2000 + place, from: row.raw, who: row.said))
        _ = try await relay.ask(
          RelayClient.prefix + "hook", "POST", body: String(decoding: body, as: UTF8.self))
        let answer = try await relay.get("telorg=\(2000 + place)")
        let told = try JSONDecoder().decode(Told.self, from: Data(answer.utf8))
        let caller = NumberPlan().caller(told.tel, name: told.name)
        #expect(CallerRow.words(caller) == row.who, "\(row)")
        #expect(caller.name == row.name, "\(row)")
      }
    }
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
