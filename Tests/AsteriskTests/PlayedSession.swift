import Asterisk
import PhoneNumbers
import Telephony
import TrafficTrace

/// A session to which a manager's bytes are played without a connection, in pieces of any size; nothing that it asks is
/// answered.
struct PlayedSession {
  private var player: any TracePlayer
  private var events: [CallEvent] = []

  /// A session that has logged in.
  init(station: String = "1024", names: [String] = []) {
    let manager = AsteriskManager(
      address: "127.0.0.1", port: 5038, user: "screenpop", secret: "geheim", stations: names)
    player = AsteriskSource(
      manager, station: station, plan: NumberPlan(), now: { Moment(milliseconds: 0) }
    ).player(of: [])
    play(.event, Array("start".utf8))
    connect(channels: "")
  }

  /// The connection breaks, and comes back when these channels are there.
  mutating func reconnect(channels: String) {
    play(.event, Array("unlinked the wire was cut".utf8))
    connect(channels: channels)
  }

  private mutating func connect(channels: String) {
    play(.event, Array("linked".utf8))
    hear("Asterisk Call Manager/11.0.0\r\nResponse: Success\r\n\r\n".utf8)
    hear((channels + "Event: CoreShowChannelsComplete\r\n\r\n").utf8)
  }

  /// The next piece comes.
  mutating func hear(_ bytes: some Sequence<UInt8>) { play(.piece, Array(bytes)) }

  /// What was told, once no answer is waited for any more.
  mutating func story() -> [String] {
    play(.event, Array("wake".utf8), at: 5_000)
    return events.filter { $0.kind != .dialled }.map(FollowedStation.words)
  }

  /// The station's rings for calls of its own.
  var ownRings: [CallEvent] { events.filter { $0.kind == .dialled } }

  private mutating func play(_ mark: Trace.Mark, _ bytes: [UInt8], at time: Int64 = 0) {
    let line = TraceLine(time: time, source: "asterisk", mark: mark, bytes: bytes)
    events += player.play(line, at: Moment(milliseconds: time))
  }
}
