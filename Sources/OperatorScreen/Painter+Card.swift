import Canvas
import Telephony

/// The built-in record.
extension Painter {
  mutating func paintCard(_ card: OpenRecord, in area: Rect) {
    let party = card.subject.party
    let width = area.inset(dx: 2).width
    let lines = card.record.map { recordLines($0, card.subject, width: width) }
    let all = lines ?? [Line(phrases.loading, .dim)]
    let area = Rect(
      x: area.x, y: area.y, width: area.width, height: min(area.height, all.count + 2))
    let inner = area.inset(dx: 2, dy: 1)
    clearRows(of: area)
    frame.box(area, title: "\(party.code) · \(party.name)", right: phrases.kind(party.kind))
    let first = min(card.scroll, max(0, all.count - inner.height))
    paint(Array(all.dropFirst(first)), in: inner)
  }

  private func recordLines(
    _ record: ThirdPartyRecord, _ subject: RecordSubject, width: Int
  ) -> [Line] {
    let party = record.summary
    let town = [party.zip, party.city, record.country].filter { !$0.isEmpty }
    let place = [record.address, town.joined(separator: " ")].filter { !$0.isEmpty }
    var lines = [Line(place.joined(separator: ", "))]
    let own = record.numbers.filter { $0.contact == nil }
    lines += flow(own.map { number($0, subject) }, width: width)
    if !record.email.isEmpty { lines.append(Line(record.email)) }
    lines += titled(
      phrases.contacts,
      record.numbers.filter { $0.contact != nil }.map {
        [Span(($0.contact ?? "") + "  ")] + number($0, subject)
      })
    let remarks = record.remarks.isEmpty ? [] : [[Span(record.remarks)]]
    lines += titled(
      phrases.notes,
      record.notes.map { note in
        let date = note.at.date
        return [Span("« \(note.text) » "), Span(phrases.shortDay(date.month, date.day), .dim)]
      } + remarks)
    lines += titled(phrases.latestCalls, record.calls.prefix(5).map { [Span(callText($0))] })
    return lines
  }

  private func number(_ number: ListedNumber, _ subject: RecordSubject) -> [Span] {
    let label = Span(phrases.use(number.use) + " ", .dim)
    let isCaller = number.number != nil && number.number?.key == subject.number?.key
    return [label, Span(number.text, isCaller ? .number : .plain)]
      + (isCaller ? [Span(" " + phrases.thisCall, .good)] : [])
  }

  /// Pieces side by side, as many on a line as fit.
  private func flow(_ pieces: [[Span]], width: Int) -> [Line] {
    var lines: [Line] = []
    var used = 0
    for piece in pieces {
      let columns = piece.reduce(0) { $0 + Frame.columns(of: $1.text) }
      if lines.isEmpty || used + 3 + columns > width {
        lines.append(Line(piece))
        used = columns
      } else {
        lines[lines.count - 1].left += [Span("   ")] + piece
        used += 3 + columns
      }
    }
    return lines
  }

  /// Lines under a title that stands at the left of the first.
  private func titled(_ title: String, _ rows: [[Span]]) -> [Line] {
    let width =
      [phrases.contacts, phrases.notes, phrases.latestCalls]
      .map { Frame.columns(of: $0) }.max() ?? 0
    return rows.enumerated().map { index, row in
      Line([Span((index == 0 ? title : "").filled(to: width + 2), .title)] + row)
    }
  }

  private func callText(_ entry: JournalEntry) -> String {
    let (date, time) = (entry.at.date, entry.at.time)
    let clock = "\(padded(time.hour, 2)):\(padded(time.minute, 2))"
    let outcome = entry.duration.map { phrases.duration($0) } ?? phrases.outcome(entry.outcome)
    return "\(phrases.shortDay(date.month, date.day)) \(clock)  \(outcome)"
  }
}
