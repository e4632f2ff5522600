import Asterisk
import LauncherSupport
import Telephony
import TestSupport
import Testing

/// Bytes that no Asterisk sends, or that a stranger got it to send. After each, the next good message is
/// understood.
struct HostileTests {
  private static let ring = Leg.station("1", in: "c").rings
  private static let rang = ["ring in 03 88 20 21 22 Dupont SA"]

  @Test(arguments: [
    "\r\n\r\n\r\n", "\0\0\0\r\n\r\n", ":\r\n: :\r\n\r\n", "Event\r\n\r\n", "Event:\r\n\r\n",
    "Event: Newstate\r\n\r\n", "Event: Newstate\r\nChannel: PJSIP/1024-0001\r\n\r\n",
    "Response: Success\r\nActionID: screenpop-1\r\n\r\n", "Response:\r\n\r\n",
    "Event: Hangup\r\nUniqueid: \r\nLinkedid: \r\n\r\n",
    "Event: Newstate\r\nChannel: PJSIP/1024-01\r\nChannelState: 99999999999999999999\r\n"
      + "Uniqueid: x\r\nLinkedid: y\r\n\r\n",
    "Event: Newstate\nChannel: PJSIP/1025-01\nChannelState: 5\n\n",
    "Event: CoreShowChannelsComplete\r\n\r\n", "Event: OriginateResponse\r\n\r\n",
    "Event: DialEnd\r\nDialStatus: ANSWER\r\n\r\n", "\u{FEFF}\u{202E}\u{1B}]0;x\u{7}\r\n\r\n",
  ])
  func nonsenseIsPassedOver(text: String) async throws {
    let followed = try await FollowedStation.connected()
    #expect(try await followed.hear(text) == [])
    #expect(try await followed.hear(Self.ring) == Self.rang)
    #expect(followed.health.isEmpty)
    try await followed.stop()
  }

  @Test(arguments: [8 * 1024, 8 * 1024 + 1, 64 * 1024, 1_000_000])
  func aLongLineSpoilsItsMessageOnly(length: Int) async throws {
    let followed = try await FollowedStation.connected()
    let line = String(repeating: "x", count: length)
    let text = Self.ring.replacing("Privilege: call,all", with: line)
    let isTaken = length <= 8 * 1024
    #expect(try await followed.hear(text) == (isTaken ? Self.rang : []))
    #expect(followed.source.counts.passedOver == (isTaken ? 0 : 1))
    if !isTaken { #expect(try await followed.hear(Self.ring) == Self.rang) }
    try await followed.stop()
  }

  /// A line of 100 MB, and headers without an end as long.
  @Test(arguments: [
    String(repeating: "x", count: 100_000), String(repeating: "Name: value\r\n", count: 8_000),
  ])
  func whatDoesNotEndCostsNoMemory(piece: String) async throws {
    let followed = try await FollowedStation.connected()
    try await followed.manager.play("Event: Newstate\r\n" + piece)
    try await followed.arrived()
    let before = try residentMemory()
    for _ in 0..<1_000 { try await followed.manager.play(piece) }
    try await followed.arrived()
    #expect(try residentMemory() - before < 30)
    #expect(try await followed.hear("\r\n\r\n") == [])
    #expect(followed.source.counts.passedOver == 1)
    #expect(try await followed.hear(Self.ring) == Self.rang)
    try await followed.stop()
  }

  /// Recorded traffic with bytes changed, lost and doubled, in pieces of any size.
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func spoiledTrafficIsSurvived(seed: UInt64) async throws {
    var dice = SeededNumbers(seed: seed)
    let followed = try await FollowedStation.connected()
    let good = try CaptureTests.bytes("group-answered-elsewhere") + CaptureTests.bytes("outgoing")
    for _ in 0..<20 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...60, using: &dice) {
        let place = Int.random(in: 0..<bytes.count, using: &dice)
        switch Int.random(in: 0..<4, using: &dice) {
        case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &dice)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: Array("\r\n".utf8), at: place)
        default:
          let end = min(bytes.count, place + Int.random(in: 1...400, using: &dice))
          bytes.insert(contentsOf: bytes[place..<end], at: place)
        }
      }
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...3_000, using: &dice))
        try await followed.manager.play(piece)
        rest = rest.dropFirst(piece.count)
      }
    }
    #expect(followed.health == [.up])
    // Whatever was begun is over, and no answer is waited for that was spoiled.
    try await followed.received()
    followed.time.advance(by: .seconds(1))
    _ = try await followed.hear("\r\n\r\n")
    let fresh = Leg.station("9", in: "fresh")
    #expect(try await followed.hear(fresh.rings) == Self.rang)
    try await followed.stop()
  }

  /// A flood of calls that never end is bounded; each is told of, and the oldest are given up.
  @Test func callsWithoutEndAreBounded() async throws {
    let followed = try await FollowedStation.connected()
    var text = ""
    for call in 0..<500 {
      text += Leg.station("1\(call)", in: "c\(call)").rings
    }
    let news = try await followed.hear(text)
    #expect(news.count { $0.hasPrefix("ring") } == 500)
    #expect(news.count { $0.hasPrefix("vanish") } == 500 - 64)
    try await followed.stop()
  }

  /// What this process has in memory [MB] (proc(5), `statm`).
  private func residentMemory() throws -> Double {
    let pages = contents(ofFile: "/proc/self/statm").split(separator: " ")
    return Double(try #require(Int(pages[1]))) * 4096 / 1_000_000
  }
}
