import Telephony

/// Calling numbers that are on the screen (R32).
extension Model {
  /// Calls the number of the open record, or of the selected call or line.
  mutating func dial() -> [Effect] {
    guard desk.canDial else { return refuse(phrases.noDialler) }
    if cardHasKeys, let card { return dial(card) }
    guard let subject else { return [] }
    guard let number = subject.number else { return refuse(phrases.noNumber) }
    return dial(DialRequest(number: number, text: subject.text))
  }

  /// Calls what the operator has chosen or confirmed.
  mutating func dialNow() -> [Effect] {
    switch dialog {
    case .dial(let choice):
      dialog = nil
      guard choice.numbers.indices.contains(choice.selected),
        let request = DialRequest(choice.numbers[choice.selected])
      else { return [] }
      return dial(request)
    case .confirmDial(let request):
      dialog = nil
      return start(request)
    default: return []
    }
  }

  /// What the telephony answered.
  mutating func dialled(_ request: DialRequest, _ result: Result<String?, DialError>) {
    if dialling == request { dialling = nil }
    switch result {
    case .success(let answer): say(phrases.dialled(request.text, answer))
    case .failure(let error):
      ownCalls[request.number.key] = nil
      fail(.dialling, error.sentence)
    }
  }

  /// Marks the first call with a number that was dialled a moment ago as outgoing, where the
  /// telephony does not say which way it goes: our own call must not come up.
  mutating func markOwn(_ event: inout CallEvent) {
    guard event.begins, event.direction != .incoming, let key = event.caller.number?.key,
      let until = ownCalls[key], !calls.live.contains(where: { $0.caller.number?.key == key })
    else { return }
    ownCalls[key] = nil
    if event.at <= until { event.direction = .outgoing }
  }

  /// Somebody dialled a number for this station, here or beside the window, which may be told of it late.
  mutating func expectOwn(_ party: Caller, from time: Moment) {
    guard let key = party.number?.key else { return }
    ownCalls = ownCalls.filter { $0.value > now }
    ownCalls[key] = min(time, now) + Self.ownCallTime
  }

  /// The numbers of a record, the caller's selected; a record with one number needs no choice.
  private mutating func dial(_ card: OpenRecord) -> [Effect] {
    var numbers: [ListedNumber] = []
    for listed in card.record?.numbers ?? []
    where listed.use != .fax && DialRequest(listed) != nil
      && !numbers.contains(where: { $0.number == listed.number })
    {
      numbers.append(listed)
    }
    guard let first = numbers.first.flatMap(DialRequest.init) else {
      return refuse(phrases.noNumber)
    }
    guard numbers.count > 1 else { return dial(first) }
    let caller = numbers.firstIndex { $0.number?.key == card.subject.number?.key }
    dialog = .dial(
      DialChoice(title: card.subject.party.name, numbers: numbers, selected: caller ?? 0))
    return []
  }

  /// Asks first when the number holds `*` or `#`.
  private mutating func dial(_ request: DialRequest) -> [Effect] {
    guard request.number.key.contains(where: { $0 == "*" || $0 == "#" }) else {
      return start(request)
    }
    dialog = .confirmDial(request)
    return []
  }

  /// One call at a time: a key that is pressed twice calls once.
  private mutating func start(_ request: DialRequest) -> [Effect] {
    guard dialling == nil else { return [] }
    dialling = request
    expectOwn(Caller(identity: .number(request.number)), from: now)
    say(phrases.dialling(request.text))
    return [.telephone(.dial(request))]
  }
}

extension CallEvent {
  /// Whether a call may begin with it.
  fileprivate var begins: Bool {
    switch kind {
    case .end, .vanish: false
    case .ring, .answer, .request, .other: true
    }
  }
}

extension DialRequest {
  /// The request for a number of a record; nil when its text is no number.
  init?(_ listed: ListedNumber) {
    guard let number = listed.number else { return nil }
    self.init(number: number, text: listed.text)
  }
}
