import Canvas
import Telephony

/// What lies over the journal while it has the keyboard.
extension Painter {
  mutating func paintDialog(in panel: Rect) {
    let room = inside(panel)
    switch model.dialog {
    case nil: return
    case .help(let scroll):
      window(phrases.helpTitle, helpLines(), scroll: scroll, in: panel)
    case .story(let story): paintStory(story, in: panel)
    case .confirmQuit: window("ScreenPop", [Line(phrases.confirmQuit, .warning)], in: panel)
    case .choose(let choice):
      window(phrases.chooseTitle(choice.subject.text), lines(choice), in: panel)
    case .dial(let choice):
      window(phrases.dialTitle(choice.title), lines(choice), in: panel)
    case .confirmDial(let request):
      let warning = phrases.dialWarning.wrapped(to: room.width).map { Line($0, .warning) }
      window(phrases.dialTitle(request.text), warning, in: panel)
    case .note(let form):
      let earlier = form.earlier.prefix(5).flatMap { rows(of: $0, width: room.width) }
      window(
        phrases.noteTitle(form.title), head: [field(form.field, width: room.width)],
        earlier.map { Line($0) }, in: panel)
    case .create(let form):
      window(phrases.createTitle(form.subject.text), lines(form, room), in: panel)
    case .search(let form):
      let title = form.subjectText.map { phrases.attachTitle($0) } ?? phrases.searchTitle
      let prompt = field(form.field, label: phrases.searchPrompt + " ", width: room.width)
      window(title, head: [prompt], lines(form), in: panel)
    case .journalText(let text):
      let prompt = field(text, label: phrases.journalPrompt + " ", width: room.width)
      window(phrases.journalTitle, head: [prompt], [], in: panel)
    case .exceptionFor(let subject):
      window(
        phrases.exceptionTitle(subject.text),
        [Line(phrases.exceptionForMe)]
          + (model.desk.mayEditMachineList ? [Line(phrases.exceptionForEverybody)] : []),
        in: panel)
    case .exceptions(let screen):
      let adding = screen.adding.map {
        field($0, label: phrases.addPrompt(screen.list) + " ", width: room.width)
      }
      window(
        phrases.exceptionsTitle, head: [adding].compactMap { $0 }, lines(screen), in: panel)
    case .options(let selected):
      window(phrases.optionsTitle, optionLines(selected, room), in: panel)
    }
  }

  /// A window as high as its lines need: a head that stays, and lines that follow their selection, or
  /// begin at `scroll`.
  mutating func window(
    _ title: String, head: [Line] = [], _ lines: [Line], scroll: Int? = nil, in panel: Rect
  ) {
    let inner = openPanel(panel, lines: head.count + lines.count, title: title)
    paint(head, in: inner)
    let list = Rect(
      x: inner.x, y: inner.y + head.count, width: inner.width,
      height: max(0, inner.height - head.count))
    let focus = lines.firstIndex { $0.isSelected || $0.cursor != nil } ?? 0
    let first = scroll ?? max(0, min(focus - list.height + 1, lines.count - list.height))
    paint(scrolled(lines, to: first, height: list.height), in: list)
    markHidden(first, beside: list)
  }

  /// The help screen is the key table, what matters where the operator is first.
  private func helpLines() -> [Line] {
    let near = model.placeContexts
    let order = near + KeyContext.allCases.filter { !near.contains($0) }
    let names = { (row: Binding) in row.keys.map { phrases.key($0) }.joined(separator: " ") }
    let width = 1 + (Keymap.bindings.map { Frame.columns(of: names($0)) }.max() ?? 0)
    return order.flatMap { context -> [Line] in
      let rows = Keymap.bindings.filter {
        $0.context == context && ($0.action != .playSample || model.desk.isDemo)
      }
      return [Line(phrases.context(context), .title)]
        + rows.map { row in
          Line([Span("  " + names(row).filled(to: width), .key), Span(phrases.action(row.action))])
        } + [.empty]
    }
  }

