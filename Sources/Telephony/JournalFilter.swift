/// Which lines of the journal are shown or printed (R61).
public struct JournalFilter: Hashable, Sendable {
  /// Missed calls only.
  public var onlyMissed: Bool
  /// Callers whom nobody knows only.
  public var onlyUnknown: Bool
  /// Only what is no older.
  public var since: WallTime?
  /// What number, name or code must have in it, in any case; digits in any grouping.
  public var text: String

  /// A filter; without anything said, every line passes.
  public init(
    onlyMissed: Bool = false, onlyUnknown: Bool = false, since: WallTime? = nil, text: String = ""
  ) {
    self.onlyMissed = onlyMissed
    self.onlyUnknown = onlyUnknown
    self.since = since
    self.text = text
  }

  /// Whether the line passes.
  public func holds(_ entry: JournalEntry) -> Bool {
    if onlyMissed, entry.outcome != .missed { return false }
    if onlyUnknown, entry.isKnown || entry.isWithheld { return false }
    if let since, entry.at < since { return false }
    guard !text.isEmpty else { return true }
    let wanted = text.lowercased()
    if [entry.name, entry.code, entry.text].contains(where: {
      $0?.lowercased().contains(wanted) == true
    }) {
      return true
    }
    let digits = text.filter { ("0"..."9").contains($0) }
    guard digits.count >= 2, text.allSatisfy({ !$0.isLetter }) else { return false }
    return [entry.number, entry.text].contains { number in
      number?.filter { ("0"..."9").contains($0) }.contains(digits) == true
    }
  }
}

/// The missed calls of a journal, by the keys of their lines.
public struct MissedCalls: Hashable, Sendable {
  /// Those whose callers nobody has reached since. Who is withheld cannot be called back, and does not count.
  public private(set) var open: Set<String> = []
  /// Those whose callers somebody has reached since: by the number, or through another one of the same third party,
  /// whoever called whom. One that the operator marked as done counts as that.
  public private(set) var reached: Set<String> = []

  /// Those of these lines, the newest first.
  public init(_ journal: some Sequence<JournalEntry>) {
    var known: (callers: Set<String>, parties: Set<String>) = ([], [])
    for entry in journal {
      let caller = entry.number ?? entry.text
      let isDone = entry.outcome == .missed && entry.isDone && !entry.isWithheld
      if isDone || entry.outcome == .answered || entry.outcome == .answeredElsewhere {
        if !caller.isEmpty { known.callers.insert(caller) }
        if let code = entry.code { known.parties.insert(code) }
      }
      switch entry.outcome {
      case .missed where !entry.isWithheld && !caller.isEmpty:
        let isReached =
          known.callers.contains(caller) || entry.code.map(known.parties.contains) == true
        if isReached { reached.insert(entry.key) } else { open.insert(entry.key) }
      default: break
      }
    }
  }
}
