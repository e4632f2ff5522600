import Telephony

/// What the services have, and what they tell.
extension MobileSession {
  /// ModemManager's objects: the modems that have calls, and which.
  mutating func adoptObjects(_ objects: [String: DBusValue], _ now: Moment) -> [Step] {
    modems = []
    var steps: [Step] = []
    for (path, object) in objects.sorted(by: { $0.key < $1.key }) where bus.follows(path) {
      guard let voice = object.entries[service.managerInterface] else { continue }
      modems.insert(path)
      for call in voice.entries["Calls"]?.list ?? [] { steps += look(call.text, now) }
    }
    return steps
  }

  /// oFono's modems: those that have calls are asked for them.
  mutating func adoptModems(_ list: DBusValue?, _ now: Moment) -> [Step] {
    modems = []
    var steps: [Step] = []
    for row in (list?.list ?? []).map(\.list) where row.count == 2 {
      guard let path = row[0].text, bus.follows(path) else { continue }
      let interfaces = row[1].entries["Interfaces"]?.list.compactMap(\.text) ?? []
      guard interfaces.contains(service.managerInterface) else { continue }
      modems.insert(path)
      steps += ask(path, service.managerInterface, "GetCalls", [], .calls(modem: path), now)
    }
    return steps
  }

  /// Asks for all that is known of a call.
  private mutating func look(_ call: String?, _ now: Moment) -> [Step] {
    guard let call, questions.count < Self.mostQuestions else { return [] }
    return ask(
      call, "org.freedesktop.DBus.Properties", "GetAll", [.text(service.callInterface)],
      .properties(call: call), now)
  }

  // MARK: - Signals

  mutating func follow(_ message: DBusMessage, _ now: Moment) -> [Step] {
    let (path, body) = (message.path, message.body)
    let first = body.first?.text ?? ""
    switch (service, message.member) {
    case (.kdeConnect, "callReceived"):
      guard message.interface == service.managerInterface, bus.follows(path), body.count >= 3 else {
        return []
      }
      var facts = MobileFacts(path, state: .ringing)
      (facts.direction, facts.number, facts.name) = (.incoming, body[1].text, body[2].text)
      return report(calls.hear(first, facts, at: now))
    case (.kdeConnect, _): return []
    case (.modemManager, "CallAdded"): return bus.follows(path) ? look(first, now) : []
    case (.oFono, "CallAdded"):
      guard bus.follows(path), body.count == 2 else { return [] }
      return report(calls.follow(MobileFacts(oFono: first, body[1].entries), at: now))
    case (_, "CallDeleted"), (_, "CallRemoved"):
      return report(calls.follow(MobileFacts(first, state: .ended), at: now))
    case (.modemManager, "StateChanged"):
      guard message.interface == service.callInterface, body.count == 3 else { return [] }
      var facts = MobileFacts(path, state: body[1].number.flatMap { MobileFacts.state($0) })
      guard calls.knows(path) else { return look(path, now) }
      // Refused: by whom, says the direction.
      facts.isLocalEnd = body[2].number == 5
      return report(calls.follow(facts, at: now))
    case (.modemManager, "PropertiesChanged"):
      guard first == service.callInterface, body.count >= 2 else { return [] }
      guard calls.knows(path) else { return look(path, now) }
      return report(calls.follow(MobileFacts(modemManager: path, body[1].entries), at: now))
    case (.oFono, "PropertyChanged"):
      guard body.count == 2, message.interface == service.callInterface else { return modem(now) }
      return report(calls.follow(MobileFacts(oFono: path, [first: body[1]]), at: now))
    case (.oFono, "DisconnectReason"):
      var facts = MobileFacts(path)
      facts.isLocalEnd = first == "local"
      return report(calls.follow(facts, at: now))
    case (.modemManager, "InterfacesAdded"), (.modemManager, "InterfacesRemoved"): return modem(now)
    case (.oFono, "ModemAdded"), (.oFono, "ModemRemoved"): return modem(now)
    default: return []
    }
  }

  /// A modem has come, or gone, or can do something else than before.
  private mutating func modem(_ now: Moment) -> [Step] {
    questions.values.contains { $0.question == .list } ? [] : list(now)
  }
}
