import LauncherSupport
import Telephony
import Testing
import TextForms

@testable import FreeSwitch

/// A busy switch sends what is the station's alone, and that is enough.
struct FilterTests {
  /// What FreeSWITCH does with filters (`event_handler` of mod_event_socket.c).
  private struct Switch {
    private struct Filter {
      let header: String
      let value: String
      /// Nil: the value is compared as it stands.
      let pattern: Regex<AnyRegexOutput>?
    }

    private var filters: [Filter] = []
    /// How many messages it sends before it knows of a command.
    let delay: Int
    private var known = 0
    private(set) var sent = 0
    private(set) var held = 0

    init(delay: Int) { self.delay = delay }

    /// Follows the commands that have come by now.
    mutating func follow(_ commands: [String]) throws {
      for command in commands.dropFirst(known) {
        let words = command.split(separator: " ", maxSplits: 3).map { String($0) }
        if words[1] == "delete" {
          filters.removeAll { $0.header == words[2] && $0.value == words[3] }
        } else {
          let value = words[2]
          let pattern =
            try value.hasPrefix("/") ? Regex(String(value.dropFirst().dropLast())) : nil
          filters.append(Filter(header: words[1], value: value, pattern: pattern))
        }
      }
      known = max(known, commands.count)
    }

    /// Whether it sends the event with these lines.
    mutating func passes(_ lines: [String: String]) -> Bool {
      let isSent =
        filters.isEmpty
        || filters.contains { filter in
          guard let own = lines[filter.header] else { return false }
          return filter.pattern.map { own.contains($0) }
            ?? (own.lowercased() == filter.value.lowercased())
        }
      if isSent { sent += 1 } else { held += 1 }
      return isSent
    }
  }

  /// Plays a capture through a switch that filters.
  private func play(
    _ capture: String, _ station: String, delay: Int
  ) throws -> (PlayedSession, Switch) {
    var played = PlayedSession(station: station)
    var reader = EventSocketReader()
    var server = Switch(delay: delay)
    var commands: [[String]] = []
    for message in try reader.feed(try CaptureTests.bytes(capture)) {
      commands.append(played.filters)
      try server.follow(commands.dropLast(delay).last ?? [])
      let isEvent = message.contentType == "text/event-plain"
      if isEvent && !server.passes(Self.lines(message)) { continue }
      let head = message.head.map { "\($0.key): \($0.value)\n" }.joined()
      played.hear(Array((head + "\n").utf8) + message.body)
      if message.reply.hasPrefix("+OK accepted") {
        played.hear("Content-Type: command/reply\nReply-Text: +OK filter added. [x]=[y]\n\n")
      }
    }
    return (played, server)
  }

  private static func lines(_ message: EventSocketMessage) -> [String: String] {
    let pairs = message.body.split(separator: UInt8(ascii: "\n")).compactMap { line in
      line.firstIndex(of: UInt8(ascii: ":")).map { colon in
        let value = PercentCoding.decode(Array(line[(colon + 1)...].dropFirst())[...])
        return (
          String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self)
        )
      }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  @Test(
    arguments: CaptureTests.stories.filter {
      !["answered-json", "login-refused"].contains($0.capture)
    })
  func whatPassesIsEnough(story: CaptureTests.Story) throws {
    let (played, server) = try play(story.capture, story.station, delay: 4)
    #expect(played.story == story.events)
    #expect(played.filters.count > 5)
    if story.events.isEmpty, story.station == "1025" { #expect(server.held > server.sent) }
  }

  /// What was added for a call is deleted after it.
  @Test func nothingIsLeft() throws {
    let (played, _) = try play("answered", "1024", delay: 0)
    let added = played.filters.filter { !$0.hasPrefix("filter delete ") }.dropFirst(6)
    let deleted = played.filters.filter { $0.hasPrefix("filter delete ") }
    #expect(!added.isEmpty)
    #expect(Set(deleted) == Set(added.map { $0.replacing("filter ", with: "filter delete ") }))
  }

  @Test func theFirstFilterIsAskedFor() {
    var played = PlayedSession(station: "1024@pbx.example")
    played.hear("Content-Type: auth/request\n\n")
    played.hear("Content-Type: command/reply\nReply-Text: +OK accepted\n\n")
    #expect(
      played.filters == ["filter Channel-Presence-ID /^(?i)1024(@pbx\\.example)?$/"])
    played.hear("Content-Type: command/reply\nReply-Text: +OK filter added. [x]=[y]\n\n")
    #expect(played.filters.count == 6)
  }

  /// Everything is sent then, and read as before.
  @Test(arguments: ["-ERR permission denied", "-ERR command not found"])
  func aRefusedFilterIsDoneWithout(refusal: String) {
    var played = PlayedSession()
    played.hear("Content-Type: auth/request\n\n")
    played.hear("Content-Type: command/reply\nReply-Text: +OK accepted\n\n")
    played.hear("Content-Type: command/reply\nReply-Text: \(refusal)\n\n")
    played.hear("Content-Type: command/reply\nReply-Text: +OK event listener enabled plain\n\n")
    played.answer("{\"row_count\":0}")
    #expect(played.isUp && played.outages.isEmpty)
    played.event(
      "CHANNEL_CALLSTATE",
      [
        "Unique-ID": "a", "Channel-Call-UUID": "c", "Other-Leg-Unique-ID": "c",
        "Call-Direction": "outbound", "Channel-Presence-ID": "1024%40pbx.example",
        "Channel-Call-State": "RINGING", "Caller-Caller-ID-Number": "0199001111",
      ])
    #expect(played.story == ["ring in 01 99 00 11 11"])
    #expect(played.filters.count == 1)
  }

  /// A name in a dial string can be anything.
  @Test(arguments: ["a\nexit", "a b", "/x/", "+x", "-x", ""])
  func noNameReachesAFilter(name: String) {
    #expect(FreeSwitchFilter.channel(name).isEmpty)
    #expect(FreeSwitchFilter.call(name).isEmpty)
  }

  @Test func channelsOfOthersAreCountedInLists() {
    var played = PlayedSession()
    let row = { (id: Int) in
      "{\"uuid\":\"\(id)\",\"direction\":\"inbound\",\"callstate\":\"ACTIVE\","
        + "\"presence_id\":\"1030@pbx.example\"}"
    }
    let list = { (ids: ClosedRange<Int>) in
      "{\"row_count\":\(ids.count),\"rows\":[\(ids.map(row).joined(separator: ","))]}"
    }
    played.logIn(list: list(1...40))
    #expect(played.session.counts.symptoms("1024").isEmpty)
    played.answer(list(1...40))
    #expect(played.session.counts.others == 40)
    played.wait(60)
    played.answer(list(31...60))
    #expect(played.session.counts.others == 60)
    #expect(played.session.counts.symptoms("1024").count == 1)
  }
}
