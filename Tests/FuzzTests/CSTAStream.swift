import PhoneNumbers
import Telephony
import XMLForms

@testable import CSTA

/// What a CSTA server sends: headers, and events and lists in XML.
enum CSTAStream: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let frames = readAlike(bytes, { CSTAReader() }, { try $0.feed($1) })
    let now = Moment(milliseconds: 0)
    var calls = CSTACalls(source: "csta", device: "1024", plan: NumberPlan())
    var ended: Set<String> = []
    // A mutated length hides all that follows, so the bytes are a document as well, or several.
    let documents = frames.map(\.body) + bytes.split(separator: 0).map { Array($0) }
    for document in documents {
      guard let message = XMLBranch.read(document) else { continue }
      var events = CSTAEvent(message).map { calls.apply($0, at: now) } ?? []
      let list = CSTASnapshot(message)
      if message.name.hasPrefix("Snapshot") {
        let (news, unknown) = calls.adopt(list, at: now)
        events += news
        for row in unknown { events += calls.adopt(list, of: row, at: now) }
      }
      for event in events {
        expectPlain(event.caller.name)
        expectPlain(event.caller.text)
        let name = event.callID ?? ""
        precondition(!ended.contains(name), "news of a call that has ended")
        if case .end = event.kind { ended.insert(name) }
      }
    }
    _ = calls.giveUp(at: now)
  }
}
