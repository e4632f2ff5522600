import Canvas
import Telephony

/// The built-in record.
extension Painter {
  mutating func paintCard(_ card: OpenRecord, in room: Rect) {
    let party = card.subject.party
    let width = inside(room).width
    let lines =
      card.record.map { recordLines($0, card.subject, width: width) }
      ?? [Line(phrases.loading, .dim)]
    // Who it is goes before what it is.
    let isNarrow = room.width < 40
    let inner = openPanel(
      room, lines: lines.count,
      title: isNarrow ? "\(party.name) · \(party.code)" : "\(party.code) · \(party.name)",
      right: isNarrow ? "" : phrases.kind(party.kind))
    paint(scrolled(lines, to: card.scroll, height: inner.height), in: inner)
    markHidden(card.scroll, beside: inner)
  }

  private func recordLines(
    _ record: ThirdPartyRecord, _ subject: RecordSubject, width: Int
  ) -> [Line] {
    let party = record.summary
    let town = [party.zip, party.city, record.country].filter { !$0.isEmpty }
    let place = [record.address, town.joined(separator: " ")].filter { !$0.isEmpty }
    let text = width - titleWidth
    var lines = place.joined(separator: ", ").wrapped(to: width).map { Line($0) }
    let own = record.numbers.filter { $0.contact == nil && !$0.text.isEmpty }
    lines += flow(own.map { number($0, subject) }, width: width).map { Line($0) }
    if !record.email.isEmpty { lines.append(Line(record.email)) }
    let contacts = record.numbers.filter { $0.contact != nil }.flatMap { listed in
      let name = [Span(listed.contact ?? "")]
      return flow(
        listed.text.isEmpty ? [name] : [name, number(listed, subject)], width: text)
    }
    lines += titled(phrases.contacts, contacts)
    let notes = record.notes.flatMap { rows(of: $0, width: text) }
    let remarks = record.remarks.wrapped(to: text).map { [Span($0)] }
    lines += titled(phrases.notes, notes + remarks)
    lines += titled(phrases.latestCalls, record.calls.prefix(5).map { [Span(callText($0))] })
    return lines
  }

  private func number(_ number: ListedNumber, _ subject: RecordSubject) -> [Span] {
    let label = Span(phrases.use(number.use) + " ", .dim)
    let isCaller = number.number != nil && number.number?.key == subject.number?.key
    return [label, Span(number.text, isCaller ? .number : .plain)]
      + (isCaller ? [Span(" " + worded(phrases.thisCall), .good)] : [])
  }

  /// A note and its day.
  func rows(of note: Note, width: Int) -> [[Span]] {
    let day = " " + shortDay(note.at)
    var rows = "«\u{A0}\(note.text)\u{A0}»".wrapped(to: width - Frame.columns(of: day)).map {
      [Span($0)]
    }
    rows[rows.count - 1].append(Span(day, .dim))
    return rows
  }

  /// The day and the month; an earlier year, too.
  private func shortDay(_ at: WallTime) -> String {
    let (year, month, day) = at.date
    return year == model.wall.date.year
      ? phrases.shortDay(month, day) : phrases.day(year, month, day)
  }

  /// Pieces side by side, as many on a line as fit.
  private func flow(_ pieces: [[Span]], width: Int) -> [[Span]] {
    var lines: [[Span]] = []
    var used = 0
    for piece in pieces {
      let columns = piece.columns
      if lines.isEmpty || used + 3 + columns > width {
        lines.append(piece)
        used = columns
      } else {
        lines[lines.count - 1] += [Span("   ")] + piece
        used += 3 + columns
      }
    }
    return lines
  }

  /// Room for the titles at the left [columns].
  private var titleWidth: Int {
    [phrases.contacts, phrases.notes, phrases.latestCalls]
      .reduce(0) { max($0, Frame.columns(of: $1)) } + 2
  }

  /// Lines under a title that stands at the left of the first.
  private func titled(_ title: String, _ rows: [[Span]]) -> [Line] {
    titled(title, rows, width: titleWidth)
  }

  /// The same with so much room for the title [columns].
  func titled(_ title: String, _ rows: [[Span]], width: Int) -> [Line] {
    rows.enumerated().map { index, row in
      Line([Span((index == 0 ? title : "").filled(to: width), .title)] + row)
    }
  }

  func callText(_ entry: JournalEntry) -> String {
    // A call that goes on is told as it is now, not as it was when the record was read.
    let outcome = outcomeText(model.journal[entry.key] ?? entry)
    return "\(shortDay(entry.at)) \(phrases.clock(entry.at))  \(outcome)"
  }
}
