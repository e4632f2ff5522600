package import CallWire
import CommandOutput
package import OperatorScreen
import Telephony
import TextForms

/// What a window that ends does with calls that neither the journal nor the inbox could take: the spool keeps them
/// for the next window, and what it cannot keep either is said.
package struct LastChance {
  package let spool: Spool
  package let station: String?

  /// Says on standard error what became of the lines that the journal has not; false when a call is lost.
  ///
  /// - Parameter unkept: The names of the events that the inbox has not; the others wait there.
  package func keep(_ lines: [UnsavedLine], besides unkept: Set<String>) -> Bool {
    // What the window did not acknowledge is in the spool already: who told of it put it there, or it was never taken out.
    let unkept = unkept.isEmpty ? unkept : unkept.subtracting(spooled())
    let homeless = lines.filter { !$0.events.isDisjoint(with: unkept) }
    let lost = homeless.filter { !write($0.entry) }
    let waiting = lines.count { !$0.events.isEmpty } - lost.count
    if waiting > 0 {
      StandardError.say(
        "The journal could not be written; the next window writes \(waiting.counted("call")).")
    }
    for line in lost {
      let caller = line.entry.text.isEmpty ? "a withheld number" : line.entry.text
      StandardError.say("Lost: the call of \(caller) at \(line.entry.at.iso8601).")
    }
    return lost.isEmpty
  }

  /// The names of the events that the spool has.
  private func spooled() -> [String] {
    spool.listAll().entries.map { entry in
      (try? CallMessage(line: entry.line))?.keptName ?? entry.name
    }
  }

  /// Writes the call as the launcher would have told it, under the names that its line has.
  private func write(_ entry: JournalEntry) -> Bool {
    let id = entry.key
    let tel = entry.isWithheld ? "anonymous" : entry.number ?? entry.text
    let direction = entry.reason == .outgoing ? "out" : nil
    let (called, line) = (entry.own?.called, entry.own?.line)
    var messages = [
      CallMessage(
        event: "ring", tel: tel, mid: id, id: id, called: called, line: line, direction: direction)
    ]
    let last: (event: String, reason: EndReason?)? =
      switch entry.outcome {
      case .ringing, .inhibited: nil
      case .answered: ("answer", nil)
      case .missed: ("end", .missed)
      case .rejected: ("end", .rejected)
      case .answeredElsewhere: ("end", .elsewhere)
      }
    if let last {
      messages.append(
        CallMessage(
          event: last.event, tel: tel, mid: id + "+", id: id, direction: direction,
          reason: last.reason?.rawValue))
    }
    do throws(CallWireError) {
      for message in messages {
        try spool.write(try message.encoded(), station: station, at: entry.at.milliseconds)
      }
      return true
    } catch {
      return false
    }
  }
}
