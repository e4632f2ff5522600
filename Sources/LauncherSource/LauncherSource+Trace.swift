import CallWire
package import PhoneNumbers
package import Telephony
package import TrafficTrace

extension LauncherSource: TracedSource {
  /// The name under which it reports.
  package var id: SourceID { .launcher }

  package func player(of lines: [TraceLine]) -> any TracePlayer {
    Self.player(station: station, plan: plan)
  }

  /// What reads the messages of a trace for the station's window.
  package static func player(station: String?, plan: NumberPlan) -> any TracePlayer {
    LauncherPlayer(station: station, plan: plan)
  }
}

/// Reads the launcher's messages in a trace: those of the socket as they came, those of the spool with the time they
/// waited [ms] and their name before them.
///
///     ! spool 12500 0000…-1.msg
///     < v=1&event=ring&tel=0388202122&mid=18a9…
private struct LauncherPlayer: TracePlayer {
  let station: String?
  let plan: NumberPlan
  private var spooled: (age: Int64, name: String)?
  private var count = 0

  init(station: String?, plan: NumberPlan) {
    self.station = station
    self.plan = plan
  }

  mutating func play(_ line: TraceLine, at now: Moment) -> [CallEvent] {
    let words = line.words.split(separator: " ")
    if line.mark == .event, words.count == 3, words[0] == "spool" {
      spooled = (Int64(words[1]) ?? 0, String(words[2]))
    }
    guard line.mark == .received else { return [] }
    let waited = spooled
    spooled = nil
    count += 1
    guard let message = try? CallMessage(line: line.bytes) else { return [] }
    return [
      CallEvent(
        message, station: station, plan: plan, at: now - (waited?.age ?? 0),
        name: waited?.name ?? "line \(count)")
    ]
  }
}
