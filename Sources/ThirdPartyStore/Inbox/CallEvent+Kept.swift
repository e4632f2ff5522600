import Telephony
import TextForms

/// How the inbox writes an event: the document that a `JSONEncoder` writes of it, in a twentieth of the time, which
/// the program that waits for its acknowledgement would wait.
extension CallEvent {
  /// A JSON object on one line, which a `JSONDecoder` reads.
  var kept: String {
    var event = JSONLine()
    event.add("source") { $0.add("name", source.name) }
    event.add("kind") { kind.write(to: &$0) }
    event.add("at") { $0.add("milliseconds", at.milliseconds) }
    event.addTold("callID", callID)
    event.addTold("station", station)
    event.addTold("direction", direction?.rawValue)
    event.add("caller") { caller.write(to: &$0) }
    event.addTold("called", called)
    event.addTold("line", line)
    if let own {
      event.add("own") {
        $0.add("called", own.called)
        $0.add("line", own.line)
      }
    }
    event.add("popup", popup)
    event.add("corrects", corrects)
    event.addTold("keptAs", keptAs)
    return event.text
  }
}

extension CallEvent.Kind {
  fileprivate func write(to event: inout JSONLine) {
    switch self {
    case .ring: event.add("ring") { _ in }
    case .answer: event.add("answer") { _ in }
    case .end(let reason): event.add("end") { $0.add("_0", reason.rawValue) }
    case .request: event.add("request") { _ in }
    case .other(let word): event.add("other") { $0.add("word", word) }
    case .vanish: event.add("vanish") { _ in }
    }
  }
}

extension Caller {
  fileprivate func write(to caller: inout JSONLine) {
    caller.add("identity") { identity in
      switch self.identity {
      case .number(let number):
        identity.add("number") {
          $0.add("_0") {
            $0.add("kind", number.kind.rawValue)
            $0.add("key", number.key)
          }
        }
      case .withheld: identity.add("withheld") { _ in }
      case .unreplaced(let keyword):
        identity.add("unreplaced") { $0.add("keyword", keyword) }
      case .text(let text): identity.add("text") { $0.add("_0", text) }
      case .untold: identity.add("untold") { _ in }
      }
    }
    caller.add("text", text)
    caller.addTold("name", name)
    caller.add("receivedDigits", receivedDigits)
    caller.addTold("assumedPrefix", assumedPrefix)
  }
}

extension JSONLine {
  /// Adds a text that was told; nothing for nil.
  fileprivate mutating func addTold(_ name: String, _ text: String?) {
    if let text { add(name, text) }
  }
}
