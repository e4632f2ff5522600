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
    paint(scrolled(all, to: card.scroll, height: inner.height), in: inner)
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
    let notes = record.notes.flatMap { note -> [[Span]] in
      let (_, month, day) = note.at.date
      let date = Span(" " + phrases.shortDay(month, day), .dim)
      var rows = "« \(note.text) »".wrapped(to: text - 6).map { [Span($0)] }
      rows[rows.count - 1].append(date)
      return rows
    }
    let remarks = record.remarks.wrapped(to: text).map { [Span($0)] }
    lines += titled(phrases.notes, notes + remarks)
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
  private func flow(_ pieces: [[Span]], width: Int) -> [[Span]] {
    var lines: [[Span]] = []
    var used = 0
    for piece in pieces {
      let columns = piece.reduce(0) { $0 + Frame.columns(of: $1.text) }
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
    rows.enumerated().map { index, row in
      Line([Span((index == 0 ? title : "").filled(to: titleWidth), .title)] + row)
    }
  }

  private func callText(_ entry: JournalEntry) -> String {
    let (date, time) = (entry.at.date, entry.at.time)
    let clock = "\(padded(time.hour, 2)):\(padded(time.minute, 2))"
    let outcome = entry.duration.map { phrases.duration($0) } ?? phrases.outcome(entry.outcome)
    return "\(phrases.shortDay(date.month, date.day)) \(clock)  \(outcome)"
  }
}
