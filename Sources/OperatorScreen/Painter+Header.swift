import Canvas
import Telephony

/// The first and the last line of the screen.
extension Painter {
  /// The station and the sources; in few words where the corner leaves little room.
  mutating func paintHeader(_ area: Rect) {
    let station =
      model.desk.station.isEmpty
      ? phrases.noStation : phrases.station(model.desk.station)
    let long =
      [Span(" ScreenPop", .title), Span("   \(station) ")]
      + model.sources.flatMap { source($0, isBrief: false) }
    let columns = long.reduce(0) { $0 + Frame.columns(of: $1.text) }
    guard columns > area.width else { return paint(Line(long), in: area) }
    // What is down goes before what is up, and both before the rest.
    let states = model.sources.filter { $0.isDown } + model.sources.filter { !$0.isDown }
    paint(
      Line(states.flatMap { source($0, isBrief: true) } + [Span("  \(station)", .dim)]), in: area)
  }

  private func source(_ source: SourceState, isBrief: Bool) -> [Span] {
    let name = phrases.source(source.id)
    let gap = isBrief ? " " : "  "
    switch source.health {
    case .up: return [Span(gap + "● ", .good), Span(name)]
    case .off: return [Span(gap + "– ", .dim), Span(name, .dim)]
    case .down(_, _, let nextTry):
      let mark = [Span(gap + "○ ", .warning), Span(name, .warning)]
      guard let nextTry else { return mark }
      let seconds = max(0, (nextTry - model.now + 999) / 1000)
      return mark + [Span(isBrief ? " \(seconds) s" : " (\(phrases.nextTry(seconds)))", .dim)]
    }
  }

  /// A sentence that was said, else why a source is down, else the keys that matter here.
  mutating func paintFooter(_ area: Rect) {
    if let notice = model.notice {
      return paint(notice, in: area)
    }
    if model.dialog == nil {
      for source in model.sources {
        guard case .down(let reason, _, _) = source.health else { continue }
        let sentence = phrases.sourceDown(phrases.source(source.id), reason)
        paint(Line(" " + sentence, .warning), in: area)
        return
      }
    }
    let dials = model.desk.canDial && [.line, .card, .elsewhereCard].contains(hint)
    let keys = dials ? phrases.dialHint + "  " + phrases.hints(hint) : phrases.hints(hint)
    paint(Line(" " + keys, .dim), in: area)
  }

  /// A long sentence takes further lines above the last: what to do stands at its end.
  private mutating func paint(_ notice: Notice, in area: Rect) {
    guard !area.isEmpty else { return }
    let lines = notice.text.wrapped(to: max(1, area.width - 2)).suffix(3)
    for (index, text) in lines.reversed().enumerated() where area.y - index >= 0 {
      let row = Rect(x: area.x, y: area.y - index, width: area.width, height: 1)
      frame.fill(row)
      paint(Line(" " + text, notice.isAlert ? .alert : .strong), in: row)
    }
  }

  private var hint: Hint {
    switch model.dialog {
    case .help: .help
    case .confirmQuit: .quitQuestion
    case .exceptionFor: .question
    case .choose, .dial: .choose
    case .confirmDial: .dialQuestion
    case .note: .note
    case .create: .form
    case .search: .search
    case .exceptions(let screen): screen.adding == nil ? .exceptions : .adding
    case .options: .options
    case nil:
      if model.cardHasKeys {
        model.desk.opensCard ? .card : .elsewhereCard
      } else if case .journal = model.selection {
        .line
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
