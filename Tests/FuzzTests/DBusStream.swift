import PhoneNumbers
import Telephony

@testable import Mobile

/// What a bus sends: a line that answers the login, and messages.
enum DBusStream: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    _ = readAlike(bytes, { DBusReader() }, { try $0.feed($1) })
    let items = readAlike(Array("OK\r\n".utf8) + bytes, { DBusReader() }, { try $0.feed($1) })
    var calls = MobileCalls(source: "mobile", station: nil, plan: NumberPlan())
    for case .message(let message) in items {
      for value in message.body {
        for facts in [
          MobileFacts(oFono: message.path, value.entries),
          MobileFacts(modemManager: message.path, value.entries),
        ] {
          for event in calls.follow(facts, at: Moment(milliseconds: 0)) {
            expectPlain(event.caller.name)
            expectPlain(event.caller.text)
          }
        }
      }
    }
    _ = DBusMessage(bytes)
  }
}
