import Telephony

/// Opening records, and giving numbers a third party.
extension Model {
  /// Opens the record of a call: the selected match, which is remembered where there were several.
  mutating func openRecord(of id: Call.ID, inCard: Bool? = nil) -> [Effect] {
    guard let pop = pops[id], let call = calls[id] else { return [] }
    // Who is no number is not looked up, and may have been given a third party all the same.
    let given = pop.party.map { Match(party: $0, strength: .exact) }
    guard let match = pop.chosen ?? given else {
      switch pop.lookup {
      case .none: say(phrases.noNumber)
      case .running: say(phrases.searching)
      case .found: say(phrases.unknownLine)
      case .failed: return lookUp(call)
      }
      return []
    }
    pops[id]?.party = match.party
    // However it opened, it does not open by itself again (R5).
    pops[id]?.hasPopped = true
    waiting.removeAll { $0 == id }
    var effects: [Effect] = []
    if pop.matches.count > 1, let number = call.caller.number {
      effects.append(.keep(.remember(number, PartyReference(match.party))))
    }
    return effects + saveJournal(of: id)
      + open(match, call.caller.number, at: .call(id), inCard: inCard)
  }

  /// Opens a record in the card or elsewhere, as configured.
  mutating func open(
    _ match: Match, _ number: PhoneNumber?, at place: Subject.Place?, inCard: Bool? = nil
  ) -> [Effect] {
    var subject = RecordSubject(party: match.party, contact: match.contact, number: number)
    switch place {
    case .call(let id): (subject.own, subject.callID) = (calls[id]?.own, calls[id]?.anyCallID)
    case .line(let key):
      let call = call(ofLine: key)
      subject.own = call?.own ?? line(ofKey: key)?.own
      subject.callID = call?.anyCallID
    case nil: break
    }
    subject.rule = subject.own.flatMap(policy.ownNumbers.opening)?.rule
    guard inCard ?? opensCard(subject.own) else {
      say(phrases.opened(match.party.name))
      return [.open(.record(subject))]
    }
    let ticket = claimTicket()
    card = OpenRecord(ticket: ticket, place: place, subject: subject, since: now)
    return [.ask(.loadRecord(PartyReference(match.party), ticket: ticket))]
  }

  /// Whether the records of calls to one of the company's numbers open in the card.
  func opensCard(_ own: OwnNumber?) -> Bool {
    own.flatMap(policy.ownNumbers.opening)?.isCard ?? desk.opensCard
  }

  /// Reads the open record once more, which stays on the screen meanwhile.
  mutating func readCardAgain() -> [Effect] {
    guard let card else { return [] }
    let ticket = claimTicket()
    self.card?.ticket = ticket
    return [.ask(.loadRecord(PartyReference(card.subject.party), ticket: ticket))]
  }

  /// The record has been read; dropped when another one has been opened since.
  mutating func recordLoaded(_ ticket: Int, _ result: Result<ThirdPartyRecord, DirectoryError>) {
    guard card?.ticket == ticket else { return }
    switch result {
    case .success(let record): card?.record = record
    case .failure(let error):
      card = nil
      fail(.request, error.sentence)
    }
  }

  /// Who has the number of a journal line.
  mutating func foundForLine(
    _ key: String, _ result: Result<[Match], DirectoryError>
  ) -> [Effect] {
    guard selection == .journal(key), dialog == nil,
      let entry = line(ofKey: key)
    else { return [] }
    switch result {
    case .failure(let error):
      fail(.request, error.sentence)
      return []
    case .success(let matches):
      let subject = subject(of: entry)
      if let known = matches.first(where: { entry.party?.means($0.party) == true }) {
        return open(known, subject.number, at: subject.place)
      }
      guard let first = matches.first else { return refuse(phrases.unknownLine) }
      if matches.count == 1 {
        return name(entry, first) + open(first, subject.number, at: subject.place)
      }
      dialog = .choose(MatchChoice(subject: subject, matches: matches))
      return []
    }
  }

  /// The operator chose among the third parties of a line.
  mutating func chooseSelected() -> [Effect] {
    guard case .choose(let choice) = dialog, choice.matches.indices.contains(choice.selected),
      case .line(let key) = choice.subject.place,
      let entry = line(ofKey: key)
    else { return [] }
    dialog = nil
    let match = choice.matches[choice.selected]
    let remembered: [Effect] =
      choice.subject.number.map {
        [.keep(.remember($0, PartyReference(match.party)))]
      } ?? []
    return remembered + name(entry, match)
      + open(match, choice.subject.number, at: choice.subject.place)
  }

  /// Gives a journal line the party that the operator opened for it.
  private mutating func name(_ entry: JournalEntry, _ match: Match) -> [Effect] {
    if let call = call(ofLine: entry.key), pops[call.id] != nil {
      pops[call.id]?.party = match.party
      return saveJournal(of: call.id)
    }
    var entry = entry
    (entry.name, entry.code) = (match.party.name, match.party.code)
    (entry.sourceKey, entry.certainty) = (match.party.sourceKey, match.certainty)
    return save(entry)
  }

  /// A third party was created for the number, or the number attached to one.
  mutating func joined(
    _ subject: Subject, _ result: Result<ThirdPartySummary, DirectoryError>
  ) -> [Effect] {
    switch result {
    case .failure(let error):
      fail(.request, error.sentence)
      if case .create(var form) = dialog, form.subject == subject {
        // The form can be sent again.
        form.isSaving = false
        dialog = .create(form)
      }
      return []
    case .success(let party):
      // The operator may have gone on to something else meanwhile, which stays open.
      switch dialog {
      case .create(let form) where form.subject == subject && form.isSaving:
        dialog = nil
        say(phrases.created(party.name))
      case .search(let form) where form.subject == subject:
        dialog = nil
        say(phrases.attached(party.name))
      default: say(phrases.attached(party.name))
      }
      return name(subject, party)
    }
  }

  /// Gives the call or the line the party that has its number now.
  private mutating func name(_ subject: Subject, _ party: ThirdPartySummary) -> [Effect] {
    var effects: [Effect] = []
    switch subject.place {
    case .call(let id):
      pops[id]?.party = party
      effects += saveJournal(of: id)
    case .line(let key):
      if let entry = line(ofKey: key) {
        effects += name(entry, Match(party: party, strength: .exact))
      }
    }
    // Every call with this number learns its name.
    for id in pops.keys.sorted() {
      guard let call = calls[id], let number = call.caller.number, number == subject.number,
        call.isLive
      else { continue }
      effects.append(.ask(.lookUp(id, number)))
    }
    return effects
  }
}
