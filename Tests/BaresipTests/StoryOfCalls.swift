import Baresip
import LauncherSupport
import PhoneNumbers
import Telephony

/// What a softphone's messages tell, in short: `ring 03 88 20 21 22`, `end missed 03 88 20 21 22`.
struct StoryOfCalls {
  private(set) var lines: [String] = []
  private(set) var events: [CallEvent] = []
  private var calls = BaresipCalls(source: "baresip", plan: NumberPlan())
  var now = Moment(milliseconds: 1_000_000)

  /// Takes a message in.
  mutating func take(_ text: [UInt8]) {
    guard case .event(let event) = BaresipMessage(text) else { return }
    for news in calls.apply(event, at: now) { note(news) }
  }

  /// Takes a message in that is written as JSON.
  mutating func take(_ text: String) { take(Array(text.utf8)) }

  /// Takes in what the softphone lists.
  mutating func adopt(_ listing: String) {
    for news in calls.adopt(BaresipListing.calls(in: listing), at: now) { note(news) }
  }

  private mutating func note(_ event: CallEvent) {
    events.append(event)
    lines.append(storyLine(event))
  }
}

/// An event in short; an outgoing call begins with `out`.
func storyLine(_ event: CallEvent) -> String {
  "\(event.direction == .outgoing ? "out " : "")\(event.what) \(event.who)"
}