  /// A text field with a label before it; a long text is shown around the cursor.
  private func field(_ field: TextField, label: String = "", width: Int) -> Line {
    let start = Frame.columns(of: label)
    let room = max(1, width - start - 1)
    var first = 0
    func columns(_ range: Range<Int>) -> Int {
      range.reduce(0) { $0 + Frame.columns(of: String(field.text[$1])) }
    }
    while columns(first..<field.cursor) > room { first += 1 }
    let shown = String(field.text[first...])
    var line = Line([Span(label), Span(shown.filled(to: room), .input)])
    line.cursor = start + columns(first..<field.cursor)
    return line
  }

  private func lines(_ choice: MatchChoice) -> [Line] {
    choice.matches.enumerated().map { index, match in
      party(
        match.party, contact: match.contact, isSelected: index == choice.selected,
        tag: match.strength == .exact
          ? phrases.kind(match.party.kind) : phrases.strength(match))
    }
  }

  private func lines(_ choice: DialChoice) -> [Line] {
    choice.numbers.enumerated().map { index, listed in
      let isSelected = index == choice.selected
      return Line(
        [
          mark(isSelected), Span(phrases.use(listed.use).filled(to: 10), .dim),
          Span(listed.text, .number),
        ], right: Span(listed.contact ?? "", .dim), isSelected: isSelected)
    }
  }

  private func party(
    _ party: ThirdPartySummary, contact: String? = nil, isSelected: Bool, tag: String? = nil
  ) -> Line {
    let name = contact.map { "\(party.name), \($0)" } ?? party.name
    return Line(
      [
        mark(isSelected), Span(name.filled(to: 30)), Span("  "),
        Span(party.city.filled(to: 16), .dim), Span(" " + party.code, .dim),
      ], right: Span(tag ?? phrases.kind(party.kind), .dim), isSelected: isSelected)
  }

  private func lines(_ form: CreateForm, _ room: Rect) -> [Line] {
    let labels = CreateForm.Item.allCases.map { phrases.createItem($0) }
    let width = (labels.map { Frame.columns(of: $0) }.max() ?? 0) + 2
    return zip(CreateForm.Item.allCases, labels).map { item, label in
      let label = label.filled(to: width)
      let text: TextField
      switch item {
      case .name: text = form.name
      case .contact: text = form.contact
      case .city: text = form.city
      case .kind:
        let line = Line([Span(label), Span(between(phrases.kind(form.kind)), .input)])
        return form.item == .kind ? line.withCursor(at: width) : line
      }
      var line = field(text, label: label, width: room.width)
      if item != form.item { line.cursor = nil }
      return line
    }
  }

  private func lines(_ form: SearchForm) -> [Line] {
    // Not while the store is still looking.
    let isFruitless =
      form.results.isEmpty && !form.field.value.isEmpty && form.answered == form.ticket
    return form.results.enumerated().map { party($1, isSelected: $0 == form.selected) }
      + (isFruitless ? [Line(phrases.nothingFound, .dim)] : [])
  }

  private func lines(_ screen: ExceptionsScreen) -> [Line] {
    let entries = model.policy.exceptions.enumerated().map { index, entry in
      let who = entry.collaborator.map { " (\($0))" } ?? ""
      return Line(
        [Span(entry.pattern.filled(to: 20)), Span(" " + entry.comment, .dim)],
        right: Span(phrases.list(entry.list) + who, .dim),
        isSelected: index == screen.selected && screen.adding == nil)
    }
    let isEmpty = entries.isEmpty && screen.adding == nil
    return entries + (isEmpty ? [Line(phrases.noExceptions, .dim)] : [])
  }

  private func optionLines(_ selected: Int, _ room: Rect) -> [Line] {
    model.options.enumerated().map { index, row in
      let value = Span(
        between(phrases.optionValue(row.value)), row.isFixed ? .dim : .strong)
      if room.width < 56 {
        return Line([Span(phrases.option(row.key))], right: value, isSelected: index == selected)
      }
      let origin = row.isFixed ? phrases.fixed : phrases.origin(row.origin)
      return Line(
        [
          Span(phrases.option(row.key).filled(to: 36)), value,
        ], right: Span(origin, .dim), isSelected: index == selected)
    }
  }
}

extension Line {
  fileprivate func withCursor(at column: Int) -> Line {
    var line = self
    line.cursor = column
    return line
  }
}
