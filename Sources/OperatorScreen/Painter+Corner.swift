import Canvas
import Telephony

/// The corner: the selected call in full, the others on a line each.
extension Painter {
  /// The corner's extent while calls are in it, and while none is [columns].
  var cornerWidth: Int {
    guard model.focusedCall == nil else { return callWidth }
    let text = max(Frame.columns(of: phrases.waiting), Frame.columns(of: waitingText))
    return min(text + 6, model.size.width)
  }

  private var callWidth: Int { isPlain ? model.size.width : min(50, model.size.width) }

  /// Today's calls, and the open missed calls that the header counts.
  private var waitingText: String {
    let today = model.journal.prefix { $0.at.localDay == model.wall.localDay }
    return phrases.callCount(today.count, model.openCount)
  }

  /// The corner's window in at most `height` lines: the hints go first, then calls that are not
  /// selected.
  func corner(height: Int) -> WindowContent {
    guard let focus = model.focusedCall, let call = model.calls[focus] else {
      return WindowContent(title: phrases.waiting, lines: [Line(" " + waitingText)])
    }
    let title = title(of: call)
    let count = model.pops[focus]?.matches.count ?? 0
    let own = model.policy.ownNumbers.name(of: call.own)
    var lines = full(call)
    let others = model.visibleCalls.filter { $0 != focus }.compactMap { model.calls[$0] }
    if lines.count + others.count >= height { lines.removeLast() }
    let room = max(0, height - lines.count)
    let shown =
      others.count + 1 < model.corner.count || others.count > room
      ? others.prefix(max(0, room - 1)) : others[...]
    lines += shown.map(brief)
    let more = model.corner.count - 1 - shown.count
    if more > 0 { lines.append(Line(" " + phrases.moreCalls(more), .dim)) }
    // The list shows that there are several, too: that goes before a word is cut.
    let titles = [[title, own, count > 1 ? phrases.parties(count) : nil], [title, own]].map {
      $0.compactMap(\.self).joined(separator: " · ")
    }
    let time = elapsed(call)
    let width = callWidth - 9 - Frame.columns(of: time)
    return WindowContent(
      title: titles.first { Frame.columns(of: $0) <= width } ?? titles[1], right: time,
      lines: lines)
  }

  /// What kind of call it is by now.
  func title(of call: Call) -> String {
    switch call.state {
    case .answered: phrases.ongoingCall
    case .ended: phrases.answeredElsewhere
    case .ringing, .silent: phrases.incomingCall
    }
  }

  /// The selected call: the number, then who it is, with the button at the left.
  private func full(_ call: Call) -> [Line] {
    guard let pop = model.pops[call.id] else { return [] }
    let button = button(call, pop)
    let indent = Span(String(repeating: " ", count: Frame.columns(of: button.text)))
    var lines = [Line([indent, Span(numberText(call), .number)], target: .call(call.id))]
    let details = details(call, pop, width: callWidth - 3 - Frame.columns(of: button.text))
    for (index, detail) in details.enumerated() {
      var line = detail
      line.left.insert(index == 0 ? button : indent, at: 0)
      line.target = line.target ?? .call(call.id)
      lines.append(line)
    }
    let keys = hint(call, pop).map { worded(phrases.hints($0)) } ?? ""
    lines.append(Line(" " + keys.fittingHints(in: callWidth - 4), .dim))
    return lines
  }

  /// The keys that do something for the call.
  func hint(_ call: Call, _ pop: Pop) -> Hint? {
    if pop.farewell != nil { return nil }
    if call.caller.account != nil { return .accountCall }
    if call.caller.number == nil { return .numberlessCall }
    if case .failed = pop.lookup { return .failedCall }
    if pop.matches.count > 1 { return .severalCall }
    guard call.state == .ringing, model.control(of: call, model.desk.enders(of: call)) != nil
    else { return .call }
    return model.control(of: call, model.desk.answering) == nil ? .refusableCall : .ringingTelephone
  }

  /// `[⏎ Record]`, or what takes its place; it is dim until the call may be opened (R6).
  private func button(_ call: Call, _ pop: Pop) -> Span {
    let text = worded(
      pop.isUnknown ? " [c \(phrases.createButton)] " : " [⏎ \(phrases.recordButton)] ")
    let works = pop.isUnknown || pop.chosen != nil || pop.party != nil
    guard works, pop.farewell == nil else {
      return Span(String(repeating: " ", count: Frame.columns(of: text)))
    }
    let isReady = model.isReady(call.id)
    return Span(text, isReady ? .button : .buttonDisabled, target: .button(call.id))
  }

