import Canvas
import Telephony

/// Typing: notes, new third parties, attaching, exception numbers.
extension Model {
  /// Whether a text field has the keyboard.
  var isTyping: Bool {
    switch dialog {
    case .note, .create, .search, .journalText: true
    case .exceptions(let screen): screen.adding != nil
    default: false
    }
  }

  private var isSearching: Bool { if case .search = dialog { true } else { false } }

  /// What the operator acts on: the selected call or line.
  var subject: Subject? {
    switch selection {
    case .nothing: return nil
    case .call(let id, _):
      guard let call = calls[id] else { return nil }
      let text = call.caller.isWithheld ? "" : call.caller.text
      return Subject(place: .call(id), number: call.caller.number, text: text)
    case .journal(let key): return line(ofKey: key).map { subject(of: $0) }
    }
  }

  /// A line's number: as the call knew it while the call is remembered, else by its normal form.
  func subject(of entry: JournalEntry) -> Subject {
    let number =
      call(ofLine: entry.key)?.caller.number ?? entry.number.map { PhoneNumber(journalKey: $0) }
    return Subject(
      place: .line(key: entry.key), number: number, text: entry.isWithheld ? "" : entry.text)
  }

  /// Opens the form for creating, attaching or an exception; they need a number, the first two a text at least.
  mutating func startForm(_ action: Action) -> [Effect] {
    guard let subject else { return [] }
    guard subject.number != nil || (subject.account != nil && action != .exception) else {
      return refuse(phrases.noNumber)
    }
    switch action {
    case .create where desk.createsElsewhere:
      say(phrases.createdElsewhere)
      return [.open(.newParty(subject))]
    case .create: dialog = .create(createForm(for: subject))
    case .attach: dialog = .search(SearchForm(subject: subject))
    default: dialog = .exceptionFor(subject)
    }
    return []
  }

  /// With the name that the telephony told, where it is more than a number.
  private func createForm(for subject: Subject) -> CreateForm {
    var form = CreateForm(subject: subject)
    let call: Call? =
      switch subject.place {
      case .call(let id): calls[id]
      case .line(let key): call(ofLine: key)
      }
    if let name = call?.caller.name ?? subject.account, name.contains(where: \.isLetter) {
      form.name.insert(name)
    }
    return form
  }

  /// A note is on the open record, else on the party of the selected call or line, else on its number;
  /// what was noted there before stands beside it.
  mutating func startNote() -> [Effect] {
    guard let form = noteForm() else {
      if subject != nil { say(phrases.noNumber) }
      return []
    }
    dialog = .note(form)
    return [.keep(.readNotes(form.party, number: form.number))]
  }

  private func noteForm() -> NoteForm? {
    if cardHasKeys, let card {
      return NoteForm(
        title: card.subject.party.name, party: PartyReference(card.subject.party), number: nil)
    }
    guard let subject else { return nil }
    let party: (name: String, reference: PartyReference)? =
      switch subject.place {
      case .call(let id):
        (pops[id]?.party ?? pops[id]?.chosen?.party).map { ($0.name, PartyReference($0)) }
      case .line(let key):
        line(ofKey: key).flatMap { line in
          line.party.map { (line.name ?? $0.code, $0) }
        }
      }
    guard party != nil || subject.number != nil else { return nil }
    return NoteForm(
      title: party?.name ?? subject.text, party: party?.reference, number: subject.number)
  }

  /// The store has the note, or it can be sent again.
  mutating func noteSaved(
    _ party: PartyReference?, _ number: PhoneNumber?, _ failure: DirectoryError?
  ) -> [Effect] {
    if case .note(var form) = dialog, form.isSaving, form.party == party, form.number == number {
      form.isSaving = false
      dialog = failure == nil ? nil : .note(form)
    }
    if let failure {
      fail(.request, failure.sentence)
      return []
    }
    say(phrases.acknowledgement(.noteSaved))
    let notes: [Effect] = party == nil ? [.keep(.readNotes(nil, number: number))] : []
    return notes + readCardAgain()
  }

  /// What was noted before: for the form that asked, and for the calls of a number that nobody has.
  mutating func notesRead(_ notes: [Note], _ party: PartyReference?, _ number: PhoneNumber?) {
    if case .note(var form) = dialog, form.party == party, form.number == number {
      form.earlier = notes
      dialog = .note(form)
    }
    guard party == nil, let number else { return }
    for call in calls.live where call.caller.number == number { pops[call.id]?.notes = notes }
  }

  /// Puts a key into the field that has the keyboard.
  mutating func type(_ press: KeyPress) -> [Effect] {
    switch press {
    case .key(.escape): return cancelTyping()
    case .key(.enter): return submit()
    case .key(.tab), .key(.down): return step(by: 1)
    case .key(.backtab), .key(.up): return step(by: -1)
    case .key(.pageDown): return isSearching ? step(by: 10) : []
    case .key(.pageUp): return isSearching ? step(by: -10) : []
    case .key(.left), .key(.right):
      let steps = press == .key(.left) ? -1 : 1
      if case .create(var form) = dialog, form.item == .kind {
        form.kind = form.kind.stepped(by: steps)
        dialog = .create(form)
        return []
      }
      return edit { $0.move(by: steps) }
    case .key(.home), .key(.control("a")): return edit { $0.moveToStart() }
    case .key(.end), .key(.control("e")): return edit { $0.moveToEnd() }
    case .key(.backspace): return edit { $0.deleteBackwards() }
    case .key(.delete): return edit { $0.deleteForwards() }
    case .key(.control("u")): return edit { $0.clear() }
    case .character("*") where widensRange: return widenRange()
    case .character(let character): return edit { $0.insert(String(character)) }
    case .key: return []
    }
  }

