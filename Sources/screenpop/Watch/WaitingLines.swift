import OperatorScreen
import Telephony

/// Lines of the journal on their way to the store: of several states of one line, the latest.
struct WaitingLines {
  private var lines: [UnsavedLine] = []
  private var places: [String: Int] = [:]

  /// Whether none waits.
  var isEmpty: Bool { lines.isEmpty }

  /// Adds a line, in place of the one with the same key.
  mutating func add(_ entry: JournalEntry, _ events: Set<String>) {
    if let place = places[entry.key] {
      lines[place] = UnsavedLine(entry: entry, events: lines[place].events.union(events))
    } else {
      places[entry.key] = lines.count
      lines.append(UnsavedLine(entry: entry, events: events))
    }
  }

  /// Takes all lines out, in the order of their first news.
  mutating func takeAll() -> [UnsavedLine] {
    defer { self = WaitingLines() }
    return lines
  }
}
