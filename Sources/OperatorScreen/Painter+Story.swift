import Canvas
import Telephony

/// What is told of a journal line, in the order in which it is told.
enum StoryItem: CaseIterable {
  case number, party, called, line, began, rang, answered, outcome, sources, mark, notes, earlier
}

/// The whole story of a journal line.
extension Painter {
  /// The line as it is now: the call may still go on.
  mutating func paintStory(_ story: LineStory, in panel: Rect) {
    guard let entry = model.line(ofKey: story.key) else { return }
    let width = 2 + (StoryItem.allCases.map { Frame.columns(of: phrases.storyItem($0)) }.max() ?? 0)
    let room = max(1, inside(panel).width - width)
    let lines = StoryItem.allCases.flatMap { item in
      titled(phrases.storyItem(item), rows(item, of: entry, story, width: room), width: width)
    }
    window(phrases.storyTitle(numberText(entry)), lines, scroll: story.scroll, in: panel)
  }

  private func rows(
    _ item: StoryItem, of entry: JournalEntry, _ story: LineStory, width: Int
  ) -> [[Span]] {
    switch item {
    case .notes: return story.notes.prefix(20).flatMap { rows(of: $0, width: width) }
    case .earlier:
      guard let earlier = story.earlier else { return [[Span(phrases.searching, .dim)]] }
      return earlier.isEmpty
        ? [[Span(phrases.noEarlier, .dim)]] : earlier.map { [Span(callText($0))] }
    default: return text(item, of: entry)?.wrapped(to: width).map { [Span($0)] } ?? []
    }
  }

  /// What is known of it; nil: nothing.
  private func text(_ item: StoryItem, of entry: JournalEntry) -> String? {
    let own = entry.own
    switch item {
    case .number: return numberText(entry)
    case .party:
      guard let name = entry.name else { return entry.isWithheld ? nil : phrases.unknown }
      let code = entry.code.map { " (\($0))" } ?? ""
      return name + code + (entry.certainty.map { " · \(phrases.certainty($0))" } ?? "")
    case .called:
      guard let called = own?.called, !called.isEmpty else { return nil }
      let name = model.policy.ownNumbers.name(of: own) ?? called
      return name == called ? called : "\(name) (\(called))"
    case .line: return own.flatMap { $0.line.isEmpty ? nil : $0.line }
    case .began: return moment(entry.at)
    case .rang: return entry.rang.map(phrases.duration)
    case .answered:
      guard entry.outcome == .answered, let rang = entry.rang else { return nil }
      return moment(entry.at + Int64(rang) * 1_000)
    case .outcome:
      // On a line of the journal, how long it lasted says that it was answered.
      let text = outcomeText(entry)
      guard entry.outcome == .answered, entry.duration != nil else { return text }
      return "\(phrases.outcome(.answered)) · \(text)"
    case .sources: return entry.sources.isEmpty ? nil : sources(entry)
    case .mark:
      guard model.missed.reached.contains(entry.key) else { return nil }
      return entry.isDone ? phrases.markedDone : phrases.reachedSince
    case .notes, .earlier: return nil
    }
  }

  private func sources(_ entry: JournalEntry) -> String {
    entry.sources.split(separator: ",").map { name in
      phrases.source(SourceID(String(name.drop(while: \.isWhitespace))))
    }.joined(separator: ", ")
  }

  /// A day and a time to the second.
  private func moment(_ at: WallTime) -> String {
    let (year, month, day) = at.date
    return "\(phrases.day(year, month, day)) \(phrases.clock(at)):\(padded(at.time.second, 2))"
  }
}
