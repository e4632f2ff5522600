import Telephony

/// Which lines of the journal are shown, and how far back they have been read.
public struct JournalView: Hashable, Sendable {
  /// Only missed calls.
  public var onlyMissed = false
  /// Only callers whom nobody knows.
  public var onlyUnknown = false
  /// Only today's calls.
  public var onlyToday = false
  /// What the number, name or code must contain.
  public var text = ""
  /// The lines that pass, newest first; says nothing while every line passes.
  var found = JournalLines()
  /// The latest question to the store; the answers of earlier ones are dropped.
  var ticket = 0
  /// Whether the store is being asked, and whether it has nothing older.
  var isAsking = false
  var isComplete = false
  /// How many lines were read beyond those that the window keeps.
  var older = 0

  /// Whether any line is left out.
  public var isFiltered: Bool { onlyMissed || onlyUnknown || onlyToday || !text.isEmpty }
}

/// A journal is read by pages as the operator moves back in it; a filter is asked of the store as well.
extension Model {
  /// How many lines the store is asked for at once.
  static let page = 500

  /// The lines that are shown, newest first.
  var lines: JournalLines { view.isFiltered ? view.found : journal }

  /// The line with this key, also one that only a filter has found.
  func line(ofKey key: String) -> JournalEntry? {
    journal[key] ?? view.found[key]
  }

  /// Whether the line can be selected.
  func isShown(_ key: String) -> Bool { lines.has(key) }

  /// How many missed calls are open among the latest.
  var openCount: Int {
    view.older == 0
      ? missed.open.count : journal.prefix(Self.journalLimit).count { missed.open.contains($0.key) }
  }

  private var filter: JournalFilter {
    JournalFilter(
      onlyMissed: view.onlyMissed, onlyUnknown: view.onlyUnknown,
      since: view.onlyToday ? wall - wall.timeOfDay : nil, text: view.text)
  }

  /// Switches one of the filters on or off.
  mutating func toggle(_ path: WritableKeyPath<JournalView, Bool>) -> [Effect] {
    view[keyPath: path].toggle()
    return showFiltered()
  }

  /// Shows every line again; false where all are shown.
  mutating func clearFilter() -> Bool {
    guard view.isFiltered else { return false }
    // What was read beyond the latest lines is still there, and is counted as that.
    view = JournalView(ticket: claimTicket(), older: view.older)
    leaveHiddenLine()
    sayAll()
    return true
  }

  /// That a filter is gone is seen. Where lines are read out, nothing new would be there to read.
  private mutating func sayAll() {
    if desk.face == .lines { say(phrases.action(.showAll)) }
  }

  /// Shows what passes of what is here, and asks the store for the rest.
  mutating func showFiltered() -> [Effect] {
    (view.ticket, view.isComplete, view.isAsking) = (claimTicket(), false, false)
    view.found = JournalLines()
    guard view.isFiltered else {
      leaveHiddenLine()
      sayAll()
      return []
    }
    view.found.add(journal.lazy.filter(filter.holds))
    leaveHiddenLine()
    return ask(upTo: nil)
  }

  private mutating func leaveHiddenLine() {
    guard case .journal(let key) = selection, !isShown(key) else { return }
    selection = lines.first.map { .journal($0.key) } ?? .nothing
  }

  private mutating func ask(upTo last: WallTime?) -> [Effect] {
    view.isAsking = true
    return [.keep(.readJournal(filter, upTo: last, limit: Self.page, ticket: view.ticket))]
  }

  /// Asks for older lines when the operator comes near the end of those that are here.
  mutating func readOlder(beyond index: Int) -> [Effect] {
    let lines = lines
    guard !view.isAsking, !view.isComplete, index >= lines.count - Self.page / 4,
      view.isFiltered || lines.count >= Self.journalLimit, let last = lines.last
    else { return [] }
    return ask(upTo: last.at)
  }

  /// The store has answered.
  mutating func pageRead(_ page: [JournalEntry], _ ticket: Int) {
    guard ticket == view.ticket else { return }
    view.isAsking = false
    // What was read may have changed since; what is on the screen is newer.
    let current = page.map { unsaved[$0.key] ?? $0 }
    let before = lines.count
    if view.isFiltered {
      view.found.add(current.filter(filter.holds))
    } else {
      view.older += journal.add(current)
      missedChange = true
    }
    view.isComplete = page.count < Self.page || lines.count == before
  }

  /// Takes over what has become of a line.
  mutating func refreshFound(_ entry: JournalEntry) {
    guard view.isFiltered else { return }
    view.found.removeAll { $0.key == entry.key }
    // The line that the operator has selected stays where it is (R6).
    if filter.holds(entry) || selection == .journal(entry.key) { view.found.insert(entry) }
  }

  /// Lets go of what was read beyond the latest lines.
  mutating func leaveJournal() {
    selection = .nothing
    guard view.older > 0 else { return }
    journal.drop(leaving: Self.journalLimit)
    missedChange = true
    (view.older, view.isComplete, view.ticket) = (0, false, claimTicket())
    view.isAsking = false
  }
}
