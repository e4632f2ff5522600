import Canvas
import Telephony

/// What the operator's hands do.
extension Model {
  mutating func handle(_ input: Input) -> [Effect] {
    switch input {
    case .resize(let size):
      self.size = size
      return []
    case .hangup: return [.quit]
    case .click(let point): return click(point)
    case .wheel(let direction, let point): return turnWheel(direction == .up ? -1 : 1, at: point)
    case .paste(let text): return edit { $0.insert(text) }
    case .character(let character): return press(.character(character))
    case .key(let key): return press(.key(key))
    }
  }

  private mutating func press(_ press: KeyPress) -> [Effect] {
    if isTyping { return type(press) }
    guard let action = Keymap.action(for: press, in: contexts) else { return [] }
    return perform(action)
  }

  /// Where the operator is, nearest first.
  var contexts: [KeyContext] {
    switch dialog {
    case .help: return [.help]
    case .story: return [.story, .line]
    case .exceptions: return [.exceptionsScreen]
    case .options: return [.optionsScreen]
    case .exceptionFor: return [.exceptionQuestion]
    case .choose: return [.choice]
    case .dial: return [.numberChoice]
    case .confirmDial: return [.dialQuestion]
    case .confirmQuit: return [.quitQuestion]
    case .note, .create, .search, .journalText: return []
    case nil: return placeContexts
    }
  }

  /// The same without regard to what lies over it.
  var placeContexts: [KeyContext] {
    let selected: [KeyContext] =
      switch selection {
      case .call: [.call]
      case .journal: [.line]
      case .nothing: []
      }
    return (cardHasKeys ? [.card] + selected : selected + (card == nil ? [] : [.card])) + [.window]
  }

  /// Whether the record's own keys go before those of the selection: unless it opened by itself beside
  /// something that the operator had selected, or the operator has turned to something else since.
  var cardHasKeys: Bool {
    guard let card else { return false }
    switch selection {
    case .nothing: return true
    case .call(let id, _): return !card.yields || card.place == .call(id)
    case .journal(let key): return !card.yields || card.place == .line(key: key)
    }
  }

  mutating func perform(_ action: Action) -> [Effect] {
    leaveStory(for: action)
    switch action {
    case .openRecord: return openSelected()
    case .viewCard: return viewCard()
    case .openElsewhere: return openCardElsewhere()
    case .create, .attach, .exception: return startForm(action)
    case .note: return startNote()
    case .answer, .hangUp: return control(action)
    case .dial: return dial()
    case .dialNow: return dialNow()
    case .showStory: return showStory()
    case .markDone: return markDone()
    case .copyNumber: return copyNumber()
    case .hide: hideSelected()
    case .closeCard: card = nil
    case .leaveLine: if !clearFilter() { leaveJournal() }
    case .showMissed: return toggle(\.onlyMissed)
    case .showUnknown: return toggle(\.onlyUnknown)
    case .showToday: return toggle(\.onlyToday)
    case .showAll: _ = clearFilter()
    case .searchJournal: dialog = .journalText(TextField(view.text))
    case .next: selectNext(by: 1)
    case .previous: selectNext(by: -1)
    case .pick(let place): pick(place)
    case .up: return move(by: -1)
    case .down: return move(by: 1)
    case .pageUp: return move(by: -10)
    case .pageDown: return move(by: 10)
    case .showHelp: dialog = .help(scroll: 0)
    case .search: dialog = .search(SearchForm())
    case .showOptions: dialog = .options(selected: 0)
    case .showExceptions: dialog = .exceptions(ExceptionsScreen())
    case .closeDialog: dialog = nil
    case .doNotDisturb: stepQuiet()
    case .playSample: return desk.isDemo ? [.playSample] : []
    case .quit: return quit()
    case .addEntry, .removeEntry: return editExceptions(action)
    case .choose: return chooseSelected()
    case .quitNow: return [.quit]
    case .forMe: return addException(to: .own)
    case .forEverybody: return addException(to: .machine)
    case .valueForward: return changeOption(by: 1)
    case .valueBackward: return changeOption(by: -1)
    case .valueReset: return resetOption()
    }
    return []
  }