  private func details(_ call: Call, _ pop: Pop, width: Int) -> [Line] {
    switch pop.lookup {
    case .none:
      if case .unreplaced(let keyword) = call.caller.identity {
        return [Line(phrases.unreplaced(keyword), .warning)]
      }
      // Who is no number is not looked up, but may have been given a third party.
      if let party = pop.party { return [Line(party.name)] }
      let isNobody = call.caller.isWithheld || call.caller.identity == .untold
      return [said(call, else: isNobody ? "" : phrases.unknown)]
    case .running: return [said(call, else: phrases.searching)]
    case .failed(let sentence):
      return [Line(phrases.storeTrouble, .alert)]
        + sentence.wrapped(to: width).prefix(3).map { Line($0, .dim) }
    case .found(let matches) where matches.isEmpty:
      let told = pop.onlyDirectoryName.map {
        Line([Span($0)], right: Span(phrases.certainty(.directory), .warning))
      }
      return [
        told ?? said(call, else: phrases.unknown),
        Line([
          Span(
            "[a \(phrases.attachButton)]", model.isReady(call.id) ? .button : .buttonDisabled,
            target: .attach(call.id))
        ]),
      ] + pop.notes.prefix(1).map { Line("«\u{A0}\($0.text)\u{A0}»") }
    case .found(let matches) where matches.count == 1: return single(matches[0], call, pop)
    case .found(let matches): return several(matches, pop.choice, call.id)
    }
  }

  /// The name that the telephone system told, and that nobody else knows it; else a word in its place.
  private func said(_ call: Call, else word: String) -> Line {
    call.caller.name.map { Line([Span($0)], right: Span(phrases.unknown, .warning)) }
      ?? Line(word, .dim)
  }

  private func single(_ match: Match, _ call: Call, _ pop: Pop) -> [Line] {
    let place = [match.party.zip, match.party.city].filter { !$0.isEmpty }.joined(separator: " ")
    let tag = tag(match, pop.certainty(of: match, in: call))
    var lines = [Line([Span(match.party.name, .name)], right: tag)]
    if let contact = match.contact, !contact.isEmpty { lines.append(Line(contact)) }
    lines.append(Line([Span(place)], right: Span(match.party.code, .dim)))
    return lines
  }

  /// At most four of them, around the selected one.
  func several(_ matches: [Match], _ choice: Int, _ id: Call.ID) -> [Line] {
    let shown = 4
    let first = min(max(0, choice - shown + 1), max(0, matches.count - shown))
    return matches.indices.dropFirst(first).prefix(shown).map { index in
      let match = matches[index]
      let isChosen = index == choice
      let name = match.contact.map { "\(match.party.name), \($0)" } ?? match.party.name
      return Line(
        [mark(isChosen), Span(name, isChosen ? .name : .plain)],
        right: tag(match, match.certainty),
        target: .match(id, index))
    }
  }

  /// The kind of third party, or in its place how unsure the match is.
  private func tag(_ match: Match, _ certainty: MatchCertainty) -> Span {
    certainty == .exact
      ? Span(phrases.kind(match.party.kind), .dim) : Span(phrases.certainty(certainty), .warning)
  }

  private func brief(_ call: Call) -> Line {
    let place = (model.visibleCalls.firstIndex(of: call.id) ?? 0) + 1
    // Which of them rings is what matters, and the title tells it of the selected one only.
    let state = [call.state == .answered ? phrases.ongoing : "", elapsed(call)]
    let number = numberText(call)
    var line = Line(
      [
        Span(" \(place) ", .key), Span(number, .number), Span("  "),
      ] + nameSpans(call),
      right: Span(state.filter { !$0.isEmpty }.joined(separator: " "), .dim), target: .call(call.id)
    )
    line.kept = 4 + Frame.columns(of: number)
    return line
  }

