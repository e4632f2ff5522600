import FoundationEssentials
import LauncherSupport
import PhoneNumbers
import Telephony
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

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