  /// Asks first only while a call is ringing.
  private mutating func quit() -> [Effect] {
    let rings = calls.live.contains {
      $0.state == .ringing && !$0.isOutgoing && pops[$0.id]?.inhibition == nil
    }
    guard rings else { return [.quit] }
    dialog = .confirmQuit
    return []
  }

  // MARK: - The selected call or line

  /// Has the telephone of the selected call, or of the line of one that goes on, take it or end it.
  private mutating func control(_ action: Action) -> [Effect] {
    let selected: Call? =
      switch selection {
      case .call(let id, _): calls[id]
      case .journal(let key): call(ofLine: key)
      case .nothing: nil
      }
    guard let call = selected, call.isLive,
      let (source, callID) = control(of: call, desk.enders(of: call))
    else { return refuse(phrases.noControl) }
    if action == .hangUp { return [.telephone(.hangUp(source, callID: callID))] }
    guard call.state == .ringing, !call.isOutgoing else { return [] }
    guard let (source, callID) = control(of: call, desk.answering) else {
      return refuse(phrases.noAnswering)
    }
    return [.telephone(.answer(source, callID: callID))]
  }

  /// The one of these sources that knows the call, with its name for it.
  func control(of call: Call, _ sources: Set<SourceID>) -> (SourceID, callID: String)? {
    let own = call.callIDs.filter { sources.contains($0.key) }
    return own.min { $0.key.name < $1.key.name }.map { ($0.key, $0.value) }
  }

  /// Whether Enter, `o`, Escape and a click may act on the call: not while typing may be on its way to
  /// something that was there a moment ago (R6).
  func isReady(_ id: Call.ID) -> Bool {
    if case .call(id, let since) = selection { now - since >= Self.guardTime } else { false }
  }

  /// The built-in card in any case; its key works at once.
  private mutating func viewCard() -> [Effect] {
    if case .call(let id, _) = selection { openRecord(of: id, inCard: true) } else { [] }
  }

  private mutating func openSelected() -> [Effect] {
    switch selection {
    case .nothing: return []
    case .call(let id, _): return isReady(id) ? openRecord(of: id) : []
    case .journal(let key):
      guard let entry = line(ofKey: key) else { return [] }
      guard let number = subject(of: entry).number else { return refuse(phrases.noNumber) }
      return [.ask(.lookUpLine(key: key, number))]
    }
  }

  private mutating func openCardElsewhere() -> [Effect] {
    guard let card else { return [] }
    guard !opensCard(card.subject.own) else { return refuse(phrases.noElsewhere) }
    say(phrases.opened(card.subject.party.name))
    return [.open(.record(card.subject))]
  }

  /// A record that opened by itself beside the call goes first, once it can have been seen: it lies
  /// before the operator's eyes.
  private mutating func hideSelected() {
    guard case .call(let id, _) = selection else { return }
    if let card, !cardHasKeys, now - card.since >= Self.guardTime {
      self.card = nil
      return
    }
    // What has come up a moment ago is not what the key was meant for (R6).
    guard isReady(id) else { return }
    pops[id]?.isHidden = true
    waiting.removeAll { $0 == id }
    remove(id)
  }

  /// The calls of the corner one after the other, then the journal.
  private mutating func selectNext(by step: Int) {
    let places: [Selection] =
      visibleCalls.filter { pops[$0]?.farewell == nil }.map { .call($0, since: now) }
      + (lines.first.map { [.journal($0.key)] } ?? [])
    guard !places.isEmpty else { return }
    let current = places.firstIndex {
      switch ($0, selection) {
      case (.call(let a, _), .call(let b, _)): a == b
      case (.journal, .journal): true
      default: false
      }
    }
    let next = current.map { ($0 + step + places.count) % places.count } ?? 0
    if next != current { turn(to: places[next]) }
  }

  private mutating func pick(_ place: Int) {
    guard visibleCalls.indices.contains(place - 1) else { return }
    select(visibleCalls[place - 1])
  }

