public import Telephony

/// What the operator, who may not be looking at the window, is told of a call that rings (R58).
public struct Announcement: Hashable, Sendable {
  /// The call.
  public var call: Call.ID
  /// What it is: `Incoming call`.
  public var title: String
  /// Who it is, in one line, with how sure that is.
  public var text: String
  /// The number; nil when there is none, or when numbers are not told.
  public var number: PhoneNumber?
  /// The number as an operator reads it; empty when it is not told.
  public var numberText: String
  /// Which of the company's numbers was called; nil when nobody told.
  public var own: OwnNumber?
  /// The telephony's own name for the call; nil without one.
  public var callID: String?

  /// An announcement; see the properties.
  public init(
    call: Call.ID, title: String, text: String, number: PhoneNumber? = nil, numberText: String = ""
  ) {
    self.call = call
    self.title = title
    self.text = text
    self.number = number
    self.numberText = numberText
  }
}

/// What is to be done so that the operator looks.
public enum AttentionOrder: Hashable, Sendable {
  /// A call rings; not new: more is known of one that was announced.
  case announce(Announcement, isNew: Bool)
  /// A call that was announced rings no more, or was put away.
  case settle(Call.ID)
}

extension [Announcement] {
  /// Keeps what is announced and not settled, oldest first: takes the order in.
  public mutating func follow(_ order: AttentionOrder) {
    switch order {
    case .announce(let call, _):
      removeAll { $0.call == call.call }
      append(call)
    case .settle(let id): removeAll { $0.call == id }
    }
  }
}

/// What the operator was told of a call, and how the call was then.
struct Announced: Sendable {
  var told: Announcement
  var call: Call
  var pop: Pop
}

/// Announcements follow from what the corner shows, so that whatever keeps a call quiet keeps it quiet here too.
extension Model {
  /// What the corner's change since the last time asks for.
  mutating func announce() -> [Effect] {
    guard desk.announces, !isResuming else { return [] }
    let ringing = visibleCalls.filter { rings($0) }
    var orders: [AttentionOrder] = []
    for id in announced.keys.filter({ !ringing.contains($0) }).sorted() {
      announced[id] = nil
      orders.append(.settle(id))
    }
    for id in ringing {
      guard let call = calls[id], let pop = pops[id] else { continue }
      let known = announced[id]
      // In a flood thousands of messages change nothing of the five calls that are shown.
      if let known, known.call == call, known.pop == pop { continue }
      guard let new = announcement(of: call, pop) else { continue }
      if new != known?.told { orders.append(.announce(new, isNew: known == nil)) }
      announced[id] = Announced(told: new, call: call, pop: pop)
    }
    return orders.map { .attend($0) }
  }

  /// Whether the call rings for the operator: what an earlier window announced was heard then.
  private func rings(_ id: Call.ID) -> Bool {
    guard let call = calls[id], let pop = pops[id] else { return false }
    return call.state == .ringing && !call.isOutgoing && !pop.isBroughtBack
      && pop.inhibition == nil
  }

  /// Nil while the name may still come, or is what decides whether the call is kept quiet.
  private func announcement(of call: Call, _ pop: Pop) -> Announcement? {
    if pop.lookup == .running, announced[call.id] == nil {
      let isPatient = pop.askedAt.map { now - $0 < Self.announcementPatience } ?? false
      if isPatient || policy.options.inhibitUnknown { return nil }
    }
    let who = who(call, pop)
    let number = desk.tellsNumbers ? call.caller.text : call.caller.text.withHiddenNumbers
    let isNamed = pop.chosen != nil && !desk.tellsNumbers
    let isTold = isNamed || call.caller.isWithheld || number.isEmpty
    var announcement = Announcement(
      call: call.id,
      title: [phrases.incomingCall, ownName(call)].compactMap(\.self).joined(separator: " · "),
      text: ([who] + (isTold || who == number ? [] : [number])).joined(separator: " · "),
      number: desk.tellsNumbers ? call.caller.number : nil,
      numberText: desk.tellsNumbers && !call.caller.isWithheld ? call.caller.text : "")
    (announcement.own, announcement.callID) = (call.own, call.anyCallID)
    return announcement
  }

  /// The company's own number is nobody's secret.
  private func ownName(_ call: Call) -> String? { policy.ownNumbers.name(of: call.own) }

  /// The name, and why it may be another's.
  private func who(_ call: Call, _ pop: Pop) -> String {
    let name: String
    var doubt: String?
    if let match = pop.chosen {
      let contact = match.contact.map { $0.isEmpty ? "" : ", \($0)" } ?? ""
      name = match.party.name + contact
      switch pop.certainty(of: match, in: call) {
      case .exact, .several:
        doubt = pop.matches.count > 1 ? phrases.parties(pop.matches.count) : nil
      case let certainty: doubt = phrases.certainty(certainty)
      }
    } else if let party = pop.party {
      name = party.name
    } else if let told = pop.onlyDirectoryName {
      (name, doubt) = (told, phrases.certainty(.directory))
    } else {
      switch call.caller.identity {
      case .withheld, .unreplaced: name = phrases.withheld
      case .untold: name = phrases.untold
      case .text, .number:
        if let said = call.caller.name {
          (name, doubt) = (said, phrases.certainty(.telephone))
        } else if case .text(let text) = call.caller.identity {
          name = text
        } else {
          name = pop.isUnknown ? phrases.unknown : phrases.searching
        }
      }
    }
    let text = [name, doubt].compactMap(\.self).joined(separator: " · ")
    return desk.tellsNumbers ? text : text.withHiddenNumbers
  }
}

extension String {
  /// The text with every number in it but for its last four digits: `** ** ** 21 22`. A number has seven digits
  /// at least, with anything but letters between them.
  var withHiddenNumbers: String {
    var scalars = Array(unicodeScalars)
    var run: [Int] = []
    func hide(_ run: [Int]) {
      guard run.count >= 7 else { return }
      for place in run.dropLast(4) { scalars[place] = "*" }
    }
    for (place, scalar) in unicodeScalars.enumerated() {
      if scalar.properties.numericType == .decimal {
        run.append(place)
      } else if scalar.properties.isAlphabetic {
        hide(run)
        run = []
      }
    }
    hide(run)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
