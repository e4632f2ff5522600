import Canvas
import Telephony

/// The screen for who reads it by ear or by finger (R60): without frames, one thing below the other, nothing that
/// changes by itself, nothing by colour or place alone.
extension Painter {
  /// Whether nothing may be said by frames, signs or running times.
  var isPlain: Bool { model.desk.face != .framed }

  /// The header, the calls, then the dialog, the record or the journal, and the foot, each across the screen.
  mutating func paintPlain() {
    let screen = frame.bounds
    let content = corner(height: max(1, hasPanel ? screen.height / 3 : screen.height / 2))
    let calls = Rect(
      x: 0, y: min(1, screen.height), width: screen.width,
      height: min(content.lines.count + 1, max(0, screen.height - 2)))
    let rest = Rect(
      x: 0, y: calls.bottom, width: screen.width,
      height: max(0, screen.height - calls.bottom - 1))
    paintHeader(screen.row(0))
    paint([Line(content.title, .title)] + content.lines, in: calls)
    if cornerHasKeys { focus(on: calls.row(model.focusedCall == nil ? 0 : 1)) }
    paintPanel(in: rest) { painter in
      painter.paintJournal(rows: (rest.y..<rest.bottom).map { screen.row($0) })
    }
    if screen.height > 2 { paintFooter(screen.row(screen.height - 1)) }
    frame.cursor = frame.cursor ?? frame.focus
  }

  /// What is said line by line: who calls, what has the keyboard, what became of the latest calls, what is wrong,
  /// and which keys do something. Whoever shows it says only what has not been said.
  mutating func paintLines() {
    let screen = frame.bounds
    var y = 0
    for (index, id) in model.visibleCalls.enumerated() {
      guard let call = model.calls[id] else { continue }
      paint(spoken(call, place: index + 1), in: screen.row(y))
      y += 1
      guard cornerHasKeys, id == model.focusedCall, let pop = model.pops[id],
        pop.matches.count > 1
      else { continue }
      let matches = several(pop.matches, pop.choice, id)
      paint(matches, in: Rect(x: 0, y: y, width: screen.width, height: matches.count))
      y += matches.count
    }
    let more = model.corner.count - model.visibleCalls.count
    if more > 0 {
      paint(Line(phrases.moreCalls(more)), in: screen.row(y))
      y += 1
    }
    let ends = latestEnds
    let sentences = footSentences.flatMap { $0.wrapped(to: max(1, screen.width)) }
    let foot = ends.count + sentences.count + 1
    let rest = Rect(x: 0, y: y, width: screen.width, height: max(0, screen.height - y - foot))
    paintPanel(in: rest) { painter in painter.paint(painter.chosenLines, in: rest) }
    y = rest.bottom
    let told = ends.reversed().map { entry in
      // The selected one is said above.
      var line = line(entry, column: Self.numberColumn)
      line.isSelected = false
      return line
    }
    let lines = told + sentences.map { Line($0) }
    paint(lines, in: Rect(x: 0, y: y, width: screen.width, height: max(0, screen.height - y)))
    let last = screen.row(screen.height - 1)
    if cornerHasKeys, let call = model.focusedCall.flatMap({ model.calls[$0] }),
      let hint = model.pops[call.id].flatMap({ hint(call, $0) })
    {
      paint(Line(worded(phrases.hints(hint)).fittingHints(in: last.width)), in: last)
    } else {
      paintHints(in: last)
    }
  }

  /// What the journal shows, where not all of it, and the line of it that is selected.
  private var chosenLines: [Line] {
    var lines: [Line] = []
    if model.view.isFiltered {
      lines.append(Line(phrases.filter(model.view)))
      if model.lines.isEmpty { lines.append(Line(noLines)) }
    }
    if case .journal(let key) = model.selection, let entry = model.journal[key] {
      lines.append(line(entry, column: Self.numberColumn))
    }
    return lines
  }

  /// The calls that ended last, the latest first: others may have begun since.
  private var latestEnds: [JournalEntry] {
    let ends = model.journal.prefix(Self.searchedLines).filter {
      model.call(ofLine: $0.key)?.isLive != true
    }
    let latest = ends.enumerated().sorted {
      ($1.element.ended.milliseconds, $0.offset) < ($0.element.ended.milliseconds, $1.offset)
    }
    return latest.prefix(Self.spokenEnds).map(\.element)
  }

  /// How many of the latest calls are told of when they have ended, and among how many they are looked for.
  private static let (spokenEnds, searchedLines) = (5, 100)
  /// Room for their numbers [columns].
  private static let numberColumn = 18

  /// A call in one line: which key selects it, what it is, for whom, the number, who it is.
  private func spoken(_ call: Call, place: Int) -> Line {
    let own = model.policy.ownNumbers.name(of: call.own).map { " · \($0)" } ?? ""
    let contact = model.pops[call.id]?.chosen?.contact.map { $0.isEmpty ? "" : ", \($0)" } ?? ""
    var line = Line(
      [Span("\(place) \(title(of: call))\(own): \(numberText(call))  ")] + nameSpans(call)
        + [Span(contact)])
    line.isSelected = model.selection.isCall(call.id)
    return line
  }

  /// The sign of what is selected in a list; the plain form says it in front of the line.
  func mark(_ isSelected: Bool) -> Span {
    isPlain ? Span(isSelected ? "> " : "") : Span(isSelected ? "▸" : " ")
  }

  /// The text with words for its signs, where they are read out.
  func worded(_ text: String) -> String {
    guard isPlain else { return text }
    return text.reduce(into: "") {
      switch $1 {
      case "⏎": $0 += phrases.key(.key(.enter))
      case "◂": $0 += "="
      default: $0.append($1)
      }
    }
  }

  /// A value that the arrow keys change.
  func between(_ value: String) -> String { isPlain ? value : "◂ \(value) ▸" }
}

extension JournalEntry {
  /// When it ended, as far as that is known.
  fileprivate var ended: WallTime { at + 1_000 * Int64(clamping: (rang ?? 0) + (duration ?? 0)) }
}

extension Selection {
  fileprivate func isCall(_ id: Call.ID) -> Bool {
    if case .call(let selected, _) = self { selected == id } else { false }
  }
}
