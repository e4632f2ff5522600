import OperatorWindow
import Telephony
import Testing

/// What the window tells of its sources to whoever asks.
struct SourceStatesTests {
  @Test func healthAndCountsAreTold() {
    let states = SourceStates()
    states.note(.health("relay", .up))
    states.note(
      .health(
        "asterisk",
        .down(reason: "refused", since: Moment(milliseconds: 1), nextTry: nil)))
    #expect(states.fields["source.relay"] == "up")
    #expect(states.fields["events.relay"] == "0")
    #expect(states.fields["source.asterisk"] == "down")
    #expect(states.fields["reason.asterisk"] == "refused")
    states.note(.health("asterisk", .up))
    #expect(states.fields["source.asterisk"] == "up")
    #expect(states.fields["reason.asterisk"] == nil)
  }
}