  /// Selects a call by the operator's hand.
  mutating func select(_ id: Call.ID) {
    if case .call(id, _) = selection { return }
    guard pops[id]?.farewell == nil else { return }
    turn(to: .call(id, since: now))
  }

  /// Selects by the operator's hand: the record of another call has the keys no longer, or a note would go to whom the
  /// operator has turned away from.
  private mutating func turn(to place: Selection) {
    selection = place
    card?.yields = true
  }

  @discardableResult
  mutating func move(by steps: Int) -> [Effect] {
    switch dialog {
    case .search(var form):
      form.selected = Self.place(form.selected + steps, of: form.results.count)
      dialog = .search(form)
    case .help(let scroll): dialog = .help(scroll: scrolled(scroll, by: steps))
    case .story(var story):
      story.scroll = scrolled(story.scroll, by: steps)
      dialog = .story(story)
    case .choose(var choice):
      choice.selected = Self.place(choice.selected + steps, of: choice.matches.count)
      dialog = .choose(choice)
    case .dial(var choice):
      choice.selected = Self.place(choice.selected + steps, of: choice.numbers.count)
      dialog = .dial(choice)
    case .options(let selected):
      dialog = .options(selected: Self.place(selected + steps, of: options.count))
    case .exceptions(var screen):
      screen.selected = Self.place(screen.selected + steps, of: policy.exceptions.count)
      dialog = .exceptions(screen)
    case nil: return moveSelection(by: steps)
    default: break
    }
    return []
  }

  /// The nearest place that is one of so many; the first of none.
  private static func place(_ place: Int, of count: Int) -> Int { max(0, min(place, count - 1)) }

  /// Never beyond what the panel can show.
  private func scrolled(_ scroll: Int, by steps: Int) -> Int {
    var painter = Painter(self)
    painter.paint()
    return min(max(0, scroll + steps), painter.scrollLimit)
  }

  private mutating func moveSelection(by steps: Int) -> [Effect] {
    if cardHasKeys, let scroll = card?.scroll {
      let scroll = scrolled(scroll, by: steps)
      card?.scroll = scroll
      return []
    }
    switch selection {
    case .call(let id, _):
      let count = pops[id]?.matches.count ?? 0
      if count > 1, let choice = pops[id]?.choice {
        pops[id]?.choice = Self.place(choice + steps, of: count)
      }
    case .journal(let key):
      let lines = lines
      guard let index = lines.index(of: key) else { return [] }
      let next = Self.place(index + steps, of: lines.count)
      selection = .journal(lines[next].key)
      return readOlder(beyond: next)
    case .nothing:
      if let first = lines.first { selection = .journal(first.key) }
    }
    return []
  }

  // MARK: - The mouse

  /// Among the third parties of a call, only over them: who reads the journal chooses nobody.
  private mutating func turnWheel(_ steps: Int, at point: Point) -> [Effect] {
    if dialog == nil, !cardHasKeys, case .call(let id, _) = selection {
      guard target(at: point)?.call == id else { return [] }
    }
    return move(by: steps)
  }

  private func target(at point: Point) -> Target? {
    var painter = Painter(self)
    painter.paint()
    return painter.target(at: point)
  }

  private mutating func click(_ point: Point) -> [Effect] {
    guard dialog == nil else { return [] }
    switch target(at: point) {
    case .button(let id): return isReady(id) ? act(on: id) : selectOnly(id)
    case .attach(let id):
      guard isReady(id) else { return selectOnly(id) }
      return startForm(.attach)
    case .call(let id): select(id)
    case .match(let id, let index):
      select(id)
      pops[id]?.choice = index
    case .line(let key): turn(to: .journal(key))
    case nil: break
    }
    return []
  }

  private mutating func selectOnly(_ id: Call.ID) -> [Effect] {
    select(id)
    return []
  }

  /// The button of a call: the record, or for an unknown caller a new third party.
  private mutating func act(on id: Call.ID) -> [Effect] {
    pops[id]?.isUnknown == true ? startForm(.create) : openRecord(of: id)
  }
}
