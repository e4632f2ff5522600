import Telephony

@testable import RelayServer

/// What lies in Redis: a call's text, and an entry of the stream whose words stand one a line.
enum RedisText: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let moment = Moment(milliseconds: .max)
    if let record = try? CallRecord(text, sequence: 1, at: moment) {
      // What a relay reads it writes, and reads again as the same.
      let again = try? CallRecord(record.text, sequence: 1, at: moment)
      precondition(again?.key == record.key && again?.call == record.call)
      precondition(record.text.utf8.count <= CallRecord.longest)
    }
    let words = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    let entry = RedisReply.list([
      .text(words.first ?? ""),
      .list(words.dropFirst().map { $0 == "?" ? .unreadable : .text($0) }),
    ])
    guard let entry = try? StreamEntry(entry, highest: .highestEvent) else { return }
    precondition(entry.number <= .highestEvent)
    guard let event = entry.event else { return }
    precondition(event.sequence <= entry.number)
    _ = moment - event.age
  }
}
