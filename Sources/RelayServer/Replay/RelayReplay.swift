import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import Telephony
import TextForms
package import TrafficTrace

/// Asks again what a trace of a relay was asked: the same requests, at their own times, go through the code that
/// answered them; calls are kept in memory, and nothing listens.
///
///     4.120 192.0.2.7:40112 GET /…/setevent?telorg=1024&tel=0388202122&event=ring 200
///     4.120 station 1024 {"tel":"0388202122","event":"ring","id":"1795004662001","age":0}
///     6.001 192.0.2.9:40990 GET /…/getevent?telorg=1024 200 {"tel":"0388202122",…}
package struct RelayReplay {
  /// What time it is in the trace, and what those who listen would be told.
  private final class Scene: Sendable {
    let now = Mutex(Moment(milliseconds: 0))
    let events = Mutex<[String]>([])
  }

  /// The longest piece of an answer that is shown, in characters.
  private static let longestAnswer = 400
  /// What may have been answered because of a token or a signature, which no replay checks.
  private static let hangsOnSecrets: Set = [401, 403, 429]

  private let run: TraceRun
  private let hasSecrets: Bool
  private let scene = Scene()
  private let responder: RelayResponder
  private var connections: [SourceID: ReplayedConnection] = [:]

  /// A relay that begins when the run did; throws ``RelayError`` when one of its maps cannot be used.
  ///
  /// - Parameter options: Those of the recorded relay. Of their files only the maps are opened.
  package init(_ run: TraceRun, _ options: RelayOptions) throws(RelayError) {
    let maps = try WebhookMap.all(options.maps, withSecrets: false)
    self.run = run
    hasSecrets = options.tokenFile != nil || maps.contains { $0.signature != nil }
    let now = { @Sendable [scene] in scene.now.withLock { $0 } }
    let hub = EventHub { [scene] key, event in
      let station = PlainText.cleaned(
        key.ident.isEmpty ? key.station : "\(key.ident) \(key.station)")
      let words = event.json(options.names, at: now()).text
      scene.events.withLock {
        $0.append("station \(station) \(PlainText.cleaned(words, limit: 1000))")
      }
    }
    responder = RelayResponder(
      options, tokens: nil, maps: maps,
      store: MemoryStore(
        options.bounds, hub: hub, firstSequence: UInt64(clamping: run.wall.milliseconds), now: now),
      hub: hub, mostStreams: .max, now: now,
      logger: Logger(label: "ctirelay") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Asks everything, and says what it gave, a line each; whether all was answered as it was then.
  package mutating func play(_ say: (String) throws -> Void) throws -> Bool {
    let then = statuses()
    var isSame = true
    for (index, line) in run.lines.enumerated() where line.source != Trace.own {
      scene.now.withLock { $0 = Moment(milliseconds: line.time) }
      if line.mark == .event {
        connections.removeValue(forKey: line.source)?.close()
      } else if line.mark == .received {
        let (text, isAsThen) = try ask(line, then[index])
        isSame = isSame && isAsThen
        try say("\(line.clock) \(text)")
        for event in scene.events.withLock({ events in
          defer { events = [] }
          return events
        }) { try say("\(line.clock) \(event)") }
      }
    }
    return isSame
  }

  /// What a line's request gives, and whether it did so then, as far as the trace knows.
  private mutating func ask(_ line: TraceLine, _ then: Int?) throws -> (String, Bool) {
    guard let request = RecordedRequest(line.bytes) else {
      return ("\(line.source.name.printable) what was asked is no request", false)
    }
    let place = line.source.name
    let text = PlainText.cleaned(
      "\(place) \(request.head.method.rawValue) \(request.head.uri)", limit: 1000)
    if hasSecrets, let then, Self.hangsOnSecrets.contains(then) {
      return ("\(text) \(then) then, and is not asked again without its token", true)
    }
    let peer = place.lastIndex(of: ":").flatMap { NetworkAddress(String(place[..<$0])) }
    let connection =
      connections[line.source] ?? ReplayedConnection(responder, peer: peer)
    connections[line.source] = connection
    guard let answer = try connection.ask(request) else {
      return ("\(text) no answer", then == nil)
    }
    let isSame = then.map { $0 == answer.status } ?? true
    // A stream begins with a comment, which says nothing.
    let said = answer.body.readableBytesView.drop { $0 == UInt8(ascii: ":") }.prefix(4096)
    let body = String(decoding: said, as: UTF8.self)
    let words = PlainText.cleaned(body, limit: Self.longestAnswer)
    return (
      "\(text) \(answer.status)" + (isSame ? "" : ", but \(then ?? 0) then")
        + (words.isEmpty ? "" : " \(words)"), isSame
    )
  }

  /// What the requests were answered then, by their places among the lines.
  private func statuses() -> [Int: Int] {
    var waiting: [SourceID: [Int]] = [:]
    var statuses: [Int: Int] = [:]
    for (index, line) in run.lines.enumerated() {
      switch line.mark {
      case .received, .piece: waiting[line.source, default: []].append(index)
      case .event: waiting[line.source] = nil
      case .sent:
        guard let status = RecordedRequest.status(line.bytes),
          let asked = waiting[line.source], !asked.isEmpty
        else { continue }
        waiting[line.source]?.removeFirst()
        statuses[asked[0]] = status
      }
    }
    return statuses
  }
}
