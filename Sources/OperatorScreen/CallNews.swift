public import Telephony

/// What became of a call, for programs of the company's own (R62).
public struct CallNews: Hashable, Sendable {
  /// What happened.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case ring, answer, end, missed
  }

  /// What happened.
  public var kind: Kind
  /// Which call.
  public var call: Call.ID
  /// The call's line of the journal, as it is by now.
  public var line: JournalEntry
  /// The number; nil when there is none to look up.
  public var number: PhoneNumber?
  /// Who it surely is: a program cannot be told of a doubt (R51).
  public var party: ThirdPartySummary?
  /// The contact person whose number it is; nil for the party itself.
  public var contact: String?
  /// The telephony's own name for the call; nil without one.
  public var callID: String?
  /// Whether the station made the call.
  public var isOutgoing: Bool

  /// News; see the properties.
  public init(
    _ kind: Kind, call: Call.ID, line: JournalEntry, number: PhoneNumber? = nil,
    party: ThirdPartySummary? = nil, contact: String? = nil, callID: String? = nil,
    isOutgoing: Bool = false
  ) {
    self.kind = kind
    self.call = call
    self.line = line
    self.number = number
    self.party = party
    self.contact = contact
    self.callID = callID
    self.isOutgoing = isOutgoing
  }
}

/// Telling news: each once for a call, in their order, with the caller's name where the store has it soon.
extension Model {
  /// Notes that something of the call may have to be told.
  mutating func noteNews(of id: Call.ID) {
    if !desk.hooks.isEmpty, !untold.contains(id) { untold.append(id) }
  }

  /// What is to be told by now; the calls whose names may still come wait.
  mutating func reportNews() -> [Effect] {
    var effects: [Effect] = []
    let candidates = untold
    untold = []
    for id in candidates {
      guard let call = calls[id], let pop = pops[id] else { continue }
      if let due = newsDue(pop), due > now {
        untold.append(id)
        continue
      }
      let new = news(of: call, pop).subtracting(pop.told)
      pops[id]?.told.formUnion(new)
      for kind in CallNews.Kind.allCases where new.contains(kind) && desk.hooks.contains(kind) {
        if let news = compose(kind, call, pop) { effects.append(.tell(news)) }
      }
    }
    return effects
  }

  /// When what is not told is told at the latest; nil: nothing waits.
  var nextNews: Moment? { untold.compactMap { pops[$0].flatMap(newsDue) }.min() }

  /// Until when the call waits for its name; nil: not at all.
  private func newsDue(_ pop: Pop) -> Moment? {
    pop.lookup == .running ? pop.askedAt.map { $0 + Self.newsPatience } : nil
  }

  /// Everything that has happened to the call so far.
  func news(of call: Call, _ pop: Pop) -> Set<CallNews.Kind> {
    guard !call.isMereBusyness else { return [] }
    var news: Set<CallNews.Kind> = []
    let isLate = pop.inhibition == .tooOld
    if !call.rings.isEmpty, !call.isOutgoing, !isLate { news.insert(.ring) }
    if call.answered != nil { news.insert(.answer) }
    if !call.isLive { news.insert(.end) }
    if !call.isLive, call.outcome == .missed { news.insert(.missed) }
    return news
  }

  private func compose(_ kind: CallNews.Kind, _ call: Call, _ pop: Pop) -> CallNews? {
    line(of: call.id).map { line in
      let party = line.isInDoubt ? nil : pop.named
      return CallNews(
        kind, call: call.id, line: line, number: call.caller.number, party: party,
        contact: party == pop.chosen?.party ? pop.chosen?.contact : nil,
        callID: call.anyCallID, isOutgoing: call.isOutgoing)
    }
  }
}