  /// The call on a screen that is too small for a window: the number, the name, the button, and
  /// what else there is room for.
  func narrowCall(width: Int) -> [Line] {
    guard let id = model.focusedCall, let call = model.calls[id], let pop = model.pops[id] else {
      return []
    }
    let others = model.corner.count - 1
    // The number is never cut for the sake of the time.
    let right =
      others == 0 ? elapsed(call) : width < 24 ? "+\(others)" : "+\(others) \(elapsed(call))"
    var lines = [Line([Span(numberText(call), .number)], right: Span(right, .dim))]
    var details = details(call, pop, width: width)
    if width < 34 {
      // The name goes before its kind; one that is not sure keeps a mark.
      for index in details.indices {
        if details[index].right?.role == .warning {
          details[index].left.insert(Span("? ", .warning), at: details[index].left.count - 1)
        }
        details[index].right = nil
      }
    }
    let button = button(call, pop)
    if button.target != nil, pop.matches.count == 1 || pop.isUnknown {
      let pressed = Span(button.text.trimmedBlanks, button.role, target: button.target)
      details.insert(Line([pressed]), at: min(1, details.count))
    }
    lines += details
    lines += model.visibleCalls.filter { $0 != id }.compactMap { model.calls[$0].map(brief) }
    return lines
  }

  /// A call in one line, above a dialog or a record that has the small screen: the latest that rings
  /// beside the one that is selected, else that one.
  func strip(width: Int) -> Line {
    guard let focus = model.focusedCall else { return .empty }
    let ringing = model.visibleCalls.last { $0 != focus && model.calls[$0]?.state == .ringing }
    guard let call = model.calls[ringing ?? focus] else { return .empty }
    let number = numberText(call)
    let count = model.corner.count > 1 ? "+\(model.corner.count - 1)" : ""
    let both = count.isEmpty ? elapsed(call) : "\(count) \(elapsed(call))"
    // The number is never cut for the sake of the time, nor followed by a name of a few letters.
    let room = width - Frame.columns(of: number)
    let right = both.count < room ? both : count.count < room ? count : ""
    let name = room - right.count < 8 ? [] : [Span("  ")] + nameSpans(call)
    return Line([Span(number, .number)] + name, right: Span(right, .dim))
  }

  func numberText(_ call: Call) -> String {
    switch call.caller.identity {
    case .withheld, .unreplaced: phrases.withheld
    case .untold: phrases.untold
    case .number, .text: call.caller.text
    }
  }

  /// Who it is, in few words; a name that is not sure says so.
  func nameSpans(_ call: Call) -> [Span] {
    guard let pop = model.pops[call.id], let match = pop.chosen else {
      if let told = model.pops[call.id]?.onlyDirectoryName {
        return doubted(Span(told), .directory)
      }
      if let party = model.pops[call.id]?.party { return [Span(party.name)] }
      if let said = call.caller.name { return doubted(Span(said), .telephone) }
      return model.pops[call.id]?.isUnknown == true ? [Span(phrases.unknown, .dim)] : []
    }
    return doubted(Span(match.party.name, .name), pop.certainty(of: match, in: call))
  }

  /// A name, and why it may be another's: a mark before it, since what is behind it may be cut.
  private func doubted(_ name: Span, _ certainty: MatchCertainty) -> [Span] {
    let why = phrases.certainty(certainty)
    return switch certainty {
    case .exact: [name]
    case _ where isPlain: [Span("\(why): ", .warning), name]
    case .national, .range: [name, Span(" · \(why)", .warning)]
    default: [Span("? ", .warning), name, Span(" · \(why)", .warning)]
    }
  }

  /// `0:07` since it rings, or since it was answered.
  private func elapsed(_ call: Call) -> String {
    // What changes each second is read out each second.
    guard !isPlain else { return "" }
    let since = call.answered ?? call.began
    let seconds = max(0, ((call.ended ?? model.now) - since) / 1000)
    let minutes = seconds / 60
    let clock = "\(minutes % 60 < 10 && minutes >= 60 ? "0" : "")\(minutes % 60):"
    return (minutes >= 60 ? "\(minutes / 60):" : "") + clock + padded(Int(seconds % 60), 2)
  }
}

extension Model {
  /// The call that the corner shows in full: the selected one, else the first.
  var focusedCall: Call.ID? {
    if case .call(let id, _) = selection, visibleCalls.contains(id) { return id }
    return visibleCalls.first
  }
}

extension String {
  /// Without the blanks at both ends.
  fileprivate var trimmedBlanks: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
