import Foundation
import PhoneNumbers
import Telephony
import Testing

@testable import Asterisk

/// Recorded calls in pieces of one byte, and joined at any moment by way of the list of channels.
struct JoiningTests {
  /// The messages of a capture at a followed station, without a connection.
  private struct Follower {
    private var parser = AMIParser()
    private var calls: AMICalls
    private(set) var events: [CallEvent] = []

    init(_ story: CaptureTests.Story) {
      let names = story.names.isEmpty ? [story.station] : story.names
      calls = AMICalls(
        source: "asterisk",
        stations: AMIStations(technology: story.technology, own: story.station, names: names),
        plan: NumberPlan())
    }

    mutating func take(_ bytes: [UInt8]) {
      bytes.withUnsafeBytes { bytes in
        parser.feed(bytes) {
          events += calls.apply($0, at: Moment(milliseconds: Int64(events.count)))
        }
      }
    }

    /// The events in short.
    var story: [String] {
      events.filter { $0.kind != .dialled }.map { event in
        let kind =
          switch event.kind {
          case .ring: "ring"
          case .answer: "answer"
          case .end(let reason): "end \(reason.rawValue)"
          default: "vanish"
          }
        let name = event.caller.name.map { " " + $0 } ?? ""
        let who = event.caller.isWithheld ? "withheld" : event.caller.text
        return "\(kind) \(event.direction?.rawValue ?? "?") \(who)\(name)"
      }
    }
  }

  private static let stories = CaptureTests.stories.filter { $0.capture != "originate" }

  @Test(arguments: stories)
  func isUnderstoodInPiecesOfOneByte(story: CaptureTests.Story) throws {
    var follower = Follower(story)
    for byte in try CaptureTests.bytes(story.capture) { follower.take([byte]) }
    #expect(follower.story == story.events)
  }

  /// A window that starts in the middle tells of nobody else, of no call in the wrong direction, and all of
  /// its calls end.
  @Test(arguments: stories)
  func isUnderstoodFromAnyMomentOn(story: CaptureTests.Story) throws {
    let text = String(decoding: try CaptureTests.bytes(story.capture), as: UTF8.self)
    let messages = text.components(separatedBy: "\r\n\r\n").map { $0 + "\r\n\r\n" }
    // A list may know the name of who was dialled.
    let whole = Set(story.events.map { Self.who($0) })
    let isOutgoing = story.events.contains { $0.contains(" out ") }
    var channels = Channels()
    for start in messages.indices {
      var follower = Follower(story)
      follower.take(Array(channels.list.utf8))
      channels.take(messages[start])
      for message in messages[start...] { follower.take(Array(message.utf8)) }
      let told = follower.story
      for event in told where !event.contains("withheld") {
        let who = Self.who(event)
        #expect(whole.contains { who.hasPrefix($0) } || who == "71", "from \(start): \(told)")
      }
      // Who took a call of a group by `Local` channels follows from the call's name, where nobody said who rings whom.
      if story.capture == "group-by-local", let fate = told.last {
        #expect(fate == story.events.last, "from \(start): \(told)")
      }
      if !isOutgoing { #expect(!told.contains { $0.contains(" out ") }, "from \(start): \(told)") }
      var calls = CallList()
      for event in follower.events { _ = calls.apply(event) }
      #expect(!calls.hasLive, "from \(start): \(told)")
    }
  }

  /// The other end, of an event in short.
  private static func who(_ event: String) -> String {
    event.replacing(#/^.* (?:in|out) /#, with: "")
  }

  /// The channels that there are after some messages.
  private struct Channels {
    private var gone: Set<String> = []
    private var all: [(id: String, headers: [String: String])] = []

    mutating func take(_ message: String) {
      let lines = message.split(separator: "\r\n").map { $0.split(separator: ": ", maxSplits: 1) }
      let headers = Dictionary(
        lines.filter { $0.count == 2 }.map { (String($0[0]), String($0[1])) },
        uniquingKeysWith: { first, _ in first })
      guard let id = headers["Uniqueid"], headers["Channel"] != nil else { return }
      let event = headers["Event"]
      let before = all.first { $0.id == id }?.headers
      all.removeAll { $0.id == id }
      if event == "Hangup" { gone.insert(id) }
      guard !gone.contains(id) else { return }
      var now = headers
      now["BridgeId"] =
        event == "BridgeEnter"
        ? headers["BridgeUniqueid"] : event == "BridgeLeave" ? nil : before?["BridgeId"]
      all.append((id, now))
    }

    /// The answer to who lists them.
    var list: String {
      let names = [
        "Channel", "ChannelState", "CallerIDNum", "CallerIDName", "ConnectedLineNum",
        "ConnectedLineName", "Exten", "Uniqueid", "Linkedid", "BridgeId",
      ]
      let items = all.map { channel in
        "Event: CoreShowChannel\r\n"
          + names.map { "\($0): \(channel.headers[$0] ?? "")\r\n" }.joined() + "\r\n"
      }
      return items.joined() + "Event: CoreShowChannelsComplete\r\n\r\n"
    }
  }
}
