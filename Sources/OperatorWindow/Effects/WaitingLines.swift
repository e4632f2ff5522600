package import OperatorScreen
package import Telephony

/// Lines of the journal on their way to the store: of several states of one line, the latest.
package struct WaitingLines {
  private var lines: [UnsavedLine] = []
  private var places: [String: Int] = [:]

  /// Lines of which none waits.
  package init() {}

  /// Whether none waits.
  package var isEmpty: Bool { lines.isEmpty }

  /// Adds a line, in place of the one with the same key.
  package mutating func add(_ entry: JournalEntry, _ events: Set<String>) {
    if let place = places[entry.key] {
      lines[place] = UnsavedLine(entry: entry, events: lines[place].events.union(events))
    } else {
      places[entry.key] = lines.count
      lines.append(UnsavedLine(entry: entry, events: events))
    }
  }

  /// Takes all lines out, in the order of their first news.
  package mutating func drain() -> [UnsavedLine] {
    defer { self = WaitingLines() }
    return lines
  }
}
