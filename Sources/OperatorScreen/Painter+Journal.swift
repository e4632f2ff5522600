import Canvas
import Telephony

/// The journal.
extension Painter {
  /// The widest line of the journal, and the width below which none goes for the sake of a shorter one
  /// beside the corner [columns].
  private static let journalWidth = 100
  private static let leastJournalWidth = 72

  mutating func paintJournal(_ layout: Layout) {
    paintJournal(
      rows: (layout.body.y..<layout.body.bottom).map { layout.free($0) }
        .filter { $0.width >= min(30, model.size.width) })
  }

  mutating func paintJournal(rows: [Rect]) {
    var rows = rows
    let narrowest = rows.map(\.width).min() ?? 0
    if model.view.isFiltered, !rows.isEmpty {
      paint(Line(" " + phrases.filter(model.view), .warning), in: rows.removeFirst())
    }
    var lines = journalLines(around: rows.count, column: narrowest < 60 ? 14 : 18)
    // Where there is one line only, a call has it.
    if rows.count == 1 { lines.removeAll { $0.target == nil } }
    // Outcomes stand under each other, and not so far away that the eye loses the line, unless a name needs the room.
    let longest = lines.map(\.wanted).max() ?? 0
    let width = min(max(narrowest, Self.leastJournalWidth, longest), Self.journalWidth)
    for index in rows.indices { rows[index].width = min(rows[index].width, width) }
    guard !lines.isEmpty else {
      if let first = rows.dropFirst().first ?? rows.first {
        paint(Line(" " + (model.view.isFiltered ? noLines : phrases.noCalls), .dim), in: first)
      }
      return
    }
    let selected = lines.firstIndex { $0.isSelected } ?? 0
    let first = max(0, min(selected - rows.count / 2, lines.count - rows.count))
    for (line, row) in zip(lines.dropFirst(first), rows) { paint(line, in: row) }
    // A day whose heading is further up stands over its lines all the same.
    if rows.count >= 5, first > 0, lines[first].target != nil,
      let day = lines[..<first].last(where: { $0.target == nil && !$0.left.isEmpty })
    {
      frame.fill(rows[0])
      hits.removeAll { $0.area == rows[0] }
      paint(day, in: rows[0])
    }
  }

  /// What stands in the place of lines that pass the filter: none does only once the store has said so.
  var noLines: String { model.view.isAsking ? phrases.searching : phrases.noLines }

  /// The lines under their days, as far as the screen reaches on both sides of the selected one: there may be a
  /// hundred thousand.
  private func journalLines(around count: Int, column: Int) -> [Line] {
    let entries = model.lines
    var place = 0
    if case .journal(let key) = model.selection {
      place = entries.firstIndex { $0.key == key } ?? 0
    }
    let shown = entries[max(0, place - count)..<min(entries.count, place + count + 1)]
    var lines: [Line] = []
    var day: Int64?
    for entry in shown {
      if entry.at.localDay != day {
        day = entry.at.localDay
        if !lines.isEmpty { lines.append(.empty) }
        lines.append(Line(" " + dayText(entry.at), .strong))
      }
      lines.append(line(entry, column: column))
    }
    return lines
  }

  private func dayText(_ at: WallTime) -> String {
    switch model.wall.localDay - at.localDay {
    case 0: phrases.today
    case 1: phrases.yesterday
    default: phrases.day(at.date.year, at.date.month, at.date.day)
    }
  }

  func line(_ entry: JournalEntry, column: Int) -> Line {
    let isMissed = entry.outcome == .missed
    let number = numberText(entry)
    let unknown = entry.isWithheld || isUntold(entry) ? "" : phrases.unknown
    let name =
      entry.name.map { Span(doubted($0, entry)) }
      ?? Span(isSettled(entry) ? doubted(unknown, entry) : "", .dim)
    let isSelected = model.selection == .journal(entry.key)
    let isReached = model.missed.reached.contains(entry.key)
    let mark = isReached ? Span("✓", .dim) : Span(isMissed ? "!" : " ", .missed)
    // On a very small screen the number and the name go before the rest.
    let isTiny = model.size.width < 30
    var line = Line(
      isTiny
        ? [mark, Span(number + " "), name]
        : [
          mark, Span("\(phrases.clock(entry.at))  ", .dim), Span(number.filled(to: column) + "  "),
          name,
        ],
      right: isTiny ? nil : Span(outcomeText(entry), isMissed && !isReached ? .missed : .dim),
      target: .line(entry.key), isSelected: isSelected)
    // The number is not cut for the sake of what became of the call.
    if !isTiny { line.kept = 9 + min(Frame.columns(of: number), column) }
    line.middle = isTiny ? nil : model.policy.ownNumbers.name(of: entry.own).map { Span($0, .dim) }
    return line
  }

  /// A name, and whether it may be another's (R51): before it, since it may be cut.
  private func doubted(_ name: String, _ entry: JournalEntry) -> String {
    guard entry.isInDoubt, let doubt = entry.certainty, !name.isEmpty else { return name }
    return isPlain ? "\(phrases.certainty(doubt)): \(name)" : "? \(name)"
  }

  /// The number, or what stands in its place.
  func numberText(_ entry: JournalEntry) -> String {
    entry.isWithheld ? phrases.withheld : isUntold(entry) ? phrases.untold : entry.text
  }

  private func isUntold(_ entry: JournalEntry) -> Bool {
    entry.number == nil && entry.text.isEmpty && !entry.isWithheld
  }

  /// Whether the store has answered for the line's call; nobody is unknown before that.
  private func isSettled(_ entry: JournalEntry) -> Bool {
    guard let call = model.call(ofLine: entry.key) else { return true }
    switch model.pops[call.id]?.lookup {
    case .running, .failed: return false
    case .found, .some(.none), nil: return true
    }
  }

  /// What became of the call, or how far it is.
  func outcomeText(_ entry: JournalEntry) -> String {
    let call = model.call(ofLine: entry.key)
    let outcome: String
    switch (entry.outcome, entry.duration, call?.state) {
    case (.answered, let seconds?, _): outcome = phrases.duration(seconds)
    case (.answered, nil, .answered?): outcome = phrases.ongoing
    case (.ringing, _, .ringing?): outcome = phrases.rings
    default: outcome = phrases.outcome(entry.outcome)
    }
    guard let reason = entry.reason else { return outcome }
    let text = phrases.reason(brief(reason, of: entry))
    return entry.outcome == .inhibited ? text : "\(outcome) · \(text)"
  }

  /// The line tells the number already: only a pattern is worth its room.
  private func brief(_ reason: Reason, of entry: JournalEntry) -> Reason {
    reason == .exception(pattern: entry.number ?? "") ? .exception(pattern: "") : reason
  }
}

extension Line {
  /// How many columns its pieces need, but for the middle one.
  fileprivate var wanted: Int {
    left.columns + (right.map { Frame.columns(of: $0.text) + 2 } ?? 0)
  }
}

extension String {
  /// Blanks behind the text up to so many columns.
  func filled(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - Frame.columns(of: self)))
  }

  /// The text without them.
  var withoutBlanksAtEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
