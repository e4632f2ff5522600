import Canvas
import Telephony

/// The first and the last line of the screen.
extension Painter {
  /// The station, the sources, how many missed calls are open and how long calls are kept quiet; where there is less
  /// room, in fewer words, then without the names of sources that work, then without the station. The missed ones give way
  /// before the names do where the corner counts them, too.
  mutating func paintHeader(_ area: Rect, isBesideCount: Bool = false) {
    let station =
      model.desk.station.isEmpty
      ? phrases.noStation : phrases.station(model.desk.station)
    let number = model.desk.station.isEmpty ? phrases.noStation : model.desk.station
    // What is down goes before what is up, and both before the rest.
    let (down, up) = (model.sources.filter { $0.isDown }, model.sources.filter { !$0.isDown })
    let brief = (down + up).flatMap { source($0, isBrief: true) }
    let marks = down.flatMap { source($0, isBrief: true) } + up.map { mark($0, gap: " ") }
    // That nothing comes up by the operator's own wish goes before all that works.
    let end = model.quietEnd.map { phrases.clock($0) }
    let count = model.openCount
    let missed = count == 0 ? [] : [Span("  " + phrases.openMissed(count), .missed)]
    let quiet = end.map { [Span("  " + phrases.quietUntil($0), .warning)] } ?? []
    let still = end.map { [Span("  " + phrases.quietBriefly($0), .warning)] } ?? []
    let title = [Span(" ScreenPop", .title), Span("   \(station) ")]
    let full = model.sources.flatMap { source($0, isBrief: false) }
    let (named, marked) = (title + full + missed, marks + missed + still)
    let own = [Span("  \(number)", .dim)]
    let counted = isBesideCount ? [title + full + quiet, title + full + still] : []
    let forms =
      [named + quiet, named + still] + counted
      + [brief + missed + still + own, marked + own, marked, marks + still]
    let fitting = forms.first { $0.columns <= area.width }
    paint(Line(fitting ?? (still.isEmpty ? marks : still)), in: area)
  }

  /// The mark alone of a source that is not down.
  private func mark(_ source: SourceState, gap: String) -> Span {
    source.health == .up ? Span(gap + "● ", .good) : Span(gap + "– ", .dim)
  }

  private func source(_ source: SourceState, isBrief: Bool) -> [Span] {
    let name = phrases.source(source.id)
    if isPlain { return [Span(" \(name): \(phrases.state(source.health)).")] }
    let gap = isBrief ? " " : "  "
    switch source.health {
    case .up: return [mark(source, gap: gap), Span(name)]
    case .off: return [mark(source, gap: gap), Span(name, .dim)]
    case .down(_, _, let nextTry):
      let mark = [Span(gap + "○ ", .warning), Span(name, .warning)]
      guard let nextTry, !isPlain else { return mark }
      let seconds = max(0, (nextTry - model.now + 999) / 1000)
      return mark + [Span(isBrief ? " \(seconds) s" : " (\(phrases.nextTry(seconds)))", .dim)]
    }
  }

  /// A sentence that was said, else why a source is down, else the keys that matter here.
  mutating func paintFooter(_ area: Rect) {
    if let notice = model.notice {
      return paintSentence(notice.text, notice.isAlert ? .alert : .strong, in: area)
    }
    if model.dialog == nil {
      if model.onlyWatches {
        return paintSentence(phrases.onlyWatches, .warning, lines: 2, in: area)
      }
      for source in model.sources {
        guard case .down(let reason, _, _) = source.health else { continue }
        let sentence = phrases.sourceDown(phrases.source(source.id), reason)
        // It stays for as long as the outage: it takes no line from a call.
        let lines = model.focusedCall == nil ? 2 : 1
        return paintSentence(sentence, .warning, lines: lines, in: area)
      }
    }
    paintHints(in: area)
  }

  /// The keys that matter here.
  mutating func paintHints(in area: Rect) {
    let dials = model.desk.canDial && [.line, .card, .elsewhereCard].contains(hint)
    let keys = dials ? phrases.dialHint + "  " + phrases.hints(hint) : phrases.hints(hint)
    paint(Line(" " + worded(keys).fittingHints(in: area.width - 1), .dim), in: area)
  }

  /// The sentences that the foot of the screen says, whole.
  var footSentences: [String] {
    [model.notice?.text, model.onlyWatches ? phrases.onlyWatches : nil].compactMap(\.self)
      + model.sources.compactMap {
        guard case .down(let reason, _, _) = $0.health else { return nil }
        return phrases.sourceDown(phrases.source($0.id), reason)
      }
  }

  /// A long sentence takes further lines above the last: what to do stands at its end.
  private mutating func paintSentence(
    _ sentence: String, _ role: Role, lines count: Int = 3, in area: Rect
  ) {
    guard !area.isEmpty else { return }
    let lines = sentence.wrapped(to: max(1, area.width - 2))
    let shown = count == 1 ? [sentence] : lines.suffix(count)
    for (index, text) in shown.reversed().enumerated() where area.y - index >= 0 {
      let row = Rect(x: area.x, y: area.y - index, width: area.width, height: 1)
      frame.fill(row)
      paint(Line(" " + text, role), in: row)
    }
  }

  /// Whether the selected line has neither a number nor a name for one, so that nothing can be done with it.
  private var isNobody: Bool {
    model.subject.map { $0.number == nil && $0.account == nil } ?? false
  }

  private var hint: Hint {
    switch model.dialog {
    case .help: .help
    case .story: isNobody ? .help : .story
    case .confirmQuit: .quitQuestion
    case .exceptionFor: .question
    case .choose, .dial: .choose
    case .confirmDial: .dialQuestion
    case .note: .note
    case .create: .form
    case .search(let form): form.takesRange ? .attach : .search
    case .journalText: .journalText
    case .exceptions(let screen): screen.adding == nil ? .exceptions : .adding
    case .options: .options
    case nil:
      if model.cardHasKeys {
        model.opensCard(model.card?.subject.own) ? .card : .elsewhereCard
      } else if case .journal = model.selection {
        isNobody ? .numberlessLine : .line
      } else if model.card != nil {
        .besideCard
      } else {
        model.desk.isDemo ? .demo : .idle
      }
    }
  }
}

extension SourceState {
  /// Whether the source cannot hear of calls although it should.
  fileprivate var isDown: Bool {
    if case .down = health { true } else { false }
  }
}
