package import Telephony

/// A source that can be told again what it heard.
package protocol TracedSource: CallSource {
  /// The name under which it reports.
  var id: SourceID { get }
  /// What takes its lines of a trace; `lines` are all of them, in their order.
  func player(of lines: [TraceLine]) -> any TracePlayer
}

/// Takes the lines of a source as the source itself once took what they tell.
package protocol TracePlayer {
  /// What the line says of calls; `now` is the line's own time.
  mutating func play(_ line: TraceLine, at now: Moment) -> [CallEvent]
}
