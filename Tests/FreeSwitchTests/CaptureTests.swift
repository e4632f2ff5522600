import Foundation
import LauncherSupport
import Telephony
import TestSupport
import Testing

@testable import FreeSwitch

/// What a FreeSWITCH 1.11 sent, and what was true.
struct CaptureTests {
  struct Story: Sendable, CustomTestStringConvertible {
    let capture: String
    var station = "1024"
    let events: [String]
    var testDescription: String { "\(capture) at \(station)" }
  }

  static let stories = [
    Story(capture: "answered", events: whole),
    Story(capture: "answered", station: "1025", events: []),
    Story(capture: "answered", station: "1024@pbx.example", events: whole),
    Story(capture: "answered", station: "1024@other.example", events: []),
    Story(capture: "answered-json", events: whole),
    Story(capture: "missed", events: ["ring in \(dupont)", "end missed in \(dupont)"]),
    Story(capture: "rejected", events: ["ring in \(dupont)", "end rejected in \(dupont)"]),
    Story(capture: "anonymous", events: ["ring in withheld", "end missed in withheld"]),
    Story(capture: "group-elsewhere", events: ["ring in \(dupont)", "end elsewhere in \(dupont)"]),
    Story(capture: "group-elsewhere", station: "1025", events: whole),
    Story(capture: "two-devices", events: whole),
    Story(capture: "outgoing", events: calls),
    Story(capture: "outgoing-no-presence-id", events: calls),
    Story(
      capture: "internal-1025-calls-1024",
      events: ["ring in 1025 Compta", "answer in 1025 Compta", "end normal in 1025 Compta"]),
    Story(
      capture: "internal-1025-calls-1024", station: "1025",
      events: ["ring out 1024", "answer out 1024", "end normal out 1024"]),
    Story(capture: "transfer-blind", events: whole),
    Story(capture: "transfer-blind", station: "1025", events: whole),
    Story(capture: "pickup", events: ["answer in \(dupont)", "end normal in \(dupont)"]),
    Story(
      capture: "pickup", station: "1025",
      events: ["ring in \(dupont)", "end elsewhere in \(dupont)"]),
    Story(capture: "dial-originate-bridge", events: calls),
    Story(capture: "connect-while-ringing", events: whole),
    Story(capture: "restart-before", events: whole),
    Story(capture: "login-userauth", events: whole),
    Story(capture: "login-refused", events: []),
  ]

  private static let dupont = "01 99 00 11 11 Dupont"
  private static let whole = [
    "ring in \(dupont)", "answer in \(dupont)", "end normal in \(dupont)",
  ]
  private static let calls = [
    "ring out 01 99 00 22 22", "answer out 01 99 00 22 22", "end normal out 01 99 00 22 22",
  ]

  /// The bytes of a capture.
  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appending(path: "Captures/\(name).esl")))
  }

  @Test(arguments: stories)
  func isUnderstood(story: Story) throws {
    var played = PlayedSession(station: story.station)
    played.hear(try Self.bytes(story.capture))
    #expect(played.story == story.events)
    #expect(Set(played.events.map(\.callID)).count <= 1)
    #expect(played.events.allSatisfy { $0.station == "1024" || $0.station == "1025" })
  }

  @Test(arguments: stories)
  func isUnderstoodInSmallPieces(story: Story) throws {
    let bytes = try Self.bytes(story.capture)
    var played = PlayedSession(station: story.station)
    for start in stride(from: 0, to: bytes.count, by: 97) {
      played.hear(Array(bytes[start..<min(start + 97, bytes.count)]))
    }
    #expect(played.story == story.events)
  }

  @Test func aNameInLatin1IsRead() throws {
    let expected = try #require(Self.stories.first { $0.capture == "missed" }?.events)
    let text = String(decoding: try Self.bytes("missed"), as: UTF8.self)
    var played = PlayedSession()
    played.hear(Array(text.replacing("Dupont", with: "Ren%E9").utf8))
    #expect(played.story == expected.map { $0.replacing("Dupont", with: "René") })
  }

  @Test func isUnderstoodByteByByte() throws {
    let expected = try #require(Self.stories.first { $0.capture == "missed" }?.events)
    var played = PlayedSession()
    for byte in try Self.bytes("missed") { played.hear([byte]) }
    #expect(played.story == expected)
  }

  @Test(arguments: ["missed", "answered-json", "pickup"])
  func isUnderstoodInTwoPiecesOfAnySizes(capture: String) throws {
    let bytes = try Self.bytes(capture)
    let expected = try #require(Self.stories.first { $0.capture == capture }?.events)
    // One in some hundred bytes, at each place within a line.
    let cuts = Array(stride(from: 1, to: bytes.count, by: 2_003))
    for cut in cuts {
      var played = PlayedSession()
      played.hear(Array(bytes[..<cut]))
      played.hear(Array(bytes[cut...]))
      guard played.story == expected else {
        Issue.record("cut at \(cut): \(played.story)")
        break
      }
    }
  }

  @Test func theNumberOfTheHouseIsTold() throws {
    var played = PlayedSession()
    played.hear(try Self.bytes("answered"))
    #expect(played.events.map(\.called) == ["0536491201", "0536491201", "0536491201"])
    played = PlayedSession()
    played.hear(try Self.bytes("connect-while-ringing"))
    #expect(played.events.first?.called == "0536491201")
    played = PlayedSession()
    played.hear(try Self.bytes("transfer-blind"))
    #expect(played.events.first?.called == nil)
  }
}
