import PhoneNumbers
import Telephony

@testable import FreeSwitch

/// What FreeSWITCH's event socket sends: messages, events plain and JSON, and lists of channels.
enum EventSocketStream: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let messages = readAlike(bytes, { EventSocketReader() }, { try $0.feed($1) })
    var calls = FreeSwitchCalls(source: "freeswitch", user: "1024", plan: NumberPlan())
    let now = Moment(milliseconds: 0)
    for message in messages {
      var events: [CallEvent] = []
      if let event = ChannelEvent(message) { events += calls.apply(event, at: now) }
      if let list = ListedChannels(message.body) { events += calls.adopt(list, at: now) }
      for event in events {
        expectPlain(event.caller.name)
        expectPlain(event.caller.text)
        expectPlain(event.called)
      }
    }
    _ = ListedChannels(bytes)
  }
}