  /// Changes the field that has the keyboard, if one has; a search follows what is typed.
  mutating func edit(_ change: (inout TextField) -> Void) -> [Effect] {
    switch dialog {
    case .note(var form):
      change(&form.field)
      dialog = .note(form)
    case .create(var form):
      form.edit(change)
      dialog = .create(form)
    case .search(var form):
      let before = form.field.value
      change(&form.field)
      defer { dialog = .search(form) }
      guard form.field.value != before else { return [] }
      form.ticket = claimTicket()
      form.selected = 0
      if form.field.value.isEmpty {
        form.results = []
        return []
      }
      return [.ask(.search(form.field.value, ticket: form.ticket))]
    case .journalText(var field):
      change(&field)
      dialog = .journalText(field)
    case .exceptions(var screen):
      guard var field = screen.adding else { return [] }
      change(&field)
      screen.adding = field
      dialog = .exceptions(screen)
    default: break
    }
    return []
  }

  private var widensRange: Bool {
    if case .search(let form) = dialog { form.takesRange } else { false }
  }

  /// One more digit is left open; after the widest range comes the number itself again.
  private mutating func widenRange() -> [Effect] {
    guard case .search(var form) = dialog else { return [] }
    form.openDigits += 1
    if form.beginning == nil { form.openDigits = 0 }
    dialog = .search(form)
    return []
  }

  mutating func searched(_ ticket: Int, _ result: Result<[ThirdPartySummary], DirectoryError>) {
    guard case .search(var form) = dialog, form.ticket == ticket else { return }
    switch result {
    case .success(let parties): (form.results, form.answered) = (parties, ticket)
    case .failure(let error): fail(.request, error.sentence)
    }
    dialog = .search(form)
  }

  private mutating func cancelTyping() -> [Effect] {
    if case .exceptions(var screen) = dialog {
      screen.adding = nil
      dialog = .exceptions(screen)
    } else {
      dialog = nil
    }
    return []
  }

  /// Tab and the arrows: the next field, the next result, the other list.
  private mutating func step(by steps: Int) -> [Effect] {
    switch dialog {
    case .create(var form):
      form.item = form.item.stepped(by: steps)
      dialog = .create(form)
    case .search: move(by: steps)
    case .exceptions(var screen):
      screen.list = screen.list == .own ? .machine : .own
      dialog = .exceptions(screen)
    default: break
    }
    return []
  }

  private mutating func submit() -> [Effect] {
    switch dialog {
    case .note(var form):
      guard !form.isSaving else { return [] }
      guard !form.field.value.isEmpty else {
        dialog = nil
        return []
      }
      form.isSaving = true
      dialog = .note(form)
      return [.keep(.saveNote(form.field.value, form.party, number: form.number))]
    case .create(var form):
      guard !form.isSaving else { return [] }
      guard !form.name.value.isEmpty else { return refuse(phrases.nameMissing, isAlert: true) }
      form.isSaving = true
      dialog = .create(form)
      return [.keep(.create(form.draft, form.subject))]
    case .search(let form):
      guard form.results.indices.contains(form.selected) else { return [] }
      let party = form.results[form.selected]
      if let subject = form.subject {
        let order: OwnDataOrder =
          form.beginning.map { .attachRange(PartyReference(party), beginning: $0, subject) }
          ?? .attach(PartyReference(party), subject)
        return [.keep(order)]
      }
      dialog = nil
      return open(Match(party: party, strength: .exact), nil, at: nil)
    case .exceptions(let screen): return submitException(screen)
    case .journalText(let field):
      view.text = field.value
      dialog = nil
      return showFiltered()
    default: return []
    }
  }
}

extension SearchForm {
  /// Whether a number with its country is to be attached, which may stand for a whole range.
  var takesRange: Bool { subject?.number?.kind == .complete }

  /// How all numbers of the range begin that is to be attached; nil: the number itself is.
  var beginning: String? {
    guard openDigits > 0, let key = subject?.number?.key,
      key.utf8.count - 1 - openDigits >= PhoneNumber.fewestRangeDigits
    else { return nil }
    return String(key.dropLast(openDigits))
  }

  /// What is to be attached, as an operator reads it: `03 88 20 21 22`, `03 88 20 21*`.
  var subjectText: String? {
    guard let subject, beginning != nil else { return subject?.text }
    var (text, open) = (subject.text, openDigits)
    while let last = text.last, open > 0 || !last.isNumber {
      if last.isNumber { open -= 1 }
      text.removeLast()
    }
    return text + "*"
  }
}

extension CreateForm {
  /// What is to be created.
  var draft: PartyDraft {
    PartyDraft(name: name.value, kind: kind, contact: contact.value, city: city.value)
  }

  mutating func edit(_ change: (inout TextField) -> Void) {
    switch item {
    case .name: change(&name)
    case .contact: change(&contact)
    case .city: change(&city)
    case .kind: break
    }
  }
}

extension CaseIterable where Self: Equatable, AllCases.Index == Int {
  /// The case so many places further, round and round.
  func stepped(by steps: Int) -> Self {
    let all = Self.allCases
    let here = all.firstIndex(of: self) ?? 0
    return all[((here + steps) % all.count + all.count) % all.count]
  }
}

extension PhoneNumber {
  /// The number of a journal line, whose kind its form tells well enough to look it up again.
  init(journalKey key: String) {
    let isComplete = key.utf8.first == UInt8(ascii: "+")
    self.init(isComplete ? .complete : key.utf8.count < 8 ? .extension : .fragment, key)
  }
}
